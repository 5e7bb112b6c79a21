import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Directory, PersonFields, UnitGoal } from './index.ts';
import { openLoaded, type LoadedStage } from './testing/stage.ts';

let stage: LoadedStage;
let zhang = '';
beforeEach(async () => {
  stage = await openLoaded();
  zhang = await stage.personOf('00731');
});
afterEach(() => stage.t.close());

type Act = (directory: Directory, tx: Tx) => Promise<unknown>;
type Body = Readonly<Record<string, unknown>>;

/** The act makes exactly this one call (none for null); done again, or pushed again, it makes none. */
async function costs(act: Act, api: string, body: Body | null): Promise<void> {
  await stage.act(act);
  expect(await stage.push()).toEqual(body === null ? [] : [{ api, body }]);
  await stage.act(act);
  expect(await stage.push()).toEqual([]);
}

describe('one changed field is one call with that field, nothing changed is no call', () => {
  const FIELDS: readonly [string, PersonFields, Body | null][] = [
    ['name', { name: '张雨彤' }, { name: '张雨彤' }],
    ['mobile', { mobile: '19900000799' }, { mobile: '19900000799' }],
    ['email', { email: 'zyt@haizhou.example' }, { email: 'zyt@haizhou.example' }],
    ['userid', { userid: 'zhangyt' }, { new_userid: 'zhangyt' }],
    ['order', { sortOrder: 9 }, { department: [4], order: [3_999_991_000] }],
    ['name and mobile', { name: '张雨', mobile: '19900000798' }, { name: '张雨', mobile: '19900000798' }],
    ['staff number', { staffNo: '00732' }, null],
    ['ID number', { idType: 'residentId', idNumber: '11010519491231002X' }, null],
    ['birth date', { bornOn: '1949-12-31' }, null],
    ['sex, grade', { sex: 'female', grade: '七级' }, null],
    ['category', { category: 'external', establishment: 'outsourced' }, null],
    ['contract', { employedOn: '2019-09-01', contractUntilOn: '2027-08-31' }, null],
    ['the same mobile, written otherwise', { mobile: '+86199-0000-0731' }, null],
    ['nothing', {}, null],
  ];

  it.each(FIELDS)('C9, A3 person: %s', async (_field, fields, change) => {
    const body = change && { userid: 'ZhangYutong', ...change };
    await costs((d, tx) => d.putPerson(tx, { personId: zhang, ...fields }), 'user/update', body);
  });

  it('C12 a title, a concurrent post, its end', async () => {
    const [main, other] = [await stage.post('D2001', { sinceOn: '2019-09-01' }), await stage.post('D05')];
    const userid = 'ZhangYutong';
    const titled = { ...main, title: '副教授' };
    const act =
      (...posts: (typeof main)[]): Act =>
      (d, tx) =>
        d.changePosts(tx, zhang, posts);
    await costs(act(titled), 'user/update', { userid, position: '副教授' });
    const seats = (...department: number[]) => ({
      userid,
      department,
      main_department: 4,
      is_leader_in_dept: department.map(() => 0),
      order: department.map(() => 0),
    });
    await costs(act(titled, { ...other, kind: 'concurrent' }), 'user/update', seats(4, 3));
    await costs(act(titled), 'user/update', seats(4));
  });

  it('C15, C13 superior, head, lock and unlock, suspension', async () => {
    const [wang, lab] = [await stage.personOf('00163'), await stage.unitOf('D2001')];
    const chen = await stage.personOf('00215');
    const userid = 'ZhangYutong';
    const update = (act: Act, body: Body) => costs(act, 'user/update', { userid, ...body });
    await update((d, tx) => d.setManager(tx, zhang, wang), { direct_leader: ['wanghaiyan'] });
    await update((d, tx) => d.setManager(tx, zhang, null), { direct_leader: [] });
    await update((d, tx) => d.setUnitHeads(tx, lab, [chen, zhang]), {
      department: [4],
      is_leader_in_dept: [1],
    });
    await update((d, tx) => d.lockPerson(tx, zhang), { enable: 0 });
    await update((d, tx) => d.unlockPerson(tx, zhang), { enable: 1 });
    await update((d, tx) => d.suspend(tx, zhang, '2026-11-23'), { enable: 0 });
  });

  const UNITS: readonly [string, Omit<UnitGoal, 'code'>, Body | null][] = [
    ['name', { name: '人事部' }, { name: '人事部' }],
    ['place', { parentCode: 'D20' }, { parentid: 2 }],
    ['order', { sortOrder: 9 }, { order: 3_999_991_000 }],
    ['category', { category: '党政部门' }, null],
    ['nothing', {}, null],
  ];

  it.each(UNITS)('C2 unit: %s', async (_field, goal, change) => {
    const body = change && { id: 3, ...change };
    await costs((d, tx) => d.putUnit(tx, { code: 'D05', ...goal }), 'department/update', body);
  });

  it('C2 a unit’s leader in charge costs nothing, its end one call', async () => {
    const [unitId, wang] = [await stage.unitOf('D20'), await stage.personOf('00163')];
    await costs((d, tx) => d.setLeaderInCharge(tx, unitId, wang), '', null);
    const { unitId: empty } = await stage.act((d, tx) => d.putUnit(tx, { code: 'D30', name: '图书馆' }));
    await stage.push();
    await costs((d, tx) => d.dissolveUnit(tx, empty), 'department/delete', { id: 5 });
  });
});
