import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Directory } from './index.ts';
import { loadRows } from './load-rows.ts';
import { createOrg, type Org } from './org.ts';
import { DirectoryChangeTable } from './tables.ts';
import { openLoaded, type LoadedStage } from './testing/stage.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const orgNow = () => stage.t.db.read((r) => stage.directory.orgOf(r));
const orgRead = () => stage.t.db.read(async (r) => createOrg(await loadRows(r), '2026-11-23'));

/** Everything an org says about everybody. */
function told(org: Org, userids: readonly string[]) {
  const units = ['D00', 'D20', 'D2001', 'D05', 'D30'].flatMap(
    (code) => org.units().find((unit) => unit.code === code) ?? [],
  );
  return {
    units: org.units(),
    root: org.root(),
    people: org.people(),
    byUserid: userids.map((userid) => org.personByUserid(userid)),
    posts: org
      .people()
      .map(({ personId }) => [
        org.assignmentsOf(personId),
        org.mainAssignmentOf(personId),
        org.briefOf(personId),
        org.assignmentsOf(personId).map((post) => org.assignment(post.assignmentId)),
      ]),
    inUnits: units.map(({ unitId }) => [
      org.membersOf(unitId),
      org.headsOf(unitId),
      org.headcount(unitId),
      org.pathOf(unitId),
    ]),
  };
}

type Act = (directory: Directory, tx: Tx, who: string, unitIds: readonly string[]) => Promise<unknown>;

describe('the read model in memory', () => {
  it('brought up to date change by change it says what a whole reading says', async () => {
    const people = await Promise.all(['00215', '00731', '00163'].map(stage.personOf));
    const unitIds = await Promise.all(['D20', 'D2001', 'D05'].map(stage.unitOf));
    const userids = ['chenzhiyuan', 'ZHANGYUTONG', 'wanghaiyan', 'n-0', 'n-1', 'n-2'];
    const [first = '', second = ''] = unitIds;
    const main = await stage.post('D05');
    const posts = [main, await stage.post('D20', { kind: 'concurrent', place: 2 })];
    const acts: readonly Act[] = [
      (d, tx, who) => d.changePosts(tx, who, posts),
      (d, tx, who, [at = first]) =>
        d.changePosts(tx, who, [{ ...main, unitId: at, isHead: true, headRank: 1 }]),
      (d, tx, who) => d.lockPerson(tx, who),
      (d, tx, who) => d.unlockPerson(tx, who),
      (d, tx, who) => d.endEmployment(tx, who, { status: 'left', on: '2026-11-23', reason: null }),
      (d, tx, who) => d.rehire(tx, who, { on: '2026-11-23', posts }),
      (d, tx, who) => d.putPerson(tx, { personId: who, name: '改名', sortOrder: 3 }),
      (d, tx, who) => d.putPerson(tx, { personId: who, userid: `n-${people.indexOf(who)}` }),
      (d, tx) => d.putUnit(tx, { code: 'D30', name: '图书馆', parentCode: 'D05' }),
      (d, tx) => d.putUnit(tx, { code: 'D2001', parentCode: 'D05', name: '软件教研室' }),
      (d, tx, who) => d.setLeaderInCharge(tx, second, who),
      (d, tx) => d.touch(tx),
    ];
    const step = fc.record({
      act: fc.nat(acts.length - 1),
      who: fc.nat(2),
      at: fc.nat(2),
      isRead: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        for (const { act, who, at, isRead } of steps) {
          const work = acts[act];
          const unitId = unitIds[at] ?? '';
          // An act that is refused changes nothing, and neither does the copy in memory.
          await stage
            .act((d, tx) => work?.(d, tx, people[who] ?? '', [unitId]) ?? Promise.resolve())
            .catch(() => undefined);
          if (isRead) expect(told(await orgNow(), userids)).toEqual(told(await orgRead(), userids));
        }
        expect(told(await orgNow(), userids)).toEqual(told(await orgRead(), userids));
      }),
      { numRuns: 25 },
    );
  });

  it('reads only who changed; everybody after a change that names nobody', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await orgNow();
    // Behind the directory's back: seen when somebody reads it, which is what this test asks.
    await stage.t.db.run(`update person set name = '幕后' where id = ?`, [chen]);
    await stage.act((d, tx) => d.putPerson(tx, { personId: zhang, name: '张雨彤' }));
    const org = await orgNow();
    expect([org.person(chen)?.name, org.person(zhang)?.name]).toEqual(['陈志远', '张雨彤']);
    await stage.act((d, tx) => d.putPerson(tx, { personId: chen, grade: '七级' }));
    expect((await orgNow()).person(chen)?.name).toBe('幕后');
  });

  it('what revisions changed is forgotten when its time is over, and then everybody is read', async () => {
    const zhang = await stage.personOf('00731');
    await orgNow();
    stage.t.clock.advance(1);
    await stage.act((d, tx) => d.putPerson(tx, { personId: zhang, name: '张雨彤' }));
    const rows = () => stage.t.db.read((r) => r.em.getRepository(DirectoryChangeTable).count());
    const old = stage.directory.keepings.find(({ kind }) => kind === 'directory.changes');
    const end = (before: number) => old?.ending?.remove(before, 100);
    expect(await end(stage.t.clock.now())).toBe(1);
    expect(await rows()).toBe(1);
    expect(await end(stage.t.clock.now() + 1)).toBe(1);
    expect(await rows()).toBe(0);
    expect((await orgNow()).person(zhang)?.name).toBe('张雨彤');
  });

  it('a unit of work that is rolled back leaves nothing of itself in memory', async () => {
    const zhang = await stage.personOf('00731');
    await orgNow();
    const lost = stage.act(async (d, tx) => {
      await d.putPerson(tx, { personId: zhang, name: '没有发生' });
      expect((await d.orgOf(tx)).person(zhang)?.name).toBe('没有发生');
      throw new Error('rolled back');
    });
    await expect(lost).rejects.toThrow('rolled back');
    expect((await orgNow()).person(zhang)?.name).toBe('张雨桐');
    await stage.act((d, tx) => d.lockPerson(tx, zhang));
    expect((await orgNow()).person(zhang)).toMatchObject({ name: '张雨桐', state: 'locked' });
  });
});
