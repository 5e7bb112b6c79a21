import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertRows } from '../../platform/db/rows.ts';
import { DepartmentMirrorTable, MemberMirrorTable } from './tables.ts';
import { openDirectory, SEED, type DirectoryStage } from './testing/open-directory.ts';
import { wecomError, type RecordedCall } from './testing/recording-client.ts';
import { SMALL, smallRoster, withCell, type SmallRoster } from './testing/small-roster.ts';

let stage: DirectoryStage;
beforeEach(async () => {
  stage = await openDirectory();
});
afterEach(() => stage.t.close());

const load = (roster?: SmallRoster) =>
  stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster(roster)));
const loadAndPush = async (roster?: SmallRoster) => {
  await load(roster);
  return stage.push();
};
const times = (count: number, api: string) => Array.from({ length: count }, () => api);
const apis = (calls: readonly RecordedCall[]) => calls.map((call) => call.api);
const idOf = async (staffNo: string) =>
  (await stage.t.db.read(stage.directory.orgOf)).people().find((p) => p.staffNo === staffNo)?.personId ?? '';

describe('pushing to 企业微信', () => {
  it('C1 departments top-down, then people, then leaders, then order', async () => {
    const calls = await loadAndPush();
    expect(apis(calls)).toEqual([
      ...times(3, 'department/create'),
      ...times(3, 'user/create'),
      ...times(4, 'user/update'),
    ]);
    expect(calls.slice(0, 3).map((call) => [call.body.name, call.body.id, call.body.parentid])).toEqual([
      ['信息工程学院', 2, 1],
      ['人事处', 3, 1],
      ['软件技术教研室', 4, 2],
    ]);
    const updates = calls.slice(6).map((call) => Object.keys(call.body).join(','));
    expect(updates).toEqual([
      'userid,department,is_leader_in_dept',
      'userid,department,is_leader_in_dept',
      'userid,department,order',
      'userid,department,order',
    ]);
  });

  it('nothing changed: no call', async () => {
    await loadAndPush();
    await load({ people: withCell(SMALL.people, 0, 3, '编外') });
    expect(await stage.push()).toEqual([]);
  });

  it('C9 C10 one changed field: one call with that field', async () => {
    await loadAndPush();
    expect(await loadAndPush({ people: withCell(SMALL.people, 1, 1, '张雨彤') })).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', name: '张雨彤' } },
    ]);
    const people = withCell(SMALL.people, 1, 1, '张雨彤');
    expect(await loadAndPush({ people, posts: withCell(SMALL.posts, 2, 3, '讲师') })).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', position: '讲师' } },
    ]);
  });

  it('C2 a renamed unit is one update by id, members untouched', async () => {
    await loadAndPush();
    expect(await loadAndPush({ units: withCell(SMALL.units, 1, 1, '信息学院') })).toEqual([
      { api: 'department/update', body: { id: 2, name: '信息学院' } },
    ]);
  });

  it('C7 C9 a removed concurrent post sends the remaining lists, equally long', async () => {
    await loadAndPush();
    const calls = await loadAndPush({
      posts: SMALL.posts.filter((row) => row[0] !== '00215' || row[1] !== 'D2001'),
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.body).toMatchObject({
      userid: 'chenzhiyuan',
      department: [2],
      main_department: 2,
      is_leader_in_dept: [1],
      order: [3_999_999_000],
    });
  });

  it('B1 a changed userid is an update of the same member', async () => {
    await loadAndPush();
    expect(await loadAndPush({ people: withCell(SMALL.people, 1, 2, 'zhangyt') })).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', new_userid: 'zhangyt' } },
    ]);
  });

  it('C13 lock is enable=0 at once, unlock restores; posts stay', async () => {
    await loadAndPush();
    const personId = await idOf('00731');
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, personId));
    expect(await stage.push()).toEqual([{ api: 'user/update', body: { userid: 'ZhangYutong', enable: 0 } }]);
    await stage.t.db.write(SEED, (tx) => stage.directory.unlockPerson(tx, personId));
    expect(await stage.push()).toEqual([{ api: 'user/update', body: { userid: 'ZhangYutong', enable: 1 } }]);
  });

  it('D9 a refused record is marked and the rest goes on; the next run tries it again', async () => {
    stage.wecom.fail = (call) => (call.body.userid === 'ZhangYutong' ? wecomError('fixData', 60104) : null);
    const calls = await loadAndPush();
    expect(apis(calls).filter((api) => api === 'user/create')).toHaveLength(3);
    const state = await stage.t.db.read((r) => stage.directory.pushState(r));
    expect(state).toMatchObject({
      people: 3,
      written: 2,
      failed: [{ personId: await idOf('00731'), errorCode: 60104 }],
    });
    stage.wecom.fail = null;
    const again = await loadAndPush({ people: withCell(SMALL.people, 0, 1, '陈志强') });
    expect(again.map((call) => [call.api, call.body.userid]).sort()).toEqual([
      ['user/create', 'ZhangYutong'],
      ['user/update', 'chenzhiyuan'],
    ]);
    expect((await stage.t.db.read((r) => stage.directory.pushState(r))).failed).toEqual([]);
  });

  it('D7 patience asked for: what was written is kept, the rest follows after the wait', async () => {
    let left = 4;
    stage.wecom.fail = () =>
      left-- > 0 ? null : wecomError('retryLater', 45009, stage.t.clock.now() + 60_000);
    await loadAndPush();
    stage.wecom.fail = null;
    expect(await stage.push()).toEqual([]);
    stage.t.clock.advance(60_000);
    await stage.push();
    const created = stage.wecom.calls.filter((call) => call.api.endsWith('/create'));
    expect(await stage.t.db.read((r) => stage.directory.pushState(r))).toMatchObject({
      written: 3,
      failed: [],
    });
    expect(created.length).toBeGreaterThanOrEqual(6);
    expect(await stage.push()).toEqual([]);
  });

  it('D5 a department somebody else made is a conflict: neither renamed nor moved', async () => {
    stage.wecom.fail = (call) => (call.api === 'department/create' ? wecomError('fixData', 60008) : null);
    const calls = await loadAndPush();
    expect(apis(calls)).not.toContain('department/update');
    expect(
      await stage.t.db.read((r) => r.em.getRepository(DepartmentMirrorTable).countBy({ errorCode: 60008 })),
    ).toBe(3);
  });

  it('D5 a department whose creation we began is ours, and is brought up to date', async () => {
    await load();
    const units = (await stage.t.db.read(stage.directory.orgOf))
      .units()
      .filter((unit) => unit.departmentId > 1);
    await stage.t.db.write(SEED, (tx) =>
      insertRows(
        tx,
        DepartmentMirrorTable,
        units.map(({ unitId, departmentId }) => ({
          id: unitId,
          departmentId,
          written: {},
          state: 'writing' as const,
          errorCode: null,
          errorFields: null,
          updatedAt: 0,
        })),
      ),
    );
    stage.wecom.fail = (call) => (call.api === 'department/create' ? wecomError('fixData', 60008) : null);
    expect(apis(await stage.push()).filter((api) => api === 'department/update')).toHaveLength(3);
  });

  it('D5 a member with the userid of the roster is that member: overwritten, not a failure', async () => {
    stage.wecom.fail = (call) => (call.api === 'user/create' ? wecomError('fixData', 60102) : null);
    const calls = await loadAndPush();
    const whole = calls.find((call) => call.api === 'user/update' && call.body.userid === 'chenzhiyuan');
    expect(whole?.body).toMatchObject({
      department: [2, 4],
      is_leader_in_dept: [1, 1],
      mobile: '19900000215',
      enable: 1,
    });
    expect(await stage.t.db.read((r) => stage.directory.pushState(r))).toMatchObject({
      written: 3,
      failed: [],
    });
  });

  it('H6 the mirror holds no number in clear', async () => {
    await loadAndPush();
    const rows = await stage.t.db.read((r) => r.em.getRepository(MemberMirrorTable).find());
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/199000\d{5}|@haizhou/);
  });
});
