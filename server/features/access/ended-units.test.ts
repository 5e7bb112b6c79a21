import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor } from '../../kernel/actor.ts';
import { SEED } from '../directory/testing/open-directory.ts';
import type { UnitRightsEnd } from './index.ts';
import { DelegationTable } from './tables.ts';
import { openAccess, type AccessStage } from './testing/open-access.ts';

let stage: AccessStage;
let [chen, zhang, info, hr] = ['', '', '', ''];
let told: UnitRightsEnd[] = [];
beforeEach(async () => {
  stage = await openAccess();
  [chen, zhang] = [await stage.idOf('chenzhiyuan'), await stage.idOf('zhangyutong')];
  [info, hr] = [await stage.unitOf('D20'), await stage.unitOf('D05')];
  told = [];
  stage.access.onUnitRightsEnded(async (_tx, end) => void told.push(end));
  await grant(chen, 'superAdmin', null);
  await grant(zhang, 'liaison', info);
  const admin: PersonActor = {
    kind: 'person',
    personId: chen,
    name: '',
    roles: ['staff', 'superAdmin'],
    via: 'h5',
  };
  await stage.t.db.write(admin, (tx) =>
    stage.access.delegate(tx, {
      personId: zhang,
      unitId: info,
      duty: 'manage',
      modules: ['leave'],
      categories: ['internal'],
      lastOn: '2026-12-31',
      note: '学院请假管理',
    }),
  );
});
afterEach(() => stage.t.close());

const grant = (personId: string, role: string, scopeUnitId: string | null) =>
  stage.t.db.write(SEED, (tx) => stage.access.grantRole(tx, { personId, role, scopeUnitId, untilAt: null }));
const held = async () => {
  const org = await stage.t.db.read((r) => stage.access.orgOf(r));
  return [
    ...org.rolesOf(zhang).map(({ role }) => role),
    ...org.delegationsOf(zhang).map(({ unitId }) => unitId),
  ];
};
const reasons = async () =>
  (await stage.t.db.read((r) => r.em.getRepository(DelegationTable).find())).map(
    ({ endReason }) => endReason,
  );

describe('rights given for a unit that is over (H3)', () => {
  it('end with it at once, are told, and come neither to the successor nor back with its code', async () => {
    expect(await held()).toEqual(['staff', 'liaison', info]);
    const named = await stage.t.db.read((r) => stage.access.rightsOfUnit(r, info));
    expect(named.map(({ personId, role }) => [personId, role])).toEqual([
      [zhang, 'liaison'],
      [zhang, null],
    ]);
    await stage.t.db.write(SEED, (tx) => stage.directory.mergeUnit(tx, info, { successorId: hr }));
    expect(await held()).toEqual(['staff']);
    expect(await reasons()).toEqual(['unit']);
    expect(told).toMatchObject([{ unitId: info, successorId: hr, rights: named }]);
    await stage.t.db.write(SEED, (tx) =>
      stage.directory.putUnit(tx, { code: 'D20', name: '信息工程学院', parentCode: null }),
    );
    expect(await held()).toEqual(['staff']);
    await stage.runNightly();
    expect(told).toHaveLength(1);
  });

  it('those of a unit that ended before rights ended with it are ended by night, once', async () => {
    await stage.t.db.write(SEED, async (tx) => {
      await tx.em.query(`update unit set state = 'removed' where id = ?`, [info]);
      await stage.directory.touch(tx);
    });
    await stage.runNightly();
    expect(await held()).toEqual(['staff']);
    expect(await reasons()).toEqual(['unit']);
    await stage.runNightly();
    expect(told).toHaveLength(1);
  });
});
