import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import type { PersonChange, PostGoal } from '../index.ts';
import { aMaintainer, openDirectory, SEED, type DirectoryStage } from '../testing/open-directory.ts';
import { smallRoster } from '../testing/small-roster.ts';

let stage: DirectoryStage;
let changes: PersonChange[];
beforeEach(async () => {
  stage = await openDirectory();
  await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster()));
  await stage.push();
  changes = [];
  stage.directory.onPersonChanged(async (_tx, change) => void changes.push(change));
});
afterEach(() => stage.t.close());

const org = () => stage.t.db.read(stage.directory.orgOf);
const idOf = async (userid: string) => (await org()).personByUserid(userid)?.personId ?? '';
const unitOf = async (code: string) => (await org()).units().find((unit) => unit.code === code)?.unitId ?? '';
const post = async (code: string, more: Partial<PostGoal> = {}): Promise<PostGoal> => ({
  unitId: await unitOf(code),
  kind: 'main',
  title: '科员',
  isHead: false,
  headRank: null,
  sinceOn: '2026-11-23',
  untilOn: null,
  place: null,
  ...more,
});
const changePosts = (actor: Actor, personId: string, posts: readonly PostGoal[]) =>
  stage.t.db.write(actor, (tx) => stage.directory.changePosts(tx, personId, posts));

describe('changing posts', () => {
  it('R24 a new head is the head for everybody who asks from now on, and other rooms are told in the same act', async () => {
    const [chen, wang, unit] = [await idOf('chenzhiyuan'), await idOf('wanghaiyan'), await unitOf('D05')];
    await changePosts(aMaintainer(), wang, [await post('D20')]);
    await changePosts(aMaintainer(), chen, [await post('D05', { isHead: true, headRank: 1, title: '处长' })]);
    expect((await org()).headsOf(unit).map((head) => head.personId)).toEqual([chen]);
    expect(changes).toEqual([
      { personId: wang, kind: 'moved' },
      { personId: chen, kind: 'moved' },
    ]);
    const calls = await stage.push();
    expect(
      calls.map((call) => [call.body.userid, call.body.department, call.body.is_leader_in_dept]),
    ).toEqual(
      expect.arrayContaining([
        ['wanghaiyan', [2], [0]],
        ['chenzhiyuan', [3], [1]],
      ]),
    );
  });

  it('an effect that refuses takes the whole act back', async () => {
    const chen = await idOf('chenzhiyuan');
    const before = await stage.t.db.read(stage.directory.revisionStamp);
    stage.directory.onPersonChanged(async () => Promise.reject(new Error('not now')));
    await expect(changePosts(SEED, chen, [await post('D05')])).rejects.toThrow('not now');
    expect((await org()).mainAssignmentOf(chen)?.title).toBe('主任');
    expect(await stage.t.db.read(stage.directory.revisionStamp)).toBe(before);
    expect(await stage.push()).toEqual([]);
  });

  it('what was read inside a unit of work that is taken back is not kept', async () => {
    const chen = await idOf('chenzhiyuan');
    const goals = [await post('D05')];
    const work = stage.t.db.write(SEED, async (tx) => {
      await stage.directory.changePosts(tx, chen, goals);
      expect((await stage.directory.orgOf(tx)).mainAssignmentOf(chen)?.title).toBe('科员');
      throw new Error('taken back');
    });
    await expect(work).rejects.toThrow('taken back');
    expect((await org()).mainAssignmentOf(chen)?.title).toBe('主任');
  });

  it('who asks at the same moment in a unit of work is told the same, and what it has just changed', async () => {
    const chen = await idOf('chenzhiyuan');
    const goals = [await post('D05')];
    const titles = await stage.t.db.write(SEED, async (tx) => {
      const title = async () => (await stage.directory.orgOf(tx)).mainAssignmentOf(chen)?.title;
      const before = await title();
      await stage.directory.changePosts(tx, chen, goals);
      return [before, ...(await Promise.all([title(), title(), title()])), await title()];
    });
    expect(titles).toEqual(['主任', '科员', '科员', '科员', '科员']);
  });

  it('H3 nobody changes their own posts; ordinary people change none', async () => {
    const [chen, zhang] = [await idOf('chenzhiyuan'), await idOf('zhangyutong')];
    const goals = [await post('D05', { isHead: true })];
    await expect(changePosts(aMaintainer(chen), chen, goals)).rejects.toMatchObject({
      code: 'directory.own_record',
    });
    const staff = { ...aMaintainer(zhang), roles: ['staff'] as const };
    await expect(changePosts(staff, chen, goals)).rejects.toMatchObject({ code: 'directory.not_maintainer' });
    await expect(
      stage.t.db.write(aMaintainer(chen), (tx) => stage.directory.unlockPerson(tx, chen)),
    ).rejects.toMatchObject({ code: 'directory.own_record' });
  });

  it('refuses posts that cannot be', async () => {
    const chen = await idOf('chenzhiyuan');
    const [main, second] = [await post('D05'), await post('D20', { kind: 'concurrent' })];
    await expect(changePosts(SEED, chen, [second])).rejects.toMatchObject({
      code: 'directory.one_main_post',
    });
    await expect(changePosts(SEED, chen, [main, { ...main, kind: 'concurrent' }])).rejects.toMatchObject({
      code: 'directory.one_post_per_unit',
    });
    await expect(changePosts(SEED, chen, [{ ...main, unitId: 'nowhere' }])).rejects.toMatchObject({
      status: 404,
    });
    await expect(changePosts(SEED, 'nobody', [main])).rejects.toMatchObject({ status: 404 });
  });
});

describe('C13 locking', () => {
  it('C13 keeps posts and flags, is told once, and is undone exactly', async () => {
    const chen = await idOf('chenzhiyuan');
    const before = (await org()).assignmentsOf(chen);
    const lock = () => stage.t.db.write(aMaintainer(), (tx) => stage.directory.lockPerson(tx, chen));
    await lock();
    await lock();
    expect((await org()).person(chen)).toMatchObject({ state: 'locked', active: false });
    await stage.t.db.write(aMaintainer(), (tx) => stage.directory.unlockPerson(tx, chen));
    expect((await org()).assignmentsOf(chen)).toEqual(before);
    expect(changes.map((change) => change.kind)).toEqual(['locked', 'unlocked']);
    const acts = await stage.t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map((act) => act.action).filter((action) => action.includes('lock'))).toEqual([
      'directory.lock',
      'directory.unlock',
    ]);
  });
});
