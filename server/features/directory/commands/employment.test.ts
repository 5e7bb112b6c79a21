import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Directory } from '../index.ts';
import { aMaintainer } from '../testing/open-directory.ts';
import { openLoaded, type LoadedStage } from '../testing/stage.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const TODAY = '2026-11-23';
const leave = (personId: string, on = TODAY, reason: string | null = '辞职') =>
  stage.act((d, tx) => d.endEmployment(tx, personId, { status: 'left', on, reason }));
const known = async (personId: string) => {
  const { people } = await stage.t.db.read(stage.directory.known);
  return people.find((person) => person.personId === personId);
};
const kinds = async (personId: string) =>
  (await stage.t.db.read((r) => stage.directory.historyOf(r, 'person', personId)))
    .map((entry) => entry.kind)
    .reverse();
const act =
  (work: (d: Directory, personId: string) => (tx: Parameters<Directory['touch']>[0]) => Promise<unknown>) =>
  async (personId: string) =>
    stage.act((d, tx) => work(d, personId)(tx));

describe('endEmployment', () => {
  it('S3-3a ends posts and account, tells the other rooms, and is done once (D5)', async () => {
    const chen = await stage.personOf('00215');
    expect((await leave(chen)).changed).toBe(true);
    expect(await known(chen)).toMatchObject({
      state: 'left',
      status: 'left',
      statusOn: TODAY,
      leaveReason: '辞职',
      posts: [],
    });
    const org = await stage.t.db.read(stage.directory.orgOf);
    expect(org.assignmentsOf(chen)).toEqual([]);
    expect(org.people().map((person) => person.personId)).not.toContain(chen);
    expect(await leave(chen)).toEqual({
      changed: false,
      reportIds: [],
      unitIdsInCharge: [],
      unitIdsHeaded: [],
    });
    expect(stage.changes).toEqual([{ personId: chen, kind: 'left' }]);
    expect(await kinds(chen)).toEqual(expect.arrayContaining(['left']));
  });

  it('C16 C11 reports and units in charge have nobody, not somebody guessed, and are named for tasks', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    const unit = await stage.unitOf('D05');
    await stage.act((d, tx) => d.setManager(tx, zhang, chen));
    await stage.act((d, tx) => d.setLeaderInCharge(tx, unit, chen));
    const orphaned = await leave(chen);
    expect(orphaned).toMatchObject({ changed: true, reportIds: [zhang], unitIdsInCharge: [unit] });
    expect([...orphaned.unitIdsHeaded].sort()).toEqual(
      [await stage.unitOf('D20'), await stage.unitOf('D2001')].sort(),
    );
    expect((await known(zhang))?.managerStaffNo).toBeNull();
    const { units } = await stage.t.db.read(stage.directory.known);
    expect(units.find((one) => one.unitId === unit)?.leaderStaffNo).toBeNull();
  });

  it('A6 a back-dated leave ends the posts on its day; a day to come is refused', async () => {
    const zhang = await stage.personOf('00731');
    await expect(leave(zhang, '2026-11-24')).rejects.toMatchObject({ code: 'directory.not_yet' });
    await leave(zhang, '2026-11-01');
    const on = (date: string) => stage.t.db.read((r) => stage.directory.directoryOn(r, date));
    expect((await on('2026-10-31')).assignmentsOf(zhang)).toHaveLength(1);
    expect((await on('2026-11-01')).assignmentsOf(zhang)).toEqual([]);
  });

  it('a corrected reason is a correction, not a second leave', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    expect((await leave(zhang, TODAY, '调离')).changed).toBe(true);
    expect(stage.changes.filter((change) => change.kind === 'left')).toHaveLength(1);
    expect((await kinds(zhang)).at(-1)).toBe('leavingCorrected');
  });

  it('H3 nobody ends their own employment; who left is neither moved nor locked', async () => {
    const zhang = await stage.personOf('00731');
    const own = stage.act(
      (d, tx) => d.endEmployment(tx, zhang, { status: 'left', on: TODAY, reason: null }),
      aMaintainer(zhang),
    );
    await expect(own).rejects.toMatchObject({ code: 'directory.own_record' });
    await leave(zhang);
    const posts = [await stage.post('D05')];
    await expect(stage.act((d, tx) => d.changePosts(tx, zhang, posts))).rejects.toMatchObject({
      code: 'directory.has_left',
    });
    await expect(stage.act((d, tx) => d.putPerson(tx, { personId: zhang, posts }))).rejects.toMatchObject({
      code: 'directory.has_left',
    });
    await expect(stage.act((d, tx) => d.suspend(tx, zhang, TODAY))).rejects.toMatchObject({
      code: 'directory.has_left',
    });
  });
});

describe('rehire', () => {
  const back = async (personId: string, fields = {}) => {
    const posts = [await stage.post('D05')];
    return stage.act((d, tx) => d.rehire(tx, personId, { on: TODAY, posts, fields }));
  };

  it('B7 is the same person with a new employment: nothing of before comes back by itself', async () => {
    const [chen, zhang] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act((d, tx) => d.setManager(tx, zhang, chen));
    await leave(chen);
    expect(await back(chen, { grade: '五级' })).toBe(true);
    expect(await known(chen)).toMatchObject({
      staffNo: '00215',
      state: 'active',
      status: 'working',
      employedOn: TODAY,
      leaveReason: null,
      grade: '五级',
      posts: [{ unitCode: 'D05', isHead: false }],
    });
    expect((await known(zhang))?.managerStaffNo).toBeNull();
    expect(stage.changes.at(-1)).toEqual({ personId: chen, kind: 'returned' });
    expect(await kinds(chen)).toEqual(expect.arrayContaining(['left', 'rehired']));
    expect(await back(chen, { grade: '五级' })).toBe(false);
  });

  it('B4 B5 a number that has gone to somebody else does not come back', async () => {
    const zhang = await stage.personOf('00731');
    await leave(zhang);
    const goal = await stage.newcomer({ mobile: '19900000731' });
    await stage.act((d, tx) => d.putPerson(tx, goal));
    await expect(back(zhang)).rejects.toMatchObject({ code: 'directory.mobile_taken' });
    expect(await back(zhang, { mobile: '19900000732' })).toBe(true);
  });

  it('somebody who never left is not employed again', async () => {
    await expect(back(await stage.personOf('00731'))).rejects.toMatchObject({ code: 'directory.still_here' });
  });
});

describe('statuses that lock', () => {
  const suspend = act((d, personId) => (tx) => d.suspend(tx, personId, TODAY));
  const secondOut = act(
    (d, personId) => (tx) => d.secondOut(tx, personId, { status: 'secondedOut', on: TODAY }),
  );
  const resume = act((d, personId) => (tx) => d.resume(tx, personId, { on: TODAY }));
  const lock = act((d, personId) => (tx) => d.lockPerson(tx, personId));

  it('S3-2.4a S3-2.5a C13 lock, keep the posts, and are lifted exactly', async () => {
    const chen = await stage.personOf('00215');
    const before = await known(chen);
    for (const [away, status] of [
      [suspend, 'suspended'],
      [secondOut, 'secondedOut'],
    ] as const) {
      expect(await away(chen)).toBe(true);
      expect(await away(chen)).toBe(false);
      expect(await known(chen)).toMatchObject({ status, state: 'locked', posts: before?.posts });
      expect(await resume(chen)).toBe(true);
      expect(await known(chen)).toMatchObject({ ...before, statusOn: TODAY });
    }
    expect(stage.changes.map((change) => change.kind)).toEqual(['locked', 'unlocked', 'locked', 'unlocked']);
  });

  it('S3-2.5b a lock that was decided outlives the status; one may also be kept on return (S3-2.4b)', async () => {
    const chen = await stage.personOf('00215');
    await suspend(chen);
    await lock(chen);
    await resume(chen);
    expect(await known(chen)).toMatchObject({ status: 'working', state: 'locked' });
    await stage.act((d, tx) => d.unlockPerson(tx, chen));
    await secondOut(chen);
    await stage.act((d, tx) => d.resume(tx, chen, { on: TODAY, unlock: false }));
    expect(await known(chen)).toMatchObject({ status: 'working', state: 'locked' });
  });

  it('C13 H5 of two locks each ends by itself: what a unit lifts is not what HR put on, nor the other way', async () => {
    const chen = await stage.personOf('00215');
    const unlock = () => stage.act((d, tx) => d.unlockPerson(tx, chen));
    const stateNow = async () => (await known(chen))?.state;
    // Recalled, say, is the lock of a cancellation: HR's 停职 of before stands.
    for (const [first, second] of [
      [suspend, lock],
      [lock, suspend],
    ] as const) {
      await first(chen);
      await second(chen);
      await unlock();
      expect(await stateNow()).toBe('locked');
      await resume(chen);
      expect(await stateNow()).toBe('active');
    }
    await suspend(chen);
    await lock(chen);
    await resume(chen);
    expect(await stateNow()).toBe('locked');
    await unlock();
    expect(await stateNow()).toBe('active');
    // Kept on return it is one lock, lifted by one decision.
    await secondOut(chen);
    await lock(chen);
    await stage.act((d, tx) => d.resume(tx, chen, { on: TODAY, unlock: false }));
    await unlock();
    expect(await stateNow()).toBe('active');
  });

  it('a status said again does not undo a decided unlock', async () => {
    const chen = await stage.personOf('00215');
    await suspend(chen);
    await stage.act((d, tx) => d.unlockPerson(tx, chen));
    await stage.act((d, tx) => d.suspend(tx, chen, '2026-11-20'));
    expect(await known(chen)).toMatchObject({ status: 'suspended', statusOn: '2026-11-20', state: 'active' });
  });
});
