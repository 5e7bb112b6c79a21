import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { aMaintainer } from '../testing/open-directory.ts';
import { openLoaded, type LoadedStage } from '../testing/stage.ts';
import type { UnitGoal } from './goals.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const put = (goal: UnitGoal) => stage.act((directory, tx) => directory.putUnit(tx, goal));
const org = () => stage.t.db.read(stage.directory.orgOf);
const stampOf = () => stage.t.db.read(stage.directory.revisionStamp);
const NEW: UnitGoal = { code: 'D30', name: '图书馆', category: '教辅单位', sortOrder: 3 };

describe('putUnit', () => {
  it('S1-7.2a creates below the institution, then deeper; the same again changes nothing (D5)', async () => {
    const made = await put(NEW);
    const deeper = await put({ code: 'D3001', name: '采编部', parentCode: 'D30' });
    expect((await org()).unit(made.unitId)).toMatchObject({
      name: '图书馆',
      kind: 'department',
      category: '教辅单位',
      departmentId: 5,
    });
    expect((await org()).unit(deeper.unitId)).toMatchObject({ kind: 'office', parentId: made.unitId });
    const before = await stampOf();
    expect(await put(NEW)).toEqual({ ...made, changed: false });
    expect(await put({ code: 'D3001', parentCode: 'D30' })).toEqual({ ...deeper, changed: false });
    expect(await stampOf()).toBe(before);
    const calls = await stage.push();
    expect(calls.map(({ api, body }) => [api, body.id, body.parentid])).toEqual([
      ['department/create', 5, 1],
      ['department/create', 6, 5],
    ]);
    expect(await stage.push()).toEqual([]);
  });

  it('C2 A5 one changed field is one call with that field; what is left out stays, null clears', async () => {
    await put(NEW);
    await stage.push();
    await put({ code: 'D30', name: '图书档案馆' });
    expect(await stage.push()).toEqual([{ api: 'department/update', body: { id: 5, name: '图书档案馆' } }]);
    await put({ code: 'D30', category: null });
    expect(await stage.push()).toEqual([]);
    expect((await org()).unit(await stage.unitOf('D30'))).toMatchObject({ category: null, sortOrder: 3 });
    await put({ code: 'D30', parentCode: 'D05' });
    expect(await stage.push()).toEqual([{ api: 'department/update', body: { id: 5, parentid: 3 } }]);
  });

  it('C3 a unit below its own descendant is refused before any write', async () => {
    const before = await stampOf();
    await expect(put({ code: 'D20', parentCode: 'D2001' })).rejects.toMatchObject({
      code: 'directory.unit_cycle',
    });
    await expect(put({ code: 'D20', parentCode: 'D20' })).rejects.toMatchObject({
      code: 'directory.unit_cycle',
    });
    expect(await stampOf()).toBe(before);
  });

  it('C4 a sibling of the same name is refused, the same name elsewhere is fine', async () => {
    await expect(put({ code: 'D31', name: '人事处' })).rejects.toMatchObject({
      code: 'directory.unit_name_taken',
    });
    expect((await put({ code: 'D31', name: '人事处', parentCode: 'D20' })).changed).toBe(true);
    await expect(put({ code: 'D31', parentCode: null })).rejects.toMatchObject({
      code: 'directory.unit_name_taken',
    });
  });

  it('C4 a name freed and taken before the push is written in the order that works', async () => {
    await put({ code: 'D05', name: '组织人事部' });
    await put({ code: 'D20', name: '人事处' });
    // D20 comes first by its order, while 企业微信 still has another 人事处.
    let renamed = false;
    stage.wecom.fail = ({ api, body }) => {
      if (api === 'department/update' && body.id === 3) renamed = true;
      if (api !== 'department/update' || body.id !== 2 || renamed) return null;
      return Object.assign(new Error('60008'), { handling: 'fixData', errcode: 60008 });
    };
    const calls = await stage.push();
    expect(calls.map(({ body }) => body.id)).toEqual([2, 3, 2]);
    stage.wecom.fail = null;
    expect(await stage.push()).toEqual([]);
  });

  it('C5 fifteen levels hold, a sixteenth is refused, also when a subtree is moved', async () => {
    const chain = async (letter: string, count: number) => {
      for (let level = 1; level <= count; level += 1) {
        const parentCode = level === 1 ? null : `${letter}${level - 1}`;
        await put({ code: `${letter}${level}`, name: `${letter}${level}`, parentCode });
      }
    };
    await chain('A', 14);
    await expect(put({ code: 'A15', name: 'A15', parentCode: 'A14' })).rejects.toMatchObject({
      code: 'directory.unit_too_deep',
    });
    await chain('B', 2);
    await expect(put({ code: 'B1', parentCode: 'A13' })).rejects.toMatchObject({
      code: 'directory.unit_too_deep',
    });
    expect((await put({ code: 'B1', parentCode: 'A12' })).changed).toBe(true);
  });

  it('A4 an unknown or dissolved unit above is refused, never the institution instead', async () => {
    await expect(put({ ...NEW, parentCode: 'D99' })).rejects.toMatchObject({ status: 404 });
    await expect(put({ code: 'D00', parentCode: 'D20' })).rejects.toMatchObject({
      code: 'directory.institution_fixed',
    });
    expect((await put({ code: 'D00', name: '海州大学' })).changed).toBe(true);
  });

  it('A6 a day in the future is refused: it is planned, not written', async () => {
    await expect(put({ ...NEW, on: '2026-11-24' })).rejects.toMatchObject({ code: 'directory.not_yet' });
  });

  it('S2-8 only maintainers may, and each act is in the record with before and after (H7)', async () => {
    const staff = { ...aMaintainer('x'), roles: ['staff'] as const };
    await expect(stage.act((d, tx) => d.putUnit(tx, NEW), staff)).rejects.toMatchObject({ status: 403 });
    await put({ code: 'D05', name: '组织人事部' });
    const acts = await stage.t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.find((act) => act.action === 'directory.renamed')).toMatchObject({
      before: { name: '人事处' },
      after: { name: '组织人事部' },
    });
  });
});

describe('dissolveUnit', () => {
  it('C6 is refused while people or units are in it, with counts', async () => {
    const dissolve = (code: string) =>
      stage.act(async (d, tx) => d.dissolveUnit(tx, (await d.lookups.unitIdOf(tx, code)) ?? ''));
    await expect(dissolve('D20')).rejects.toMatchObject({
      code: 'directory.unit_not_empty',
      data: { unit: '信息工程学院', people: 1, units: 1 },
    });
    await expect(dissolve('D2001')).rejects.toMatchObject({ data: { people: 2, units: 0 } });
    await expect(dissolve('D00')).rejects.toMatchObject({ code: 'directory.institution_fixed' });
  });

  it('C1 C6 empty units go bottom-up; one that still has members there is marked and tried again', async () => {
    await put(NEW);
    await put({ code: 'D3001', name: '采编部', parentCode: 'D30' });
    await stage.push();
    for (const code of ['D3001', 'D30']) {
      const unitId = await stage.unitOf(code);
      expect(await stage.act((d, tx) => d.dissolveUnit(tx, unitId))).toBe(true);
      expect(await stage.act((d, tx) => d.dissolveUnit(tx, unitId))).toBe(false);
    }
    stage.wecom.fail = ({ body }) =>
      body.id === 5 ? Object.assign(new Error('60005'), { handling: 'fixData', errcode: 60005 }) : null;
    const refused = await stage.push();
    expect(refused.map(({ api, body }) => [api, body.id]).slice(0, 2)).toEqual([
      ['department/delete', 6],
      ['department/delete', 5],
    ]);
    stage.wecom.fail = () => Object.assign(new Error('60003'), { handling: 'fixData', errcode: 60003 });
    await put({ code: 'D05', sortOrder: 9 });
    await stage.push();
    stage.wecom.fail = null;
    await put({ code: 'D05', sortOrder: 8 });
    expect((await stage.push()).filter(({ api }) => api === 'department/delete')).toEqual([]);
  });

  it('a dissolved unit comes back under its code, and its number is given to nobody else', async () => {
    const { unitId } = await put(NEW);
    await stage.act((d, tx) => d.dissolveUnit(tx, unitId));
    await put({ code: 'D40', name: '体育部' });
    expect((await put({ code: 'D30' })).changed).toBe(true);
    const again = (await org()).unit(unitId);
    expect(again).toMatchObject({ state: 'active', departmentId: 5 });
    expect((await org()).unit(await stage.unitOf('D40'))?.departmentId).toBe(6);
  });
});

describe('heads and leaders in charge', () => {
  const heads = async (code: string) =>
    (await org()).headsOf(await stage.unitOf(code)).map((head) => head.personId);

  it('R20 sets heads in order; one without a post in the unit is refused', async () => {
    const [unit, chen, zhang] = [
      await stage.unitOf('D2001'),
      await stage.personOf('00215'),
      await stage.personOf('00731'),
    ];
    expect(await stage.act((d, tx) => d.setUnitHeads(tx, unit, [zhang, chen]))).toBe(true);
    expect(await heads('D2001')).toEqual([zhang, chen]);
    expect(await stage.act((d, tx) => d.setUnitHeads(tx, unit, [zhang, chen]))).toBe(false);
    expect(stage.changes.map((change) => change.kind)).toEqual(['moved', 'moved']);
    const wang = await stage.personOf('00163');
    await expect(stage.act((d, tx) => d.setUnitHeads(tx, unit, [wang]))).rejects.toMatchObject({
      code: 'directory.head_without_post',
    });
  });

  it('the first head is replaced, the others stay', async () => {
    const [unit, chen, zhang] = [
      await stage.unitOf('D2001'),
      await stage.personOf('00215'),
      await stage.personOf('00731'),
    ];
    await stage.act((d, tx) => d.setUnitHead(tx, unit, zhang));
    expect(await heads('D2001')).toEqual([zhang]);
    await stage.act((d, tx) => d.setUnitHeads(tx, unit, [zhang, chen]));
    await stage.act((d, tx) => d.setUnitHead(tx, unit, null));
    expect(await heads('D2001')).toEqual([chen]);
    const calls = (await stage.push()).filter(({ body }) => body.userid === 'ZhangYutong');
    expect(calls).toEqual([]);
  });

  it('H3 nobody makes themselves a head or leader in charge', async () => {
    const [unit, zhang] = [await stage.unitOf('D2001'), await stage.personOf('00731')];
    const self = aMaintainer(zhang);
    await expect(stage.act((d, tx) => d.setUnitHead(tx, unit, zhang), self)).rejects.toMatchObject({
      code: 'directory.own_record',
    });
    await expect(stage.act((d, tx) => d.setLeaderInCharge(tx, unit, zhang), self)).rejects.toMatchObject({
      code: 'directory.own_record',
    });
  });

  it('keeps the leader in charge', async () => {
    const [unit, wang] = [await stage.unitOf('D20'), await stage.personOf('00163')];
    expect(await stage.act((d, tx) => d.setLeaderInCharge(tx, unit, wang))).toBe(true);
    expect(await stage.act((d, tx) => d.setLeaderInCharge(tx, unit, wang))).toBe(false);
    expect((await org()).unit(unit)?.leaderInChargeId).toBe(wang);
    expect(await stage.push()).toEqual([]);
  });
});
