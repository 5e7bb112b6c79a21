import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor, type Actor, type PersonActor } from '../../kernel/actor.ts';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { SEED } from '../directory/testing/open-directory.ts';
import { GRANT_COLUMNS, GRANT_SHEET, type NewGrant } from './index.ts';
import { openAccess, type AccessStage } from './testing/open-access.ts';

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
});
afterEach(() => stage.t.close());

const grant = (personId: string, role: string, more: Partial<NewGrant> = {}, actor: Actor = SEED) =>
  stage.t.db.write(actor, (tx) =>
    stage.access.grantRole(tx, { personId, role, scopeUnitId: null, untilAt: null, ...more }),
  );
const move = (personId: string, unitId: string, title: string) =>
  stage.t.db.write(SEED, (tx) =>
    stage.directory.changePosts(tx, personId, [
      {
        unitId,
        kind: 'main',
        title,
        isHead: false,
        headRank: null,
        sinceOn: '2026-11-23',
        untilOn: null,
        place: null,
      },
    ]),
  );
const leave = (personId: string) =>
  stage.t.db.write(SEED, (tx) =>
    stage.directory.endEmployment(tx, personId, { status: 'left', on: '2026-11-23', reason: null }),
  );
const superAdmin = (personId: string): PersonActor => ({
  kind: 'person',
  personId,
  name: '',
  roles: ['staff', 'superAdmin'],
  via: 'h5',
});
const rolesOf = async (personId: string) =>
  (await stage.t.db.read(stage.access.orgOf)).rolesOf(personId).map((held) => held.role);

describe('S2-9a the creator', () => {
  it('S2-9a a warning goes out when the holder’s post changes; the role stays until somebody decides', async () => {
    await grant(wang, 'creator');
    await move(wang, await stage.unitOf('D20'), '教师');
    expect(stage.holderChanges).toEqual([
      { role: 'creator', personId: wang, kind: 'moved', qualifies: true },
    ]);
    expect(stage.alarms).toEqual(['global_role_holder_changed']);
    expect(await rolesOf(wang)).toContain('creator');
    const entries = await stage.t.db.read((r) =>
      r.em.getRepository(AuditEntryTable).findBy({ action: 'access.holderChanged' }),
    );
    expect(entries.map((entry) => entry.targetId)).toEqual([wang]);
  });

  it('S2-9a there is one creator, and locking the account is told as well', async () => {
    await grant(wang, 'creator');
    await expect(grant(chen, 'creator')).rejects.toMatchObject({
      code: 'access.held_by_another',
      status: 409,
    });
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, wang));
    expect(stage.holderChanges).toEqual([
      { role: 'creator', personId: wang, kind: 'locked', qualifies: false },
    ]);
  });

  it('S2-9c creator and super administrators have a global scope, a named mechanism too, others none', async () => {
    await grant(wang, 'creator');
    await grant(chen, 'superAdmin');
    const isGlobal = (actor: Actor) =>
      stage.t.db.read(async (r) => (await stage.access.scopeOf(r, actor)).isGlobal);
    const person = (personId: string) => ({ ...superAdmin(personId), roles: [] });
    expect(await Promise.all([wang, chen, zhang].map((id) => isGlobal(person(id))))).toEqual([
      true,
      true,
      false,
    ]);
    expect(await isGlobal(systemActor('job:x'))).toBe(true);
  });
});

describe('S2-9b super administrators', () => {
  it('S2-9b only holders of listed posts are accepted, from a sheet as well, which lists the refused row', async () => {
    await move(zhang, await stage.unitOf('D2001'), '实验员');
    await expect(grant(zhang, 'superAdmin')).rejects.toMatchObject({ code: 'access.post_not_listed' });
    const header = [GRANT_COLUMNS.staffNo, GRANT_COLUMNS.role, GRANT_COLUMNS.unitCode];
    const rows = [header, ['00731', '超级管理员', ''], ['00215', '超级管理员', ''], ['99999', '考勤员', '']];
    const imported = await stage.t.db.write(SEED, (tx) =>
      stage.access.importGrants(tx, [{ name: GRANT_SHEET, rows }]),
    );
    expect(imported).toEqual({
      granted: 1,
      faults: [
        { sheet: GRANT_SHEET, line: 4, column: GRANT_COLUMNS.staffNo, reason: 'unknown' },
        { sheet: GRANT_SHEET, line: 2, column: GRANT_COLUMNS.role, reason: 'access.post_not_listed' },
      ],
    });
  });

  it('S2-9b a move within the listed posts is nothing; out of them it is told', async () => {
    await grant(zhang, 'superAdmin');
    await move(zhang, await stage.unitOf('D05'), '处长');
    expect(stage.holderChanges).toEqual([]);
    await move(zhang, await stage.unitOf('D05'), '科员');
    expect(stage.holderChanges).toEqual([
      { role: 'superAdmin', personId: zhang, kind: 'moved', qualifies: false },
    ]);
    await move(chen, await stage.unitOf('D05'), '科员');
    expect(stage.holderChanges).toHaveLength(1);
  });
});

describe('H3 somebody must be left', () => {
  it('H3 the attempt to lock the last one is refused and rings; going down to one rings too', async () => {
    const first = await grant(chen, 'superAdmin');
    const lock = (personId: string) =>
      stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, personId));
    await expect(lock(chen)).rejects.toMatchObject({ code: 'access.last_super_admin' });
    expect(stage.alarms).toEqual(['last_super_admin']);
    expect(await stage.t.db.write(SEED, (tx) => stage.access.whyNotRemove(tx, chen))).toMatchObject({
      code: 'access.last_super_admin',
    });
    await grant(zhang, 'superAdmin');
    expect(await stage.t.db.write(SEED, (tx) => stage.access.whyNotRemove(tx, chen))).toBeNull();
    expect(await stage.t.db.write(SEED, (tx) => stage.access.whyNotRemove(tx, wang))).toBeNull();
    await stage.t.db.write(superAdmin(zhang), (tx) => stage.access.revokeRole(tx, first));
    expect(stage.alarms).toEqual(['last_super_admin', 'one_super_admin_left']);
  });

  it('H3 a super administrator until a day does not stand in for the one who stays', async () => {
    const first = await grant(chen, 'superAdmin');
    await grant(zhang, 'superAdmin', { untilAt: stage.t.clock.now() + 86_400_000 });
    await expect(
      stage.t.db.write(superAdmin(zhang), (tx) => stage.access.revokeRole(tx, first)),
    ).rejects.toMatchObject({ code: 'access.last_super_admin' });
    expect(await rolesOf(chen)).toContain('superAdmin');
  });

  it('B7 nobody is given a right while their leaving is being written', async () => {
    await grant(chen, 'superAdmin');
    const unitId = await stage.unitOf('D20');
    let written: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const leaving = stage.t.db.write(SEED, async (tx) => {
      await stage.directory.endEmployment(tx, zhang, { status: 'left', on: '2026-11-23', reason: null });
      written();
      await mayGoOn;
    });
    await isWritten;
    const granting = grant(zhang, 'hrMaintainer');
    const delegating = stage.t.db.write(superAdmin(chen), (tx) =>
      stage.access.delegate(tx, {
        personId: zhang,
        unitId,
        duty: 'view',
        modules: ['leave'],
        categories: ['internal'],
        lastOn: '2026-12-31',
        note: '查看',
      }),
    );
    const refusals = Promise.allSettled([granting, delegating]);
    // They have read what they read before the other one ends.
    await new Promise((resolve) => setTimeout(resolve, 50));
    goOn();
    await leaving;
    expect(await refusals).toMatchObject([
      { status: 'rejected', reason: { code: 'access.unknown_person' } },
      { status: 'rejected', reason: { code: 'access.unknown_person' } },
    ]);
  });

  it('B7, H3 who leaves loses every right for good; the last super administrator cannot leave', async () => {
    const org = await stage.t.db.read(stage.access.orgOf);
    await grant(zhang, 'liaison', { scopeUnitId: await stage.unitOf('D2001') });
    await grant(zhang, 'hrMaintainer');
    await grant(chen, 'superAdmin');
    await stage.t.db.write(superAdmin(chen), (tx) =>
      stage.access.delegate(tx, {
        personId: zhang,
        unitId: org.root()?.unitId ?? '',
        duty: 'view',
        modules: ['leave'],
        categories: ['internal'],
        lastOn: '2026-12-31',
        note: '查看',
      }),
    );
    expect((await stage.t.db.read(stage.access.orgOf)).delegationsOf(zhang)).toHaveLength(1);
    await leave(zhang);
    expect(await rolesOf(zhang)).toEqual([]);
    expect((await stage.t.db.read(stage.access.orgOf)).delegationsOf(zhang)).toEqual([]);
    await expect(leave(chen)).rejects.toMatchObject({ code: 'access.last_super_admin' });
    expect(await rolesOf(chen)).toContain('superAdmin');
  });
});

describe('S2-3 liaisons', () => {
  it('S2-3 one liaison per unit; two who are named at once do not both become it', async () => {
    const [d20, d05] = [await stage.unitOf('D20'), await stage.unitOf('D05')];
    const results = await Promise.allSettled([
      grant(chen, 'liaison', { scopeUnitId: d20 }),
      grant(zhang, 'liaison', { scopeUnitId: d20 }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await grant(wang, 'liaison', { scopeUnitId: d05 });
    expect((await stage.t.db.read(stage.access.orgOf)).roleHolders('liaison', d20)).toHaveLength(1);
  });

  it('H4 two duties that exclude each other, given at once, do not both hold', async () => {
    const results = await Promise.allSettled([grant(zhang, 'systemAdmin'), grant(zhang, 'auditAdmin')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('a role already held until another day is answered, not swallowed', async () => {
    const untilAt = stage.t.clock.now() + 1000;
    await grant(zhang, 'hrHead', { untilAt });
    await expect(grant(zhang, 'hrHead')).rejects.toMatchObject({ code: 'access.already_held' });
    await expect(grant(zhang, 'hrHead', { untilAt })).resolves.toMatch(/^[0-9a-f]{32}$/);
    await expect(grant(zhang, 'attendanceOfficer', { untilAt: stage.t.clock.now() })).rejects.toMatchObject({
      code: 'access.end_date_passed',
    });
  });
});

it('S2-2a the leading group has one head, deputies of the named posts only, members, each for a term', async () => {
  const day = 86_400_000;
  const untilAt = stage.t.clock.now() + 365 * day;
  await grant(chen, 'leadingGroupHead', { untilAt });
  await expect(grant(wang, 'leadingGroupHead')).rejects.toMatchObject({ code: 'access.held_by_another' });
  // Nobody of the small roster heads 党政办 or 信息中心.
  await expect(grant(wang, 'leadingGroupDeputy')).rejects.toMatchObject({ code: 'access.post_not_listed' });
  await grant(zhang, 'leadingGroupMember', { untilAt: stage.t.clock.now() + day });
  const group = async () =>
    (await stage.t.db.read(stage.access.orgOf))
      .roleHolders('leadingGroupMember', null)
      .map((one) => one.personId);
  expect(await group()).toEqual([zhang]);
  stage.t.clock.advance(2 * day);
  await stage.runNightly();
  expect(await group()).toEqual([]);
});

it('H5 the reason of a lock is told to the named roles', async () => {
  await grant(wang, 'hrHead');
  await grant(chen, 'superAdmin');
  const may = (personId: string) =>
    stage.t.db.read((r) => stage.access.mayKnow(r, superAdmin(personId), 'lockReason'));
  expect(await Promise.all([wang, chen, zhang].map(may))).toEqual([true, false, false]);
});
