import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVER } from './unit-versions.ts';
import { openLoaded, type LoadedStage } from './testing/stage.ts';
import { aMaintainer } from './testing/open-directory.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const on = (date: string) => stage.t.db.read((reads) => stage.directory.directoryOn(reads, date));
const DAY = 86_400_000;

describe('directoryOn', () => {
  it('S1-7.2a tells which unit this was on 1 March: name and place of then, also after it is gone', async () => {
    const unitId = await stage.unitOf('D2001');
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D2001', name: '人工智能教研室' }));
    stage.t.clock.advance(30 * DAY);
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D2001', parentCode: 'D05', on: '2026-12-10' }));
    await stage.act(async (d, tx) => {
      for (const staffNo of ['00215', '00731']) {
        const personId = (await d.lookups.personIdOf(tx, staffNo)) ?? '';
        await d.changePosts(tx, personId, [await stage.post('D20', { sinceOn: '2026-12-23' })]);
      }
      await d.dissolveUnit(tx, unitId);
    });
    const nameOn = async (date: string) => {
      const org = await on(date);
      const unit = org.unit(unitId);
      return unit && [unit.name, org.unit(unit.parentId ?? '')?.code];
    };
    expect(await nameOn('2026-03-01')).toEqual(['软件技术教研室', 'D20']);
    expect(await nameOn('2026-11-22')).toEqual(['软件技术教研室', 'D20']);
    expect(await nameOn('2026-11-23')).toEqual(['人工智能教研室', 'D20']);
    expect(await nameOn('2026-12-10')).toEqual(['人工智能教研室', 'D05']);
    expect(await nameOn('2026-12-23')).toBeNull();
    const zhang = await stage.personOf('00731');
    expect((await on('2026-12-01')).assignmentsOf(zhang).map((post) => post.unitId)).toEqual([unitId]);
    expect((await on(EVER)).units()).toHaveLength(4);
  });

  it('two changes of one day are one version, and a unit made today was not there yesterday', async () => {
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D30', name: '图书馆' }));
    await stage.act((d, tx) => d.putUnit(tx, { code: 'D30', name: '图书档案馆' }));
    const unitId = await stage.unitOf('D30');
    expect((await on('2026-11-23')).unit(unitId)?.name).toBe('图书档案馆');
    expect((await on('2026-11-22')).unit(unitId)).toBeNull();
  });
});

describe('historyOf', () => {
  it('H7 tells what happened to a unit and a person, newest first, with who and from when', async () => {
    const [unit, zhang] = [await stage.unitOf('D05'), await stage.personOf('00731')];
    await stage.act(
      (d, tx) => d.putUnit(tx, { code: 'D05', name: '组织人事部', on: '2026-11-20' }),
      aMaintainer(),
    );
    await stage.act((d, tx) => d.setManager(tx, zhang, null));
    const posts = [await stage.post('D05', { sinceOn: '2026-11-20' })];
    await stage.act((d, tx) => d.changePosts(tx, zhang, posts, '2026-11-20'));
    const ofUnit = await stage.t.db.read((r) => stage.directory.historyOf(r, 'unit', unit));
    expect(ofUnit.map((entry) => entry.kind)).toEqual(['renamed', 'created']);
    expect(ofUnit[0]).toMatchObject({
      by: 'maintainer',
      effectiveOn: '2026-11-20',
      before: { name: '人事处' },
      after: { name: '组织人事部' },
    });
    const ofPerson = await stage.t.db.read((r) => stage.directory.historyOf(r, 'person', zhang));
    expect(ofPerson[0]).toMatchObject({ kind: 'posts', effectiveOn: '2026-11-20' });
    expect((await on('2026-11-19')).mainAssignmentOf(zhang)?.unitId).toBe(await stage.unitOf('D2001'));
    expect((await on('2026-11-20')).mainAssignmentOf(zhang)?.unitId).toBe(unit);
  });
});

describe('known', () => {
  it('is what a source is compared with: posts of today and later, heads and superiors by staff number', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act((d, tx) => d.setManager(tx, zhang, chen));
    const later = await stage.post('D05', { kind: 'concurrent', sinceOn: '2026-12-01' });
    await stage.act(async (d, tx) =>
      d.changePosts(tx, zhang, [await stage.post('D20', { isHead: true, headRank: 2 }), later]),
    );
    const { units, people, rootCode } = await stage.t.db.read(stage.directory.known);
    expect(rootCode).toBe('D00');
    expect(units.map(({ code, parentCode, headStaffNo }) => [code, parentCode, headStaffNo])).toEqual([
      ['D00', null, null],
      ['D05', 'D00', '00163'],
      ['D20', 'D00', '00215'],
      ['D2001', 'D20', '00215'],
    ]);
    expect(people.find((person) => person.personId === zhang)).toMatchObject({
      managerStaffNo: '00215',
      mobile: stage.directory.secretOf('mobile', '+86 199 0000 0731'),
      posts: [
        { unitCode: 'D20', kind: 'main', isHead: true, untilOn: null },
        { unitCode: 'D05', kind: 'concurrent', sinceOn: '2026-12-01' },
      ],
    });
  });
});
