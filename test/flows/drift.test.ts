import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ActAnswer,
  Difference,
  DifferencesPage,
  PolicyAnswer,
  SummaryAnswer,
} from '../../server/features/directory/drift/contract.ts';
import { SMALL } from '../../server/features/directory/testing/small-roster.ts';
import { MINUTE_MS } from '../../server/kernel/dates.ts';
import { openDrift, type DriftStage } from '../support/drift-stage.ts';

let s: DriftStage;
beforeEach(async () => {
  s = await openDrift();
  s.holds.set('keeper', { unitId: null, duty: 'manage' });
});
afterEach(async () => {
  expect(s.failures).toEqual([]);
  await s.close();
});

const BASE = '/api/directory/drift';
const list = (query = '', as = 'keeper') => s.get<DifferencesPage>(as, `${BASE}${query}`);
const summary = (as = 'keeper') => s.get<SummaryAnswer>(as, `${BASE}/summary`);
const act = async (items: readonly Difference[], what: string, more: object = {}, as = 'keeper') => {
  const body = { differenceIds: items.map(({ differenceId }) => differenceId), act: what, ...more };
  return s.request(as, 'POST', `${BASE}/acts`, body);
};
const brief = ({ subject, field, ours, theirs }: Difference) => [subject.name, field, ours, theirs];
const edit = (userid: string, changes: Record<string, unknown>, operator = 'chenzhiyuan') =>
  s.control.editMember(userid, { operator, changes });
/** The minute's end, when what events named is looked at, and once more for what that asked for. */
const afterEvents = async () => {
  await s.settle();
  await s.advance(2 * MINUTE_MS);
  await s.advance(2 * MINUTE_MS);
};
/** Our own writes have settled and were read again. */
const settled = () => s.advance(10 * MINUTE_MS);
const departmentOf = async (code: string): Promise<number> => {
  const org = await s.t.db.read((reads) => s.directory.orgOf(reads));
  return org.units().find((unit) => unit.code === code)?.departmentId ?? 0;
};

describe('D11 the nightly comparison', () => {
  it('finds nothing when nothing was changed, with a call per list and department', async () => {
    const calls = await s.callsOf(() => s.night());
    expect((await list()).items).toEqual([]);
    expect(await summary()).toMatchObject({
      compares: true,
      lastRun: { state: 'done', units: 3, members: 3, detailed: 3, refusedCode: null, mass: false },
    });
    const counted = calls.filter((api) => !api.includes('gettoken'));
    expect(counted.sort()).toEqual(
      ['department/list', 'department/simplelist', 'user/list_id', ...Array(4).fill('user/list')].sort(),
    );
  });

  it('C9 tells both values and who it was; put back makes one call and is then settled', async () => {
    edit('ZhangYutong', { name: '张桐', position: '副教授' });
    await s.night();
    const { items, total } = await list();
    expect(total).toBe(2);
    expect(items.map(brief).sort()).toEqual([
      ['张雨桐', 'name', '张雨桐', '张桐'],
      ['张雨桐', 'position', '教师', '副教授'],
    ]);
    expect(items[0]).toMatchObject({
      by: { userid: 'chenzhiyuan', name: '陈志远', sure: true },
      foundBy: 'nightly',
      happenedAt: null,
      state: 'open',
      can: ['putBack', 'take', 'ignore'],
    });
    let answer: Awaited<ReturnType<typeof act>> | undefined;
    const calls = await s.callsOf(async () => {
      answer = await act(items, 'putBack');
      await s.settle();
    });
    expect(answer?.json).toEqual({ done: 2, refused: [] } satisfies ActAnswer);
    expect(calls).toEqual(['user/update']);
    expect(s.member('zhangyutong')).toMatchObject({ name: '张雨桐', position: '教师' });
    await s.night();
    expect((await list()).items).toEqual([]);
    expect((await list('?state=putBack')).total).toBe(2);
    expect((await summary()).settled).toEqual([{ state: 'putBack', count: 2 }]);
    expect(await s.callsOf(() => s.night())).not.toContain('user/update');
  });

  it('what comes back after it was put back is open again and counted', async () => {
    edit('ZhangYutong', { name: '张桐' });
    await s.night();
    await act((await list()).items, 'putBack');
    await settled();
    edit('ZhangYutong', { name: '张桐' });
    await s.night();
    expect((await list()).items).toMatchObject([{ field: 'name', state: 'open', returns: 1, acted: null }]);
  });

  it('C2 a renamed and moved department is put back in one call, its members untouched', async () => {
    const [d2001, d05] = [await departmentOf('D2001'), await departmentOf('D05')];
    s.control.editDepartment(d2001, {
      operator: 'wanghaiyan',
      changes: { name: '软件教研室', parentid: d05 },
    });
    await s.night();
    const { items } = await list();
    expect(items.map(brief).sort()).toEqual([
      ['软件技术教研室', 'unitName', '软件技术教研室', '软件教研室'],
      ['软件技术教研室', 'unitParent', '信息工程学院', '人事处'],
    ]);
    expect(items.map(({ by }) => by?.name)).toEqual(['王海燕', '王海燕']);
    const calls = await s.callsOf(async () => {
      await act(items, 'putBack');
      await s.settle();
    });
    expect(calls).toEqual(['department/update']);
    await s.night();
    expect((await list()).total).toBe(0);
  });

  it('a member who is gone is told, and created again only when a person says so', async () => {
    s.control.adminCall({ api: 'user/delete', query: { userid: 'ZhangYutong' } });
    const calls = await s.callsOf(() => s.night());
    expect(calls).not.toContain('user/create');
    const { items } = await list();
    expect(items.map(brief)).toEqual([['张雨桐', 'presence', '有', '没有']]);
    expect(items[0]?.proposed).toBe('ask');
    const made = await s.callsOf(async () => {
      await act(items, 'putBack');
      await s.settle();
    });
    expect(made.filter((api) => api.startsWith('user/'))[0]).toBe('user/create');
    expect(s.member('zhangyutong')?.name).toBe('张雨桐');
    await s.night();
    expect((await list()).total).toBe(0);
  });

  it('a stranger and a foreign department are shown and never deleted', async () => {
    const d05 = await departmentOf('D05');
    s.control.adminCall({ api: 'department/create', body: { name: '临时组', parentid: 1, id: 900 } });
    s.control.adminCall({
      api: 'user/create',
      operator: 'wanghaiyan',
      body: { userid: 'wx_0931', name: '外来', mobile: '13700001111', department: [d05] },
    });
    const calls = await s.callsOf(() => s.night());
    expect(calls.filter((api) => api.includes('delete'))).toEqual([]);
    const { items } = await list();
    expect(items.map(brief).sort()).toEqual([
      ['wx_0931', 'stranger', '没有此人', '在“人事处”里'],
      ['临时组', 'foreignDepartment', '没有此单位', '在“海州职业技术学院”下面'],
    ]);
    expect(items.map(({ can }) => can).sort()).toEqual([
      ['take', 'ignore'],
      ['take', 'ignore', 'link'],
    ]);
    const refused = await act(items, 'putBack');
    expect(refused.json).toMatchObject({ done: 0 });
    await act(items, 'ignore', { reason: '企业微信建企业时自带' });
    await s.night();
    expect((await list('?state=open')).total).toBe(0);
    expect((await list('?state=ignored')).items[0]?.acted?.reason).toBe('企业微信建企业时自带');
    s.control.adminCall({ api: 'user/delete', query: { userid: 'wx_0931' } });
    await s.night();
    expect((await list('?state=gone')).items.map(({ field }) => field)).toEqual(['stranger']);
  });

  it('B1 a stranger is linked to somebody without a member, and taken over with one update', async () => {
    s.control.adminCall({ api: 'user/delete', query: { userid: 'ZhangYutong' } });
    const d20 = await departmentOf('D20');
    s.control.adminCall({
      api: 'user/create',
      body: { userid: 'zyt2026', name: '雨桐', mobile: '19900000731', department: [d20] },
    });
    await s.night();
    const stranger = (await list('?field=stranger')).items[0];
    const path = `${BASE}/${stranger?.differenceId ?? ''}/link`;
    const [zhang, chen] = [await s.personOf('00731'), await s.personOf('00215')];
    expect(await s.request('keeper', 'POST', path, { personId: chen })).toMatchObject({
      status: 422,
      json: { code: 'directory.drift_has_member' },
    });
    const calls = await s.callsOf(async () => {
      expect((await s.request('keeper', 'POST', path, { personId: zhang })).status).toBe(200);
      await s.settle();
    });
    expect(calls.filter((api) => api !== 'user/update')).toEqual([]);
    expect(s.member('zyt2026')).toMatchObject({ name: '张雨桐', position: '教师' });
    await s.night();
    expect((await list()).items).toEqual([]);
  });

  it('H3 a stranger is linked to who holds a given role by those who give roles, and by nobody else', async () => {
    s.control.adminCall({ api: 'user/delete', query: { userid: 'ZhangYutong' } });
    const department = [await departmentOf('D20')];
    const member = { userid: 'mallory', name: '雨桐', mobile: '19900000731', department };
    s.control.adminCall({ api: 'user/create', body: member });
    await s.night();
    const stranger = (await list('?field=stranger')).items[0];
    const path = `${BASE}/${stranger?.differenceId ?? ''}/link`;
    const personId = await s.personOf('00731');
    s.given.add(personId);
    s.holds.set('superAdmin', { unitId: null, duty: 'manage' });
    expect(await s.request('keeper', 'POST', path, { personId })).toMatchObject({
      status: 403,
      json: { code: 'directory.drift_given_role' },
    });
    expect((await list('?field=stranger')).items).toMatchObject([{ state: 'open' }]);
    expect((await s.request('superAdmin', 'POST', path, { personId })).status).toBe(200);
    await s.settle();
    expect(s.member('mallory')).toMatchObject({ name: '张雨桐' });
  });

  it('the place of somebody is noise: ignored by rule, without a question', async () => {
    edit('wanghaiyan', { department: [await departmentOf('D05')], order: [17] });
    const calls = await s.callsOf(() => s.night());
    expect(calls).not.toContain('user/update');
    expect((await list('?state=open')).total).toBe(0);
    expect((await list('?state=ignored')).items).toMatchObject([
      { field: 'order', acted: { by: '系统按规则' } },
    ]);
  });

  it('what the app may not see is not told to be equal', async () => {
    s.control.adminApp({ visible: { userids: [], parties: [await departmentOf('D05')], tags: [] } });
    edit('ZhangYutong', { name: '张桐' });
    await s.night();
    expect((await list()).total).toBe(0);
    const { lastRun } = await summary();
    expect(lastRun).toMatchObject({ state: 'partial', members: 3, detailed: 1, refusedCode: 60011 });
  });

  it('without the right to read the log nobody is named', async () => {
    s.control.adminCorp({ operLog: false });
    edit('ZhangYutong', { name: '张桐' });
    await s.night();
    expect((await list()).items).toMatchObject([{ field: 'name', by: null }]);
  });

  it('D7 a busy 企业微信 (−1) is waited for, and the comparison goes on where it was', async () => {
    edit('ZhangYutong', { name: '张桐' });
    const fault = s.control.addFault({ kind: 'busy', apis: ['user/list'] });
    await s.night();
    expect((await summary()).lastRun?.state).toBe('running');
    s.control.removeFaults(fault.id);
    const calls = await s.callsOf(() => s.advance(60 * MINUTE_MS));
    // The lists that were read and compared before are not read again.
    expect(calls).not.toContain('user/list_id');
    expect((await summary()).lastRun?.state).toBe('done');
    expect((await list()).items.map(({ field }) => field)).toEqual(['name']);
  });
});

describe('a large directory', () => {
  it('D5 is read in slices of departments, each a job of its own that counts once', async () => {
    await s.close();
    const more = Array.from({ length: 41 }, (_, at) => [
      `X${at}`,
      `教研室${at}`,
      'D20',
      '科室',
      String(9 + at),
    ]);
    s = await openDrift({ roster: { units: [...SMALL.units, ...more] } });
    s.holds.set('keeper', { unitId: null, duty: 'manage' });
    edit('ZhangYutong', { name: '张桐' });
    const calls = await s.callsOf(() => s.night());
    expect(calls.filter((api) => api === 'user/list')).toHaveLength(45);
    expect((await summary()).lastRun).toMatchObject({ state: 'done', members: 3, detailed: 3 });
    const steps = await s.t.db.read((reads) =>
      reads.em.query<{ payload: string }[]>(
        `select payload from job where name = 'directory.drift' and payload like '%runId%'`,
      ),
    );
    // Units, members, three slices, the end.
    expect(steps).toHaveLength(6);
    const again = await s.callsOf(() => s.repeatSteps());
    expect(again).toEqual([]);
    expect((await list()).total).toBe(1);
  });
});

describe('D10 events of 企业微信', () => {
  it('somebody is moved at the console: found within minutes, with when and by whom', async () => {
    const d05 = await departmentOf('D05');
    const at = s.t.clock.now();
    edit('ZhangYutong', { department: [d05], is_leader_in_dept: [1] }, 'wanghaiyan');
    await afterEvents();
    const { items } = await list('?field=department');
    expect(items.map(brief)).toEqual([['张雨桐', 'department', '软件技术教研室', '人事处']]);
    expect(items[0]).toMatchObject({ foundBy: 'event', by: { name: '王海燕' } });
    expect(Math.abs((items[0]?.happenedAt ?? 0) - at)).toBeLessThan(MINUTE_MS);
    const calls = await s.callsOf(async () => {
      await act(
        (await list()).items.filter(({ can }) => can.includes('putBack')),
        'putBack',
      );
      await s.settle();
    });
    expect(calls).toEqual(['user/update']);
    expect(s.member('zhangyutong')?.departments).toEqual([await departmentOf('D2001')]);
    // The event of our own write, if any, and the next night find nothing.
    await settled();
    await s.night();
    expect((await list()).total).toBe(0);
  });

  it('a deletion at the console is found by its event', async () => {
    s.control.adminCall({ api: 'user/delete', query: { userid: 'ZhangYutong' } });
    await afterEvents();
    expect((await list()).items.map(brief)).toEqual([['张雨桐', 'presence', '有', '没有']]);
  });

  it('a moved department and a new one are found by their events', async () => {
    const [d2001, d05] = [await departmentOf('D2001'), await departmentOf('D05')];
    s.control.editDepartment(d2001, { changes: { parentid: d05 } });
    s.control.adminCall({ api: 'department/create', body: { name: '临时组', parentid: 1, id: 900 } });
    await afterEvents();
    expect((await list()).items.map(({ field }) => field).sort()).toEqual([
      'foreignDepartment',
      'unitParent',
    ]);
  });

  it('our own writes are no drift, also when the event outruns the mirror', async () => {
    const zhang = await s.personOf('00731');
    await s.t.db.write({ kind: 'system', name: 'test' }, (tx) =>
      s.directory.putPerson(tx, { personId: zhang, name: '张雨彤' }),
    );
    const event = {
      kind: 'contactChanged',
      change: 'update_user',
      userId: 'zhangyutong',
      newUserId: null,
      departmentIds: null,
      fromUser: 'sys',
      createdAt: s.t.clock.now(),
      agentId: null,
      contentHash: 'x',
    } as const;
    await s.drift.onContactChanged(event);
    await s.settle();
    await afterEvents();
    await settled();
    expect((await list()).items).toEqual([]);
    expect(s.member('zhangyutong')?.name).toBe('张雨彤');
  });
});

describe('D11 rules and acts', () => {
  const setPolicy = (field: string, action: string, automatic: boolean, as = 'keeper') =>
    s.request(as, 'POST', `${BASE}/policy`, { field, action, automatic });

  it('a rule puts back by itself, with one call, and the change of the rule is in the record', async () => {
    expect((await setPolicy('name', 'putBack', true)).status).toBe(200);
    edit('ZhangYutong', { name: '张桐' });
    const calls = await s.callsOf(() => s.night());
    expect(calls.filter((api) => api === 'user/update')).toHaveLength(1);
    expect(s.member('zhangyutong')?.name).toBe('张雨桐');
    const { items } = await s.get<PolicyAnswer>('keeper', `${BASE}/policy`);
    expect(items.find(({ field }) => field === 'name')).toMatchObject({ action: 'putBack', automatic: true });
    expect(items.find(({ field }) => field === 'presence')?.actions).toContainEqual({
      action: 'putBack',
      automatic: false,
    });
    const acts = await s.t.db.read((reads) =>
      reads.em.query<{ action: string; actorId: string }[]>(
        `select action, actorId from audit_entry where action like 'directory.drift%' order by id`,
      ),
    );
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual(
      expect.arrayContaining([
        ['directory.driftPolicy', 'keeper'],
        ['directory.driftPutBack', 'job:directory.drift'],
      ]),
    );
    expect((await setPolicy('presence', 'putBack', true)).json.code).toBe(
      'directory.drift_policy_impossible',
    );
  });

  it('HR is asked and told when the question is gone; the directory is not changed by it', async () => {
    edit('ZhangYutong', { position: '副教授' });
    await s.night();
    const { items } = await list();
    await act(items, 'take');
    expect(s.asked).toEqual(['通讯录差异：张雨桐 职务']);
    await s.night();
    expect((await list('?state=taken')).items).toMatchObject([{ theirs: '副教授', can: ['reopen'] }]);
    const org = await s.t.db.read((reads) => s.directory.orgOf(reads));
    expect(org.assignmentsOf(await s.personOf('00731'))[0]?.title).toBe('教师');
    await act((await list()).items, 'reopen');
    expect(s.answered).toEqual(items.map(({ differenceId }) => differenceId));
    expect((await list('?state=open')).total).toBe(1);
  });

  it('what agrees again by itself answers the question to HR, and is kept as gone', async () => {
    edit('ZhangYutong', { position: '副教授' });
    await s.night();
    const { items } = await list();
    await act(items, 'take');
    edit('ZhangYutong', { position: '教师' });
    await s.night();
    expect(s.answered).toEqual(items.map(({ differenceId }) => differenceId));
    expect((await list()).total).toBe(0);
    expect((await list('?state=gone')).items).toMatchObject([{ field: 'position', can: [] }]);
  });

  it('to ignore needs a reason; nobody decides about the own record (H3)', async () => {
    const zhang = await s.personOf('00731');
    s.holds.set(zhang, { unitId: null, duty: 'manage' });
    edit('ZhangYutong', { name: '张桐' });
    await s.night();
    const { items } = await list();
    expect((await act(items, 'ignore')).json.code).toBe('directory.drift_reason_missing');
    expect((await act(items, 'putBack', {}, zhang)).json).toMatchObject({
      done: 0,
      refused: [{ words: 'directory.own_record' }],
    });
    expect((await list('', zhang)).items[0]?.can).toEqual([]);
  });

  it('H1 list, counts and acts give the same set: by where people and units are now', async () => {
    const [d20, d05] = [await s.unitOf('D20'), await s.unitOf('D05')];
    s.holds.set('delegate', { unitId: d20, duty: 'manage' });
    s.holds.set('looker', { unitId: d05, duty: 'view' });
    edit('ZhangYutong', { name: '张桐' });
    edit('wanghaiyan', { name: '王燕' });
    s.control.editDepartment(await departmentOf('D2001'), { changes: { name: '软件室' } });
    s.control.adminCall({ api: 'department/create', body: { name: '临时组', parentid: 1, id: 900 } });
    await s.night();
    const all = (await list()).items;
    expect(all).toHaveLength(4);
    const mine = await list('', 'delegate');
    expect([mine.total, mine.items.map(({ subject }) => subject.name).sort()]).toEqual([
      2,
      ['张雨桐', '软件技术教研室'],
    ]);
    const { counts, can } = await summary('delegate');
    expect(counts.reduce((sum, one) => sum + one.count, 0)).toBe(2);
    expect(can).toEqual({ act: true, policy: false, compare: false });
    const seen = await list('', 'looker');
    expect(seen.items.map(({ subject, can: acts }) => [subject.name, acts])).toEqual([['王海燕', []]]);
    expect((await act(all, 'take', {}, 'looker')).status).toBe(403);
    const outcome = (await act(all, 'take', {}, 'delegate')).json as unknown as ActAnswer;
    expect(outcome.done).toBe(2);
    expect(outcome.refused.map(({ words }) => words)).toEqual(Array(2).fill('directory.drift_unknown'));
    expect((await s.request('nobody', 'GET', BASE)).status).toBe(403);
    expect((await setPolicy('name', 'ask', false, 'delegate')).json.code).toBe('directory.drift_not_whole');
    expect((await s.request('delegate', 'POST', `${BASE}/compare`, {})).json.code).toBe(
      'directory.drift_not_whole',
    );
  });

  it('lists by field, state and name, page by page', async () => {
    edit('ZhangYutong', { name: '张桐', position: '副教授' });
    edit('wanghaiyan', { name: '王燕' });
    await s.night();
    expect((await list('?field=name')).total).toBe(2);
    expect((await list('?q=zyt')).total).toBe(2);
    expect((await list('?q=%25')).total).toBe(0);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([first.items.length, second.items.length, second.next, second.total]).toEqual([2, 1, null, 3]);
    expect(new Set([...first.items, ...second.items].map(({ differenceId }) => differenceId)).size).toBe(3);
    expect((await s.request('keeper', 'GET', `${BASE}?cursor=x`)).json.code).toBe('directory.bad_cursor');
  });

  it('a comparison is asked for, at most every ten minutes', async () => {
    edit('ZhangYutong', { name: '张桐' });
    expect((await s.request('keeper', 'POST', `${BASE}/compare`, {})).status).toBe(200);
    await s.settle();
    expect((await list()).total).toBe(1);
    expect((await s.request('keeper', 'POST', `${BASE}/compare`, {})).json.code).toBe(
      'directory.drift_just_done',
    );
  });
});

describe('D2 D3 a mass of differences', () => {
  it('H1 is told to who sees the whole; who has a part sees figures of the part', async () => {
    await s.close();
    s = await openDrift({ limits: { subjects: 2, share: 1, shareFrom: 1 } });
    s.holds.set('keeper', { unitId: null, duty: 'manage' });
    s.holds.set('delegate', { unitId: await s.unitOf('D20'), duty: 'manage' });
    for (const userid of ['ZhangYutong', 'chenzhiyuan', 'wanghaiyan']) edit(userid, { name: '改名' });
    await s.night();
    expect(await summary()).toMatchObject({
      part: null,
      lastRun: { units: 3, members: 3, detailed: 3, mass: true },
      openPeople: 3,
      mass: { subjects: 3 },
    });
    expect(await summary('delegate')).toMatchObject({
      part: ['信息工程学院'],
      lastRun: { units: 2, members: 2, detailed: 2, mass: false },
      openPeople: 2,
      mass: null,
    });
  });

  it('stops what rules would do by themselves, tells once, and a person can still act', async () => {
    await s.close();
    s = await openDrift({ limits: { subjects: 2, share: 1, shareFrom: 1 } });
    s.holds.set('keeper', { unitId: null, duty: 'manage' });
    for (const [field, action] of [
      ['name', 'putBack'],
      ['position', 'take'],
    ])
      await s.request('keeper', 'POST', `${BASE}/policy`, { field, action, automatic: true });
    for (const userid of ['ZhangYutong', 'wanghaiyan', 'chenzhiyuan'])
      edit(userid, { name: '乱改', position: '乱改' });
    const calls = await s.callsOf(() => s.night());
    expect(calls).not.toContain('user/update');
    expect(s.asked).toEqual([]);
    expect(s.masses).toEqual([{ subjects: 3, total: 6 }]);
    expect(await summary()).toMatchObject({ mass: { subjects: 3, total: 6 }, lastRun: { mass: true } });
    edit('ZhangYutong', { department: [await departmentOf('D05')] });
    await afterEvents();
    expect(s.masses).toHaveLength(1);
    const { items } = await list('?field=name');
    const put = await s.callsOf(async () => {
      await act(items, 'putBack');
      await s.settle();
    });
    expect(put).toEqual(Array(3).fill('user/update'));
  });
});
