import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor, Role } from '../../../kernel/actor.ts';
import { recordVault } from '../../../../test/support/test-db.ts';
import { AuditEntryTable, createOpenPersonal } from '../../../platform/audit/index.ts';
import { readSheets } from '../../../platform/sheets/index.ts';
import { SEED } from '../../directory/testing/open-directory.ts';
import { SMALL, smallRoster } from '../../directory/testing/small-roster.ts';
import { callRoute } from '../testing/call-route.ts';
import { openAccess, type AccessStage } from '../testing/open-access.ts';
import type {
  OwnRecordAnswer,
  PeopleAnswer,
  PersonAnswer,
  RevealAnswer,
  UnitAnswer,
  UnitsAnswer,
} from './contract.ts';

let stage: AccessStage;
let chen: string;
let zhang: string;
let wang: string;
beforeEach(async () => {
  stage = await openAccess();
  [chen, zhang, wang] = [
    await stage.idOf('chenzhiyuan'),
    await stage.idOf('zhangyutong'),
    await stage.idOf('wanghaiyan'),
  ];
  await give(wang, 'hrMaintainer', null);
});
afterEach(() => stage.t.close());

const as = (personId: string, ...roles: Role[]): PersonActor => ({
  kind: 'person',
  personId,
  name: '',
  roles: ['staff', ...roles],
  via: 'console',
});
const call = async <Answer>(actor: PersonActor, name: string, parts = {}): Promise<Answer> =>
  (await callRoute(stage.access, actor, name, parts)) as Answer;
const give = (personId: string, role: string, scopeUnitId: string | null) =>
  stage.t.db.write(SEED, (tx) => stage.access.grantRole(tx, { personId, role, scopeUnitId, untilAt: null }));
/** By somebody else who may: nobody gives to themselves (H3). */
const delegate = async (
  personId: string,
  code: string,
  duty: 'view' | 'manage' = 'view',
  categories: ('internal' | 'external')[] = ['internal'],
) => {
  const granter = personId === chen ? wang : chen;
  await give(granter, 'superAdmin', null);
  const unitId = await stage.unitOf(code);
  return stage.t.db.write(as(granter, 'superAdmin'), (tx) =>
    stage.access.delegate(tx, {
      personId,
      unitId,
      duty,
      modules: ['directory'],
      categories,
      lastOn: '2027-06-30',
      note: '学院名册',
    }),
  );
};
const person = (actor: PersonActor, personId: string) =>
  call<PersonAnswer>(actor, 'get /api/access/people/:personId', { params: { personId } });
const people = (actor: PersonActor, query = {}) =>
  call<PeopleAnswer>(actor, 'get /api/access/people', { query });
const units = (actor: PersonActor, query = {}) =>
  call<UnitsAnswer>(actor, 'get /api/access/units', { query });
const reveal = (actor: PersonActor, personId: string, field: string, purpose = '核对报到材料') =>
  call<RevealAnswer>(actor, 'post /api/access/people/:personId/reveal', {
    params: { personId },
    body: { field, purpose },
  });
const looks = async () => {
  const rows = await stage.t.db.read((reads) =>
    reads.em.getRepository(AuditEntryTable).findBy({ action: 'people.reveal' }),
  );
  return rows.map(({ actorId, targetId, after }) => ({ actorId, targetId, after }));
};
const purposes = async () => {
  const rows = await stage.t.db.read((reads) =>
    reads.em.getRepository(AuditEntryTable).findBy({ action: 'people.reveal' }),
  );
  const parts = await stage.t.db.read((reads) =>
    createOpenPersonal(recordVault)(
      reads,
      rows.map(({ id }) => id),
    ),
  );
  return [...parts.values()].map((part) => part.state === 'open' && [part.personId, part.after]);
};

describe('who gets in', () => {
  it('H1, H4 who administers nothing of the directory is refused, also a system administrator', async () => {
    for (const actor of [as(zhang), as(chen, 'systemAdmin')])
      for (const name of ['get /api/access/people', 'get /api/access/units', 'get /api/access/export/people'])
        await expect(call(actor, name)).rejects.toMatchObject({ code: 'access.no_people_scope' });
  });

  it('H1 a delegated administrator has the same set in tree, list, search and pages', async () => {
    await delegate(zhang, 'D2001');
    const tree = await units(as(zhang));
    expect(tree).toMatchObject({ people: 2, total: 1, items: [{ name: '软件技术教研室', people: 2 }] });
    const list = await people(as(zhang));
    expect(list.total).toBe(2);
    expect(list.items.map((item) => item.name)).toEqual(['陈志远', '张雨桐']);
    expect((await people(as(zhang), { q: 'why' })).total).toBe(0);
    await expect(person(as(zhang), wang)).rejects.toMatchObject({ code: 'access.unknown_person' });
    await expect(
      call(as(zhang), 'get /api/access/units/:unitId', { params: { unitId: await stage.unitOf('D05') } }),
    ).rejects.toMatchObject({ code: 'access.unknown_unit' });
  });

  it('H1 a unit that is moved out of the subtree is gone at once, its past too', async () => {
    await delegate(zhang, 'D20');
    expect((await people(as(zhang))).total).toBe(2);
    stage.t.clock.advance(86_400_000);
    await stage.t.db.write(SEED, (tx) => stage.directory.putUnit(tx, { code: 'D2001', parentCode: 'D05' }));
    // 陈志远 keeps the post in the college itself.
    expect((await people(as(zhang))).items.map((item) => item.name)).toEqual(['陈志远']);
    expect((await people(as(zhang), { on: '2026-11-23' })).items.map((item) => item.name)).toEqual([
      '陈志远',
    ]);
  });

  it('H1 the category narrows: people of another category are in no list', async () => {
    const rows = SMALL.people.map((cells) =>
      cells.map((cell, at) => (cells[0] === '00731' && at === 3 ? '外包' : cell)),
    );
    await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster({ people: rows })));
    await delegate(wang, 'D20', 'view', ['external']);
    await stage.t.db.write(as(chen, 'superAdmin'), async (tx) => {
      for (const { grantId, role } of await held(wang))
        if (role === 'hrMaintainer' && grantId !== null) await stage.access.revokeRole(tx, grantId);
    });
    expect((await people(as(wang))).items.map((item) => item.name)).toEqual(['张雨桐']);
    expect(await units(as(wang))).toMatchObject({ people: 1, items: [{ name: '信息工程学院', people: 1 }] });
  });
});

const held = async (personId: string): Promise<{ grantId: string | null; role: string }[]> => {
  const { roles } = await call<{ roles: { grantId: string | null; role: string }[] }>(
    as(chen, 'superAdmin'),
    'get /api/access/people/:personId/rights',
    { params: { personId } },
  );
  return roles;
};

describe('the tree', () => {
  it('opens level by level with heads and counts', async () => {
    const top = await units(as(wang));
    expect(top).toMatchObject({ people: 3, items: [{ name: '海州职业技术学院', people: 3, childCount: 2 }] });
    const below = await units(as(wang), { parentId: await stage.unitOf('D00') });
    expect(
      below.items.map(({ name, people: n, heads }) => [name, n, heads.map((head) => head.name)]),
    ).toEqual([
      ['信息工程学院', 2, ['陈志远']],
      ['人事处', 1, ['王海燕']],
    ]);
    const page = await units(as(wang), { parentId: await stage.unitOf('D00'), limit: 1 });
    expect(page).toMatchObject({ total: 2, next: await stage.unitOf('D20') });
    const rest = await units(as(wang), { parentId: await stage.unitOf('D00'), limit: 1, cursor: page.next });
    expect(rest).toMatchObject({ items: [{ name: '人事处' }], next: null });
  });

  it('finds units by part of a name and by code', async () => {
    for (const q of ['教研', 'D2001'])
      expect((await units(as(wang), { q })).items).toMatchObject([
        { name: '软件技术教研室', path: ['信息工程学院', '软件技术教研室'] },
      ]);
  });

  it('tells which unit this was on a day, and who was in it', async () => {
    stage.t.clock.advance(10 * 86_400_000);
    await stage.t.db.write(SEED, async (tx) => {
      await stage.directory.putUnit(tx, { code: 'D2001', name: '人工智能教研室', parentCode: 'D05' });
      await stage.directory.endEmployment(tx, zhang, { status: 'left', on: '2026-11-30', reason: '辞职' });
    });
    const parentId = await stage.unitOf('D20');
    expect((await units(as(wang), { parentId })).items).toEqual([]);
    const then = await units(as(wang), { parentId, on: '2026-11-25' });
    expect(then.items).toMatchObject([{ name: '软件技术教研室', people: 2 }]);
    const list = await people(as(wang), { unitId: await stage.unitOf('D2001'), on: '2026-11-25' });
    expect(list.items.map((item) => item.name)).toEqual(['陈志远', '张雨桐']);
    const unit = await call<UnitAnswer>(as(wang), 'get /api/access/units/:unitId', {
      params: { unitId: await stage.unitOf('D2001') },
    });
    expect(unit.versions).toEqual([
      { name: '人工智能教研室', parentName: '人事处', sinceOn: '2026-12-03', untilOn: null },
      { name: '软件技术教研室', parentName: '信息工程学院', sinceOn: null, untilOn: '2026-12-03' },
    ]);
    await expect(units(as(wang), { on: '2027-01-01' })).rejects.toMatchObject({ code: 'access.day_ahead' });
  });
});

describe('the list', () => {
  it('pages by a cursor that survives a change, and refuses one that is none', async () => {
    const first = await people(as(wang), { limit: 2 });
    expect(first.items.map((item) => item.name)).toEqual(['陈志远', '王海燕']);
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, chen));
    const second = await people(as(wang), { limit: 2, cursor: first.next });
    expect(second).toMatchObject({ items: [{ name: '张雨桐' }], next: null, total: 3 });
    await expect(people(as(wang), { cursor: '!' })).rejects.toMatchObject({ code: 'access.bad_cursor' });
  });

  it.each([
    [{ q: 'zyt' }, ['张雨桐']],
    [{ q: '00215' }, ['陈志远']],
    [{ state: 'locked' }, ['王海燕']],
    [{ state: 'active' }, ['陈志远']],
    [{ state: 'left' }, ['张雨桐']],
    [{ state: 'left', q: 'cz' }, []],
    [{ category: 'external' }, []],
    [{ sort: 'staffNo' }, ['王海燕', '陈志远']],
  ])('%j gives %j', async (query, names) => {
    await give(chen, 'superAdmin', null);
    if (!('q' in query && query.q === 'zyt'))
      await stage.t.db.write(SEED, async (tx) => {
        await stage.directory.endEmployment(tx, zhang, { status: 'retired', on: '2026-11-20', reason: null });
        await stage.directory.lockPerson(tx, wang);
      });
    expect((await people(as(chen), query)).items.map((item) => item.name)).toEqual(names);
  });

  it('H6, F7 the export is the same set without personal values, names its filter and is recorded', async () => {
    const file = await download(as(wang), { q: 'z' });
    const [sheet] = await readSheets(file.body);
    expect(sheet?.rows[0]?.[0]).toContain('王海燕导出 · 范围内全部单位，在册，找“z” · 2 人');
    expect(sheet?.rows.slice(2).map((row) => row.slice(0, 4))).toEqual([
      ['00731', '张雨桐', '信息工程学院 / 软件技术教研室', '教师'],
      ['00215', '陈志远', '信息工程学院', '主任'],
    ]);
    expect(file.body.includes('19900000731')).toBe(false);
    const csv = (await download(as(wang), { format: 'csv' })).body.toString();
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(2 + 3 + 1);
    const acts = await stage.t.db.read((reads) =>
      reads.em
        .getRepository(AuditEntryTable)
        .find({ where: { action: 'people.export' }, order: { id: 'ASC' } }),
    );
    expect(acts.map((act) => act.after)).toMatchObject([
      { searched: true, rows: 2 },
      { format: 'csv', searched: false, rows: 3 },
    ]);
    // H9: what was searched for is mostly somebody's name, and there is no one whose key it would be.
    expect(JSON.stringify(acts)).not.toContain('"q"');
  });
});

async function download(actor: PersonActor, query: object): Promise<{ body: Buffer; type: string }> {
  const route = stage.access.routes.find(({ path }) => path === '/api/access/export/people');
  const ctx = { body: Buffer.alloc(0), type: '', set: () => undefined };
  await route?.handle({
    actor,
    params: undefined,
    query: route.query?.parse(query),
    body: undefined,
    request: { requestId: 'test', address: '127.0.0.1' },
    ctx: ctx as never,
  });
  return ctx;
}

describe('a person', () => {
  it('S1-7.2b shows posts past and present, the superior, masked data and the state in 企业微信', async () => {
    stage.t.clock.advance(10 * 86_400_000);
    await stage.t.db.write(SEED, async (tx) => {
      await stage.directory.setManager(tx, zhang, chen);
      const post = { isHead: false, headRank: null, place: null, sinceOn: '2026-11-30' } as const;
      await stage.directory.changePosts(tx, zhang, [
        { ...post, unitId: await stage.unitOf('D20'), kind: 'main', title: '副主任', untilOn: null },
        {
          ...post,
          unitId: await stage.unitOf('D05'),
          kind: 'concurrent',
          title: '干事',
          untilOn: '2027-03-01',
        },
      ]);
    });
    const found = await person(as(wang), zhang);
    expect(found).toMatchObject({
      name: '张雨桐',
      staffNo: '00731',
      state: { code: 'active', words: '正常' },
      manager: { name: '陈志远', open: true },
      wecom: { state: 'waiting' },
    });
    expect(
      found.posts.map(({ kind, unit, title, since, until }) => [kind, unit.name, title, since, until]),
    ).toEqual([
      ['main', '信息工程学院', '副主任', '2026-11-30', null],
      ['concurrent', '人事处', '干事', '2026-11-30', '2027-03-01'],
      ['former', '软件技术教研室', '教师', '2019-09-01', '2026-12-03'],
    ]);
    expect(found.personal).toEqual([
      { field: 'mobile', label: '手机号', masked: '199****0731', canReveal: true },
    ]);
    expect(found.history.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['岗位变动', '直属上级变动', '入职']),
    );
    expect(found.history.find(({ words }) => words === '直属上级变动')).toMatchObject({
      changes: [{ label: '直属上级', before: '', after: '陈志远' }],
      by: '系统',
    });
  });

  it('H5 every lock reads the same to whom the reason is not told', async () => {
    const reads = async () => {
      const { state, stateSince, facts, history } = await person(as(wang), zhang);
      return { state, stateSince, facts, words: history.map(({ words, by }) => ({ words, by })) };
    };
    const unlocked = await reads();
    await stage.t.db.write(SEED, (tx) => stage.directory.suspend(tx, zhang, '2026-11-20'));
    const suspended = await reads();
    await stage.t.db.write(SEED, (tx) => stage.directory.resume(tx, zhang, { on: '2026-11-20' }));
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, zhang));
    const decided = await reads();
    expect(suspended.state).toEqual({ code: 'locked', words: '锁定' });
    expect(decided.state).toEqual(suspended.state);
    expect(decided.facts).toEqual(suspended.facts);
    expect(JSON.stringify(suspended.words)).not.toMatch(/停职/);
    expect(decided.words.map(({ words }) => words)).toEqual([
      '锁定',
      '解锁',
      '锁定',
      ...unlocked.words.map((w) => w.words),
    ]);
    expect(decided.words[0]).toEqual({ words: '锁定', by: null });
    expect((await people(as(wang), { state: 'locked' })).items[0]?.state.words).toBe('锁定');
    // Nor afterwards: who left out of a suspension left.
    await stage.t.db.write(SEED, async (tx) => {
      await stage.directory.suspend(tx, zhang, '2026-11-20');
      await stage.directory.endEmployment(tx, zhang, { status: 'left', on: '2026-11-20', reason: '辞职' });
    });
    const gone = await person(as(wang), zhang);
    expect(gone.state).toEqual({ code: 'left', words: '已离开' });
    expect(gone.history[0]).toMatchObject({ words: '离职', on: '2026-11-20' });
    expect(JSON.stringify(gone)).not.toMatch(/停职|suspended/);
  });

  it('H5 named roles learn why', async () => {
    const knowing = [...(await roleCodesThatKnow())];
    expect(knowing.length).toBeGreaterThan(0);
    const [role = ''] = knowing;
    await give(chen, role, null);
    await give(chen, 'hrMaintainer', null);
    await stage.t.db.write(SEED, (tx) => stage.directory.suspend(tx, zhang, '2026-11-20'));
    const { history, facts } = await person(as(chen), zhang);
    expect(history[0]).toMatchObject({ words: '停职', on: '2026-11-20' });
    expect(facts).toContainEqual({ label: '状态', value: '停职' });
  });
});

async function roleCodesThatKnow(): Promise<string[]> {
  const { roles } = await import('../testing/open-access.ts');
  return [...roles.values()].filter(({ mayKnow }) => mayKnow.includes('lockReason')).map(({ code }) => code);
}

describe('a value in full', () => {
  it('H6, H9 asks what for, is recorded without the value, the purpose sealed for the person, and is for who manages the record', async () => {
    expect(await reveal(as(wang), zhang, 'mobile')).toEqual({ value: '19900000731' });
    expect(await looks()).toEqual([{ actorId: wang, targetId: zhang, after: { field: 'mobile' } }]);
    expect(await purposes()).toEqual([[zhang, { purpose: '核对报到材料' }]]);
    await expect(reveal(as(wang), zhang, 'mobile', ' ')).rejects.toThrow('purpose');
    await expect(reveal(as(wang), zhang, 'idNumber')).rejects.toMatchObject({
      code: 'access.nothing_to_reveal',
    });
    expect(await looks()).toHaveLength(1);
  });

  it('H1, H6 looking on is not managing; outside the scope a person is unknown', async () => {
    await delegate(chen, 'D20');
    await expect(reveal(as(chen), zhang, 'mobile')).rejects.toMatchObject({ code: 'access.may_not_reveal' });
    expect((await person(as(chen), zhang)).personal[0]).toMatchObject({ canReveal: false });
    await expect(reveal(as(chen), wang, 'mobile')).rejects.toMatchObject({ code: 'access.unknown_person' });
    expect(await looks()).toEqual([]);
  });

  it('S1-2e everybody sees their own record, who may see it, and who looked', async () => {
    await delegate(chen, 'D2001');
    await reveal(as(wang), zhang, 'mobile');
    const own = await call<OwnRecordAnswer>(as(zhang), 'get /api/access/own-record');
    expect(own).toMatchObject({ name: '张雨桐', personal: [{ masked: '199****0731', canReveal: true }] });
    expect(
      own.watchers.map(({ person: { name }, as: capacity, duty }) => [name, capacity, duty]).toSorted(),
    ).toEqual(
      [
        ['王海燕', '花名册维护、超级管理员', 'manage'],
        ['陈志远', '分级管理员', 'view'],
      ].toSorted(),
    );
    expect(own.looks).toEqual([
      { at: expect.any(Number), by: '王海燕', what: '手机号', purpose: '核对报到材料' },
    ]);
    expect(await reveal(as(zhang), zhang, 'mobile', '本人查看')).toEqual({ value: '19900000731' });
    // Who sees one's record is told; who is outside it is not.
    const other = await call<OwnRecordAnswer>(as(wang), 'get /api/access/own-record');
    expect(other.watchers).toEqual([]);
  });
});
