import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { DelegationTable, type DelegationRow } from '../../server/features/access/tables.ts';
import type { PersonAnswer } from '../../server/features/access/people/contract.ts';
import type {
  CorrectionAnswer,
  FieldsAnswer,
  ListAnswer,
  OwnAnswer,
  RaiseAnswer,
} from '../../server/features/corrections/contract.ts';
import type {
  AskAnswer,
  MissingAnswer,
  OwnPhotoAnswer,
} from '../../server/features/corrections/photos/contract.ts';
import { jpeg, png } from '../../server/platform/files/testing/pictures.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../server/kernel/dates.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 180_000 });

const SEED = systemActor('test:corrections');
const BORN = '1990-03-07';
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);

let s: Started;
let clients: Map<CastKey, Promise<Client>>;
beforeEach(async () => {
  s = await startApp();
  clients = new Map();
});
afterEach(() => s.close());

const as = (who: CastKey): Promise<Client> => {
  const known = clients.get(who) ?? s.signIn(demoCast[who].userid);
  clients.set(who, known);
  return known;
};
const get = async <T>(who: CastKey, path: string): Promise<T> =>
  (await as(who)).get<T>(`/api/corrections${path}`);
const post = async <T>(who: CastKey, path: string, body: object = {}): Promise<T> =>
  (await as(who)).post<T>(`/api/corrections${path}`, body);
/** The code of a refusal. */
const refusal = async (who: CastKey, path: string, body?: object): Promise<string> => {
  const client = await as(who);
  const answer =
    body === undefined
      ? await client.raw('GET', `/api/corrections${path}`)
      : await client.send('POST', `/api/corrections${path}`, body);
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
};
const raise = async (who: CastKey, field: string, wanted: string, more: object = {}): Promise<string> =>
  (await post<RaiseAnswer>(who, '', { field, wanted, reason: '与证件不一致', ...more })).correctionId;
const one = (who: CastKey, id: string) => get<CorrectionAnswer>(who, `/${id}`);
const listed = async (who: CastKey, query = '') =>
  (await get<ListAnswer>(who, query)).items.map(({ correctionId }) => correctionId);
const duties = async (who: CastKey) => (await todosOf(await as(who))).map(({ text }) => text);
const told = (who: CastKey): string[] =>
  s.sandbox.control
    .appMessages(demoCast[who].userid)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [JSON.stringify(content)] : []));
const personOf = (who: CastKey) =>
  s.app.db.read(async (reads) => (await s.app.directory.orgOf(reads)).personByUserid(demoCast[who].userid));
const idOf = async (who: CastKey): Promise<string> => (await personOf(who))?.personId ?? '';
async function later(ms: number): Promise<void> {
  await s.advance(ms);
  clients.clear();
}
/** Everything the database holds about corrections, and the record. */
const stored = () =>
  s.app.db.read(async (reads) => {
    const tables = ['correction', 'correction_event', 'obligation', 'audit_entry', 'message'];
    const rows = await Promise.all(tables.map((table) => reads.em.query<object[]>(`select * from ${table}`)));
    return JSON.stringify(rows);
  });

async function delegate(who: CastKey, unitCode: string, modules: string[]): Promise<void> {
  const org = await s.app.db.read(s.app.directory.orgOf);
  const row: DelegationRow = {
    id: newId(),
    personId: await idOf(who),
    unitId: org.units().find(({ code }) => code === unitCode)?.unitId ?? '',
    duty: 'manage',
    modules,
    categories: ['internal'],
    note: '',
    grantedBy: await idOf('superAdmin'),
    sinceAt: s.clock.now(),
    untilAt: s.clock.now() + 30 * DAY_MS,
    endedAt: null,
    endedBy: null,
    endReason: null,
    warnedAt: null,
    version: 1,
  };
  await s.app.db.write(SEED, async (tx) => {
    await insertRows(tx, DelegationTable, [row]);
    await s.app.directory.touch(tx);
  });
}

describe('S1-2e a person sees wrong own data', () => {
  it('S1-2e it goes to the owner with state and deadline, is answered with where, and the person is told', async () => {
    const id = await raise('applicant', 'title', '讲师');
    await s.settle();
    expect((await duties('hrMaintainer'))[0]).toMatch(/^张雨桐申请更正岗位，/);
    expect(told('hrMaintainer').at(-1)).toContain('张雨桐申请更正岗位');
    const [mine] = (await get<OwnAnswer>('applicant', '/own')).items;
    expect(mine).toMatchObject({ label: '岗位', ownerName: '人事处', stateWords: '待答复', isLate: false });
    expect(mine?.due?.dueAt).toBeGreaterThan(s.clock.now());

    const seen = await one('hrMaintainer', id);
    expect(seen).toMatchObject({
      wanted: '讲师',
      present: { words: '教师', agrees: false },
      reason: '与证件不一致',
      can: { withdraw: false, answer: true, sendOnTo: '信息办', reveal: false },
    });
    expect(await post('hrMaintainer', `/${id}/correct`, { note: '人事系统岗位表' })).toEqual({
      state: 'corrected',
    });
    await s.settle();
    expect(told('applicant').at(-1)).toContain('你申请更正的岗位已更正：人事系统岗位表');
    expect(await duties('hrMaintainer')).toEqual([]);
    expect((await get<OwnAnswer>('applicant', '/own')).items[0]).toMatchObject({
      stateWords: '已更正',
      due: null,
    });
    expect((await one('applicant', id)).history.map(({ words, by }) => `${by} ${words}`)).toEqual([
      '张雨桐 提出申请，交人事处',
      '吴晓燕 答复：已更正',
    ]);
    expect(await refusal('hrMaintainer', `/${id}/refuse`, { note: '晚了' })).toBe('corrections.ended');
  });

  it('S1-2e HR’s data agrees already once it came through HR', async () => {
    const id = await raise('applicant', 'bornOn', BORN);
    expect((await one('hrMaintainer', id)).present).toEqual({ words: null, agrees: false });
    const personId = await idOf('applicant');
    await s.app.db.write(SEED, (tx) => s.app.directory.putPerson(tx, { personId, bornOn: BORN }));
    expect((await one('hrMaintainer', id)).present).toEqual({ words: '1990-**-**', agrees: true });
  });

  it('S2-15c H6 a home address comes from the person alone: accepted, held sealed, shown masked, taken back', async () => {
    const home = '滨海市东湖区学院路 8 号 3 栋 502';
    const id = await raise('applicant', 'address', home);
    const personId = await idOf('applicant');
    expect((await one('hrMaintainer', id)).present).toEqual({ words: null, agrees: false });
    expect(await refusal('hrMaintainer', `/${id}/correct`, { note: `写成${home}` })).toBe(
      'corrections.value_in_reason',
    );
    await post('hrMaintainer', `/${id}/correct`, { note: '已登记' });
    await s.settle();
    expect((await one('hrMaintainer', id)).present).toEqual({ words: '滨海***', agrees: true });

    const hr = await as('hrMaintainer');
    const person = await hr.get<PersonAnswer>(`/api/access/people/${personId}`);
    expect(person.personal).toContainEqual({
      field: 'address',
      label: '家庭住址',
      masked: '滨海***',
      canReveal: true,
    });
    expect(person.history[0]?.changes).toEqual([{ label: '家庭住址', before: '', after: '滨海***' }]);
    expect(
      await hr.post(`/api/access/people/${personId}/reveal`, { field: 'address', purpose: '寄送证书' }),
    ).toMatchObject({ value: home });
    const self = await as('applicant');
    const copy = await (await self.raw('GET', '/api/access/own-data?format=json')).text();
    expect(copy).toContain(home);
    // Never in 企业微信, never in the clear.
    expect(JSON.stringify(s.sandbox.control.state())).not.toContain('学院路');
    const rows = await s.app.db.read((reads) =>
      reads.em.query<object[]>('select * from person where id = ?', [personId]),
    );
    expect(JSON.stringify(rows) + (await stored())).not.toContain('学院路');

    const gone = await raise('applicant', 'address', '[清空]');
    expect((await one('hrMaintainer', gone)).wanted).toBe('[清空]');
    await post('hrMaintainer', `/${gone}/correct`, { note: '已删除' });
    expect((await one('hrMaintainer', gone)).present).toEqual({ words: null, agrees: true });
    const after = await hr.get<PersonAnswer>(`/api/access/people/${personId}`);
    expect(after.personal.map(({ field }) => field)).not.toContain('address');
  });

  it('S2-15c a refused address is not held, and nobody accepts their own (H3)', async () => {
    const id = await raise('applicant', 'address', '滨海市');
    await post('hrMaintainer', `/${id}/refuse`, { note: '不需要登记' });
    const personId = await idOf('applicant');
    const held = () => s.app.db.read((reads) => s.app.directory.revealField(reads, personId, 'address'));
    expect(await held()).toBeNull();
    const self = { kind: 'person', personId, name: '', roles: ['staff'], via: 'h5' } as const;
    await expect(
      s.app.db.write(self, (tx) => s.app.directory.setAddress(tx, personId, '滨海市')),
    ).rejects.toMatchObject({ code: 'directory.own_record' });
    const put = (address: string | null) =>
      s.app.db.write(SEED, (tx) => s.app.directory.setAddress(tx, personId, address));
    expect([await put('滨海市'), await put(' 滨海市 '), await held()]).toEqual([true, false, '滨海市']);
  });

  it('S1-2e G9 three working days; who held it then is late, and a kept clock stays in the history when it is sent on', async () => {
    const id = await raise('applicant', 'userid', 'zhangyt');
    expect(await duties('superAdmin')).toHaveLength(1);
    const { due } = await one('applicant', id);
    // Monday morning: Thursday at the close of business.
    expect(new Date((due?.dueAt ?? 0) + 8 * HOUR_MS).toISOString().slice(0, 10)).toBe('2026-11-26');
    expect(await post('superAdmin', `/${id}/send-on`, { note: '姓名拼音以人事处登记为准' })).toEqual({
      state: 'open',
    });
    expect(await duties('superAdmin')).toEqual([]);
    expect(await duties('hrMaintainer')).toHaveLength(1);
    expect(await refusal('superAdmin', `/${id}/send-on`, { note: '再转' })).toBe(
      'corrections.sent_on_already',
    );
    await s.settle();
    expect(told('applicant').at(-1)).toContain('已转给人事处');
    await later(5 * DAY_MS);
    const seen = await one('applicant', id);
    expect(seen.isLate).toBe(true);
    expect(seen.clocks.map(({ holder, isLate, closedAt }) => [holder, isLate, closedAt !== null])).toEqual([
      ['何一鸣', false, true],
      ['吴晓燕', true, false],
    ]);
    expect(told('hrMaintainer').some((text) => text.includes('申请更正企业微信账号'))).toBe(true);
    await post('hrMaintainer', `/${id}/refuse`, { note: '账号开通后不改' });
    expect((await one('applicant', id)).clocks.map(({ isLate }) => isLate)).toEqual([false, true]);
  });

  it('S1-2e G9 who is locked owes nothing any more; the next who can answer does', async () => {
    await raise('applicant', 'mobile', '13800009901');
    expect(await duties('superAdmin')).toHaveLength(1);
    const locked = await idOf('superAdmin');
    await s.app.db.write(SEED, (tx) => s.app.directory.lockPerson(tx, locked));
    expect(await duties('secondAdmin')).toHaveLength(1);
  });

  it('S1-2e G9 whose right ended holds no clock any more: by the next morning somebody who can answer does', async () => {
    await raise('applicant', 'mobile', '13800009901');
    const personId = await idOf('superAdmin');
    const [grant] = await s.app.db.read((reads) =>
      reads.em.query<{ id: string }[]>(
        `select id from role_grant where personId = ? and role = 'superAdmin'`,
        [personId],
      ),
    );
    await s.app.db.write(SEED, (tx) => s.app.access.revokeRole(tx, grant?.id ?? ''));
    expect(await duties('secondAdmin')).toEqual([]);
    await later(DAY_MS);
    expect(await duties('secondAdmin')).toHaveLength(1);
    expect(await duties('superAdmin')).toEqual([]);
  });

  it('S1-2e one of a field at a time, and the person may take it back while it waits', async () => {
    const id = await raise('applicant', 'grade', '八级');
    const again = { field: 'grade', wanted: '九级', reason: '再说一次' };
    expect(await refusal('applicant', '', again)).toBe('corrections.open_already');
    expect(await refusal('hrMaintainer', `/${id}/withdraw`, {})).toBe('corrections.not_yours');
    expect(await post('applicant', `/${id}/withdraw`)).toEqual({ state: 'withdrawn' });
    expect(await duties('hrMaintainer')).toEqual([]);
    expect(await refusal('applicant', `/${id}/withdraw`, {})).toBe('corrections.ended');
    await raise('applicant', 'grade', '九级');
  });

  it('S1-2e of two at once of the same field one is taken', async () => {
    const body = { field: 'grade', wanted: '八级', reason: '同时提交' };
    const codes = await Promise.all([1, 2, 3].map(() => refusal('applicant', '', body)));
    expect(codes.sort()).toEqual(['corrections.open_already', 'corrections.open_already', 'done']);
  });
});

describe('S2-15c a member corrects and completes own data', () => {
  it('S2-15c is offered every field with its owner and what the record says, masked', async () => {
    const { items, answerWorkdays } = await get<FieldsAnswer>('applicant', '/fields');
    const of = (field: string) => items.find((item) => item.field === field);
    expect(answerWorkdays).toBe(3);
    expect(of('mobile')).toMatchObject({ ownerName: '信息办', present: '199****0731', isPersonal: true });
    expect(of('title')).toMatchObject({ ownerName: '人事处', present: '教师', openId: null });
    // Nothing is there yet: it can be completed.
    expect(of('idNumber')?.present).toBeNull();
    const id = await raise('applicant', 'idNumber', '11010519900307002X');
    const after = await get<FieldsAnswer>('applicant', '/fields');
    expect(after.items.find(({ field }) => field === 'idNumber')?.openId).toBe(id);
  });

  it('S2-15c with a proof, which the owner opens and the person reads of', async () => {
    const client = await as('applicant');
    const { fileId } = (await (await client.upload('/api/files', '身份证.png', PNG)).json()) as {
      fileId: string;
    };
    const id = await raise('applicant', 'bornOn', BORN, { fileIds: [fileId] });
    expect((await one('hrMaintainer', id)).files.map(({ name }) => name)).toEqual(['身份证.png']);
    expect(
      (await (await as('hrMaintainer')).raw('GET', `/api/corrections/${id}/files/${fileId}`)).status,
    ).toBe(200);
    expect(await refusal('colleague', `/${id}/files/${fileId}`)).toBe('corrections.not_visible');
    expect(await refusal('hrMaintainer', `/${id}/files/${newId()}`)).toBe('corrections.not_visible');
    expect((await one('applicant', id)).history.at(-1)).toMatchObject({
      by: '吴晓燕',
      words: '打开了证明材料',
    });
    const other = { field: 'grade', wanted: '八级', reason: '与证件不一致', fileIds: [fileId] };
    expect(await refusal('applicant', '', other)).toBe('files.unknown');
  });

  it('S2-15c refuses what is no value of the field', async () => {
    const body = { field: 'bornOn', wanted: '去年', reason: '与证件不一致' };
    expect(await refusal('applicant', '', body)).toBe('corrections.value_form');
  });
});

describe('S1-2e personal values and who may see them', () => {
  it('S1-2e H6 sealed, masked, in full for a purpose that the person reads; nowhere in the records or the log', async () => {
    const id = await raise('applicant', 'bornOn', BORN);
    expect((await one('hrMaintainer', id)).wanted).toBe('1990-**-**');
    expect((await one('applicant', id)).wanted).toBe('1990-**-**');
    expect(await refusal('hrMaintainer', `/${id}/reveal`, { purpose: '' })).toBe('http.bad_request');
    expect(await post('hrMaintainer', `/${id}/reveal`, { purpose: '核对身份证' })).toEqual({ value: BORN });
    expect((await one('applicant', id)).history.at(-1)).toMatchObject({
      by: '吴晓燕',
      words: '查看了申请的完整内容',
      note: '核对身份证',
    });
    expect(await refusal('hrMaintainer', `/${id}/correct`, { note: `已改为${BORN}` })).toBe(
      'corrections.value_in_reason',
    );
    await post('hrMaintainer', `/${id}/correct`, { note: '人事系统' });
    await s.settle();
    const all = await stored();
    expect(all).toContain('corrections.reveal');
    expect(all).not.toContain(BORN);
    expect(s.log.join('\n')).not.toContain(BORN);
  });

  it('S1-2e what was asked for and what proved it are erased when the keeping period is over', async () => {
    const client = await as('applicant');
    const uploaded = await client.upload('/api/files', '身份证.png', PNG);
    const { fileId } = (await uploaded.json()) as { fileId: string };
    const id = await raise('applicant', 'bornOn', BORN, { fileIds: [fileId] });
    await post('hrMaintainer', `/${id}/correct`, { note: '人事系统' });
    await later(91 * DAY_MS);
    await later(DAY_MS);
    expect(await one('applicant', id)).toMatchObject({
      wanted: null,
      reason: null,
      files: [],
      can: { reveal: false },
    });
    expect(await refusal('hrMaintainer', `/${id}/reveal`, { purpose: '再看一次' })).toBe(
      'corrections.erased',
    );
  });

  it('S1-2e H3 nobody answers their own, and never sees it in the list of what they answer', async () => {
    const id = await raise('hrMaintainer', 'grade', '八级');
    expect(await listed('hrMaintainer')).toEqual([]);
    expect((await one('hrMaintainer', id)).can).toMatchObject({ answer: false, withdraw: true });
    expect(await refusal('hrMaintainer', `/${id}/correct`, { note: '人事系统' })).toBe(
      'corrections.not_yours',
    );
    // The only maintainer there is: it goes to those who may do everything.
    expect(await duties('superAdmin')).toHaveLength(1);
    await post('superAdmin', `/${id}/correct`, { note: '人事系统' });
  });

  it('S1-2e H1 a delegated administrator answers inside the scope, and list, count, file and page are one set', async () => {
    await delegate('teachingLeader', 'D20', ['directory']);
    await delegate('adminLeader', 'D20', ['leave']);
    const inside = await raise('applicant', 'grade', '八级');
    const outside = await raise('librarian', 'grade', '八级');
    const accounts = await raise('applicant', 'mobile', '13800009901');
    expect(await listed('teachingLeader')).toEqual([inside]);
    expect(await get('teachingLeader', '')).toMatchObject({ total: 1, counts: { open: 1, closed: 0 } });
    expect(await listed('hrMaintainer')).toEqual([inside, outside]);
    expect(await listed('superAdmin')).toEqual([inside, outside, accounts]);
    expect(await listed('superAdmin', '?owner=accounts')).toEqual([accounts]);
    for (const path of [`/${outside}`, `/${accounts}`])
      expect(await refusal('teachingLeader', path)).toBe('corrections.not_visible');
    expect(await refusal('teachingLeader', `/${outside}/refuse`, { note: '不归我' })).toBe(
      'corrections.not_visible',
    );
    expect(await refusal('adminLeader', '')).toBe('corrections.not_an_owner');
    expect(await refusal('colleague', '')).toBe('corrections.not_an_owner');
    expect(await refusal('colleague', `/${inside}`)).toBe('corrections.not_visible');
    await post('teachingLeader', `/${inside}/refuse`, { note: '与聘书一致' });
    expect(await listed('teachingLeader', '?state=closed')).toEqual([inside]);
  });

  it('S1-2e H2 pages hold everything once, those that wait in order of coming, those that ended newest first', async () => {
    const ids: string[] = [];
    for (const field of ['name', 'sex', 'grade', 'title', 'unit'])
      ids.push(await raise('applicant', field, `值${randomUUID().slice(0, 4)}`));
    ids.push(await raise('librarian', 'grade', '八级'));
    const pages = async (state: string) => {
      const found: string[] = [];
      let cursor = '';
      do {
        const page = await get<ListAnswer>(
          'hrMaintainer',
          `?state=${state}&limit=4${cursor && `&cursor=${cursor}`}`,
        );
        expect(page.total).toBe(6);
        found.push(...page.items.map(({ correctionId }) => correctionId));
        cursor = page.next ?? '';
      } while (cursor);
      return found;
    };
    expect(await pages('open')).toEqual(ids);
    for (const id of ids) await post('hrMaintainer', `/${id}/refuse`, { note: '与登记一致' });
    expect(await pages('closed')).toEqual(ids.toReversed());
    const own = await get<OwnAnswer>('applicant', '/own?limit=3');
    const rest = await get<OwnAnswer>('applicant', `/own?limit=3&cursor=${own.next}`);
    expect([...own.items, ...rest.items].map(({ correctionId }) => correctionId)).toEqual(
      ids.slice(0, 5).toReversed(),
    );
    expect(rest.next).toBeNull();
  });

  it('S1-2e everything is in the record of acts, without the values', async () => {
    const id = await raise('applicant', 'mobile', '13800009901');
    await s.advance(MINUTE_MS);
    await post('superAdmin', `/${id}/send-on`, { note: '归人事处' });
    await post('hrMaintainer', `/${id}/reveal`, { purpose: '核对' });
    await post('hrMaintainer', `/${id}/refuse`, { note: '与登记一致' });
    const acts = await s.app.db.read((reads) =>
      reads.em.query<{ action: string }[]>(
        `select action from audit_entry where targetType = 'correction' and targetId = ? order by id`,
        [id],
      ),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'corrections.raise',
      'corrections.sendOn',
      'corrections.reveal',
      'corrections.refuse',
    ]);
    expect(await stored()).not.toContain('13800009901');
  });
});

describe('S2-15b an ID-style photo is present, or a task', () => {
  const photos = async <T>(who: CastKey, path: string): Promise<T> =>
    (await as(who)).get<T>(`/api/photos${path}`);
  const ask = async (who: CastKey, unitId: string | null) =>
    (await as(who)).post<AskAnswer>('/api/photos/ask', { unitId });
  const put = async (who: CastKey, bytes: Buffer, name = '照片.png') => {
    const client = await as(who);
    const uploaded = await client.upload('/api/files', name, bytes);
    const { fileId } = (await uploaded.json()) as { fileId: string };
    return client.send('POST', '/api/photos/own', { fileId });
  };

  it('S2-15b HR sees who has none by department, asks them in one act, and the task closes by itself', async () => {
    const before = await photos<MissingAnswer>('hrMaintainer', '/missing?limit=100');
    const all = before.units.reduce((sum, { people }) => sum + people, 0);
    expect(before.total).toBe(all);
    const college = before.units.find(({ name }) => name === '信息工程学院');
    expect(college?.missing).toBeGreaterThan(1);
    const asked = await ask('hrMaintainer', college?.unitId ?? null);
    expect(asked).toEqual({ asked: college?.missing, left: 0 });
    expect(await ask('hrMaintainer', college?.unitId ?? null)).toEqual({ asked: 0, left: 0 });
    await s.settle();
    expect(await duties('applicant')).toEqual([expect.stringMatching(/^上传证件照，/)]);
    expect(told('applicant').at(-1)).toContain('还没有你的证件照');
    expect((await photos<OwnPhotoAnswer>('applicant', '/own')).due?.dueAt).toBeGreaterThan(s.clock.now());
    expect((await put('applicant', png(295, 413))).status).toBe(200);
    expect(await duties('applicant')).toEqual([]);
    const own = await photos<OwnPhotoAnswer>('applicant', '/own');
    expect(own).toMatchObject({ photo: { width: 295, height: 413 }, due: null });
    const after = await photos<MissingAnswer>('hrMaintainer', `/missing?unitId=${college?.unitId}`);
    expect(after.total).toBe((college?.missing ?? 0) - 1);
    expect(after.items.every(({ due }) => due !== null)).toBe(true);
    expect(after.items.map(({ name }) => name)).not.toContain('张雨桐');
  });

  it('S2-15b takes a new photo in place of the old one, and refuses what is none', async () => {
    const client = await as('applicant');
    expect((await client.raw('GET', '/api/photos/own/picture')).status).toBe(404);
    for (const [bytes, name] of [
      [png(100, 413), '小.png'],
      [jpeg(7000, 500), '大.jpg'],
      [Buffer.from('255044462d', 'hex'), '文.pdf'],
    ] as const) {
      const answer = await put('applicant', bytes, name);
      expect(((await answer.json()) as { code: string }).code).toBe('corrections.photo_form');
    }
    await put('applicant', png(295, 413));
    expect((await put('applicant', jpeg(413, 626), '新.jpg')).status).toBe(200);
    const picture = await client.raw('GET', '/api/photos/own/picture');
    expect(Buffer.from(await picture.arrayBuffer()).equals(jpeg(413, 626))).toBe(true);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    await later(3 * DAY_MS);
    const kept = await s.app.db.read((reads) =>
      reads.em.query<{ type: string; ownerType: string | null }[]>(
        `select type, ownerType from file where type <> 'application/pdf'`,
      ),
    );
    expect(kept).toEqual([{ type: 'image/jpeg', ownerType: 'photo' }]);
  });

  it('S2-15b somebody else’s upload is nobody’s photo', async () => {
    const uploaded = await (await as('colleague')).upload('/api/files', '照片.png', png(295, 413));
    const { fileId } = (await uploaded.json()) as { fileId: string };
    const answer = await (await as('applicant')).send('POST', '/api/photos/own', { fileId });
    expect(((await answer.json()) as { code: string }).code).toBe('files.unknown');
  });

  it('S2-15b H1 H2 a delegated administrator sees and asks the own scope, page by page', async () => {
    await delegate('teachingLeader', 'D20', ['directory']);
    const whole = await photos<MissingAnswer>('teachingLeader', '/missing?limit=100');
    expect(whole.units.map(({ name }) => name)).toEqual(['信息工程学院']);
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await photos<MissingAnswer>(
        'teachingLeader',
        `/missing?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...page.items.map(({ personId }) => personId));
      cursor = page.next ?? '';
    } while (cursor);
    expect(paged).toEqual(whole.items.map(({ personId }) => personId));
    expect((await ask('teachingLeader', null)).asked).toBe(whole.total);
    expect(await duties('librarian')).toEqual([]);
    const refusedAsk = await (await as('colleague')).send('POST', '/api/photos/ask', { unitId: null });
    expect(refusedAsk.status).toBe(403);
  });

  it('S2-15b who left owes no photo', async () => {
    await ask('hrMaintainer', null);
    const personId = await idOf('applicant');
    const today = new Date(s.clock.now() + 8 * HOUR_MS).toISOString().slice(0, 10);
    await s.app.db.write(SEED, (tx) =>
      s.app.directory.endEmployment(tx, personId, { status: 'left', on: today, reason: null }),
    );
    const [clock] = await s.app.db.read((reads) =>
      s.app.supervision.listOfSubjects(reads, 'photo', [personId]),
    );
    expect(clock).toMatchObject({ state: 'closed', outcome: 'left' });
  });
});
