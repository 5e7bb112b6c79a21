import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '../../kernel/actor.ts';
import { aMaintainer, SEED } from '../directory/testing/open-directory.ts';
import { openAccess, roles, type AccessStage } from './testing/open-access.ts';
import { parseRoles, type NewGrant } from './index.ts';

let stage: AccessStage;
beforeEach(async () => {
  stage = await openAccess();
});
afterEach(() => stage.t.close());

const grant = (actor: Actor, request: Pick<NewGrant, 'personId' | 'role'> & Partial<NewGrant>) =>
  stage.t.db.write(actor, (tx) =>
    stage.access.grantRole(tx, { scopeUnitId: null, untilAt: null, ...request }),
  );
const revoke = (actor: Actor, grantId: string) =>
  stage.t.db.write(actor, (tx) => stage.access.revokeRole(tx, grantId));
const actorOf = (personId: string) =>
  stage.t.db.read((r) => stage.access.actorOf(r, personId, { via: 'h5' }));
const org = () => stage.t.db.read(stage.access.orgOf);

describe('who may do what', () => {
  it('roles follow from the directory and from grants; userids compare without case (B1)', async () => {
    const [chen, zhang] = [await stage.idOf('chenzhiyuan'), await stage.idOf('ZHANGYUTONG')];
    await grant(SEED, { personId: zhang, role: 'superAdmin' });
    await grant(SEED, { personId: zhang, role: 'attendanceOfficer' });
    expect((await actorOf(chen))?.roles).toEqual(['staff', 'unitHead']);
    expect((await actorOf(zhang))?.roles).toEqual(['staff', 'superAdmin']);
    const byUserid = await stage.t.db.read((r) =>
      stage.access.actorByUserid(r, 'zhangYUTONG', { via: 'card' }),
    );
    expect(byUserid).toMatchObject({ personId: zhang, via: 'card' });
    expect((await org()).rolesOf(zhang).map((held) => held.role)).toContain('attendanceOfficer');
    expect(await actorOf('nobody')).toBeNull();
  });

  it('roleHolders tells those of exactly one scope, in order of time', async () => {
    const [chen, zhang, unit] = [
      await stage.idOf('chenzhiyuan'),
      await stage.idOf('zhangyutong'),
      (await org()).units().find((u) => u.code === 'D20'),
    ];
    const scopeUnitId = unit?.unitId ?? '';
    await grant(SEED, { personId: zhang, role: 'leaderInCharge', scopeUnitId });
    stage.t.clock.advance(1000);
    await grant(SEED, { personId: chen, role: 'leaderInCharge', scopeUnitId });
    expect((await org()).roleHolders('leaderInCharge', scopeUnitId)).toEqual([
      { personId: zhang, since: '2026-11-23' },
      { personId: chen, since: '2026-11-23' },
    ]);
    expect((await org()).roleHolders('leaderInCharge', null)).toEqual([]);
  });

  it('a grant ends at its time, half-open', async () => {
    const zhang = await stage.idOf('zhangyutong');
    const untilAt = stage.t.clock.now() + 1000;
    await grant(SEED, { personId: zhang, role: 'hrMaintainer', untilAt });
    stage.t.clock.set(untilAt - 1);
    expect((await actorOf(zhang))?.roles).toContain('hrMaintainer');
    stage.t.clock.set(untilAt);
    expect((await actorOf(zhang))?.roles).not.toContain('hrMaintainer');
  });

  it('the same role is given once', async () => {
    const zhang = await stage.idOf('zhangyutong');
    const first = await grant(SEED, { personId: zhang, role: 'moduleManager' });
    expect(await grant(SEED, { personId: zhang, role: 'moduleManager' })).toBe(first);
  });
});

describe('H3 granting', () => {
  it('H3 nobody grants to themselves, and only super administrators grant', async () => {
    const [chen, zhang] = [await stage.idOf('chenzhiyuan'), await stage.idOf('zhangyutong')];
    const admin = { ...aMaintainer(chen), roles: ['staff', 'superAdmin'] as const };
    await expect(grant(admin, { personId: chen, role: 'hrMaintainer' })).rejects.toMatchObject({
      code: 'access.own_rights',
    });
    await expect(grant(aMaintainer(chen), { personId: zhang, role: 'moduleManager' })).rejects.toMatchObject({
      code: 'access.may_not_grant',
      status: 403,
    });
    const own = await grant(SEED, { personId: chen, role: 'superAdmin' });
    await expect(revoke(admin, own)).rejects.toMatchObject({ code: 'access.own_rights' });
    await expect(grant(admin, { personId: zhang, role: 'moduleManager' })).resolves.toMatch(/^[0-9a-f]{32}$/);
  });

  it('H3 the last super administrator can neither lose the role nor be locked', async () => {
    const [chen, zhang] = [await stage.idOf('chenzhiyuan'), await stage.idOf('zhangyutong')];
    const first = await grant(SEED, { personId: chen, role: 'superAdmin' });
    await expect(revoke(SEED, first)).rejects.toMatchObject({ code: 'access.last_super_admin' });
    const lock = (personId: string) =>
      stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, personId));
    await expect(lock(chen)).rejects.toMatchObject({ code: 'access.last_super_admin' });
    expect((await actorOf(chen))?.roles).toContain('superAdmin');
    await grant(SEED, { personId: zhang, role: 'superAdmin' });
    await lock(zhang);
    await expect(revoke(SEED, first)).rejects.toMatchObject({ code: 'access.last_super_admin' });
    await stage.t.db.write(SEED, (tx) => stage.directory.unlockPerson(tx, zhang));
    await revoke(SEED, first);
    expect((await actorOf(chen))?.roles).not.toContain('superAdmin');
  });

  it('H3 of two administrators who remove each other at once one stays', async () => {
    const [chen, zhang] = [await stage.idOf('chenzhiyuan'), await stage.idOf('zhangyutong')];
    const grants = [
      await grant(SEED, { personId: chen, role: 'superAdmin' }),
      await grant(SEED, { personId: zhang, role: 'superAdmin' }),
    ];
    const results = await Promise.allSettled(grants.map((id) => revoke(systemActor('test'), id)));
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await org()).roleHolders('superAdmin', null)).toHaveLength(1);
  });

  it('refuses roles, scopes and people that do not exist', async () => {
    const zhang = await stage.idOf('zhangyutong');
    await expect(grant(SEED, { personId: zhang, role: 'staff' })).rejects.toMatchObject({
      code: 'access.unknown_role',
    });
    await expect(
      grant(SEED, { personId: zhang, role: 'superAdmin', scopeUnitId: 'x' }),
    ).rejects.toMatchObject({ code: 'access.role_not_scoped' });
    await expect(
      grant(SEED, { personId: zhang, role: 'leaderInCharge', scopeUnitId: 'x' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(grant(SEED, { personId: 'nobody', role: 'hrMaintainer' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(revoke(SEED, 'nothing')).rejects.toMatchObject({ status: 404 });
  });
});

describe('roles.json', () => {
  it('lists what can be given, never what follows from the directory', () => {
    for (const code of [
      'superAdmin',
      'hrMaintainer',
      'moduleManager',
      'leaderInCharge',
      'attendanceOfficer',
    ]) {
      expect(roles.get(code)?.name, code).toMatch(/^[\u4e00-\u9fff]+$/);
    }
    const role = { code: 'superAdmin', name: '超级管理员', scoped: false };
    expect(() => parseRoles({ roles: [role, { ...role, code: 'unitHead' }] })).toThrow('unitHead');
    expect(() => parseRoles({ roles: [role, role] })).toThrow('twice');
    expect(() => parseRoles({ roles: [{ ...role, code: 'other' }] })).toThrow('superAdmin');
  });
});
