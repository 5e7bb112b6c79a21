import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor, Role } from '../../kernel/actor.ts';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { SEED } from '../directory/testing/open-directory.ts';
import { SMALL, smallRoster } from '../directory/testing/small-roster.ts';
import type { NewDelegation } from './index.ts';
import { DelegationTable, PersonSessionTable } from './tables.ts';
import { openAccess, type AccessStage } from './testing/open-access.ts';

let stage: AccessStage;
let chen: string;
let zhang: string;
let info: string;
beforeEach(async () => {
  stage = await openAccess();
  [chen, zhang, info] = [
    await stage.idOf('chenzhiyuan'),
    await stage.idOf('zhangyutong'),
    await stage.unitOf('D20'),
  ];
});
afterEach(() => stage.t.close());

const actor = (personId: string, ...roles: Role[]): PersonActor => ({
  kind: 'person',
  personId,
  name: '',
  roles: ['staff', ...roles],
  via: 'h5',
});
/** A super administrator who really is one: the role is granted, so that the scope holds. */
async function admin(): Promise<PersonActor> {
  await stage.t.db.write(SEED, (tx) =>
    stage.access.grantRole(tx, { personId: chen, role: 'superAdmin', scopeUnitId: null, untilAt: null }),
  );
  return actor(chen, 'superAdmin');
}
const terms = (more: Partial<NewDelegation> = {}): NewDelegation => ({
  personId: zhang,
  unitId: info,
  duty: 'manage',
  modules: ['leave'],
  categories: ['internal'],
  lastOn: '2026-12-31',
  note: '学院请假管理',
  ...more,
});
const delegate = (by: PersonActor, more: Partial<NewDelegation> = {}) =>
  stage.t.db.write(by, (tx) => stage.access.delegate(tx, terms(more)));
const change = (by: PersonActor, id: string, more: Partial<NewDelegation>) => {
  const { personId: _personId, ...rest } = terms(more);
  return stage.t.db.write(by, (tx) => stage.access.changeDelegation(tx, id, rest));
};
const end = (by: PersonActor, id: string) => stage.t.db.write(by, (tx) => stage.access.endDelegation(tx, id));
const scopeOf = (personId: string) => stage.t.db.read((r) => stage.access.scopeOf(r, actor(personId)));
const covers = async (unitCode: string) =>
  (await scopeOf(zhang)).covers({
    unitIds: [await stage.unitOf(unitCode)],
    moduleKey: 'leave',
    category: 'internal',
  });
const row = (id: string) =>
  stage.t.db.read((r) => r.em.getRepository(DelegationTable).findOneByOrFail({ id }));
const epochOf = async (personId: string) =>
  (await stage.t.db.read((r) => r.em.getRepository(PersonSessionTable).findOneBy({ id: personId })))?.epoch ??
  0;
const acts = async () =>
  (await stage.t.db.read((r) => r.em.getRepository(AuditEntryTable).find({ order: { id: 'ASC' } })))
    .filter((entry) => entry.action.includes('elegat'))
    .map(({ action, actorId, after }) => ({ action, actorId, after }));
const on = (time: string) => stage.t.clock.set(Date.parse(`${time}+08:00`));

it('B8 a delegate who becomes an outside employee sees none of the modules closed to them, at once', async () => {
  const by = await admin();
  await stage.t.db.write(by, (tx) => stage.access.delegate(tx, terms({ modules: ['directory', 'leave'] })));
  const modulesOf = async () =>
    (await stage.t.db.read(stage.access.orgOf)).delegationsOf(zhang).flatMap((one) => one.modules);
  expect(await modulesOf()).toEqual(['directory', 'leave']);
  await stage.t.db.write(SEED, (tx) =>
    stage.directory.putPerson(tx, { personId: zhang, category: 'external' }),
  );
  expect(await modulesOf()).toEqual(['directory']);
});

describe('S2-9d a delegated administrator', () => {
  it('S2-9d S2-4.3 has a granter, a scope, a duty and an end, and reaches exactly the scope', async () => {
    const by = await admin();
    expect(await covers('D20')).toBe(false);
    const id = await delegate(by);
    expect(await row(id)).toMatchObject({
      personId: zhang,
      grantedBy: chen,
      duty: 'manage',
      unitId: info,
      untilAt: Date.parse('2027-01-01T00:00:00+08:00'),
      endedAt: null,
    });
    expect([await covers('D20'), await covers('D2001'), await covers('D05')]).toEqual([true, true, false]);
    expect(await acts()).toEqual([
      {
        action: 'access.delegate',
        actorId: chen,
        after: expect.objectContaining({ personId: zhang, modules: ['leave'], categories: ['internal'] }),
      },
    ]);
  });

  it('H1 moving a unit out of the subtree removes it from the scope at once', async () => {
    await delegate(await admin());
    const units = SMALL.units.map((cells) =>
      cells[0] === 'D2001' ? [...cells.slice(0, 2), 'D05', ...cells.slice(3)] : [...cells],
    );
    await stage.t.db.write(SEED, (tx) => stage.directory.importRoster(tx, smallRoster({ units })));
    expect([await covers('D20'), await covers('D2001')]).toEqual([true, false]);
  });

  it('H3 is neither given by others, nor to oneself, nor by a mechanism; nothing is written', async () => {
    const by = await admin();
    for (const role of ['unitHead', 'hrMaintainer', 'moduleManager', 'securityAdmin', 'auditAdmin'] as const)
      await expect(delegate(actor(chen, role))).rejects.toMatchObject({
        code: 'access.may_not_delegate',
        status: 403,
      });
    await expect(delegate(by, { personId: chen })).rejects.toMatchObject({ code: 'access.own_rights' });
    await expect(stage.t.db.write(SEED, (tx) => stage.access.delegate(tx, terms()))).rejects.toMatchObject({
      code: 'access.may_not_delegate',
    });
    expect(await acts()).toEqual([]);
    expect((await stage.t.db.read(stage.access.orgOf)).delegations()).toEqual([]);
  });

  it('H3 a granter whose own right is gone cannot give it, whatever the session still says', async () => {
    await expect(delegate(actor(chen, 'superAdmin'))).rejects.toMatchObject({
      code: 'access.exceeds_granter',
    });
  });

  it('S2-9d people, units, modules and days that do not exist are refused', async () => {
    const by = await admin();
    await expect(delegate(by, { personId: 'nobody' })).rejects.toMatchObject({ status: 404 });
    await expect(delegate(by, { unitId: 'nowhere' })).rejects.toMatchObject({ status: 404 });
    await expect(delegate(by, { modules: ['nothing'] })).rejects.toMatchObject({
      code: 'access.unknown_module',
    });
    await expect(delegate(by, { lastOn: '2026-11-22' })).rejects.toMatchObject({
      code: 'access.end_date_passed',
    });
    await expect(delegate(by, { lastOn: '2026-11-23' })).resolves.toMatch(/^[0-9a-f]{32}$/);
    await expect(change(by, 'f'.repeat(32), {})).rejects.toMatchObject({ status: 404 });
    await expect(end(by, 'f'.repeat(32))).rejects.toMatchObject({ status: 404 });
  });

  it('H4 holders of a separated duty get none, and who has one gets no separated duty', async () => {
    const by = await admin();
    const give = (role: string) =>
      stage.t.db.write(by, (tx) =>
        stage.access.grantRole(tx, { personId: zhang, role, scopeUnitId: null, untilAt: null }),
      );
    const id = await delegate(by);
    await expect(give('auditAdmin')).rejects.toMatchObject({ code: 'access.exclusive' });
    await end(by, id);
    await give('auditAdmin');
    await expect(delegate(by)).rejects.toMatchObject({ code: 'access.exclusive' });
  });
});

describe('changing and ending', () => {
  it('S2-9d a change replaces the terms; sessions end only when rights shrink', async () => {
    const by = await admin();
    const id = await delegate(by);
    expect(await epochOf(zhang)).toBe(0);
    await change(by, id, { modules: ['leave', 'seals'], lastOn: '2027-06-30' });
    expect(await epochOf(zhang)).toBe(0);
    await change(by, id, { modules: ['seals'], lastOn: '2027-06-30' });
    expect(await epochOf(zhang)).toBe(1);
    expect(await covers('D20')).toBe(false);
    await change(by, id, { modules: ['seals'], duty: 'view', lastOn: '2027-06-30' });
    expect(await epochOf(zhang)).toBe(2);
    await change(by, id, { modules: ['seals'], duty: 'view', lastOn: '2027-05-31' });
    expect(await epochOf(zhang)).toBe(3);
    expect((await acts()).map((act) => act.action)).toEqual([
      'access.delegate',
      ...Array.from({ length: 4 }, () => 'access.changeDelegation'),
    ]);
  });

  it('S2-9d ended by the granter it holds no longer, in the same moment', async () => {
    const by = await admin();
    const id = await delegate(by);
    await expect(end(actor(zhang, 'superAdmin'), id)).rejects.toMatchObject({ code: 'access.own_rights' });
    await expect(end(actor('someone'), id)).rejects.toMatchObject({ status: 403 });
    await end(by, id);
    expect(await covers('D20')).toBe(false);
    expect(await epochOf(zhang)).toBe(1);
    expect(await row(id)).toMatchObject({
      endedBy: chen,
      endReason: 'revoked',
      endedAt: stage.t.clock.now(),
    });
    await expect(end(by, id)).rejects.toMatchObject({ code: 'access.unknown_delegation' });
    await expect(change(by, id, {})).rejects.toMatchObject({ code: 'access.unknown_delegation' });
  });

  it('a lock takes the scope away and unlocking gives it back', async () => {
    await delegate(await admin());
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, zhang));
    expect((await scopeOf(zhang)).slices).toEqual([]);
    await stage.t.db.write(SEED, (tx) => stage.directory.unlockPerson(tx, zhang));
    expect(await covers('D20')).toBe(true);
  });
});

describe('the end that comes by itself', () => {
  it('S2-9d holds through the last day and not a moment longer, even before the nightly job', async () => {
    const id = await delegate(await admin(), { lastOn: '2026-12-31' });
    on('2026-12-31T23:59:59');
    expect(await covers('D20')).toBe(true);
    on('2027-01-01T00:00:00');
    expect(await covers('D20')).toBe(false);
    expect(await row(id)).toMatchObject({ endedAt: null });
    on('2027-01-01T00:10:00');
    await stage.runNightly();
    expect(await row(id)).toMatchObject({
      endedAt: Date.parse('2027-01-01T00:00:00+08:00'),
      endReason: 'expired',
    });
    expect(stage.endings.at(-1)).toMatchObject({ kind: 'ended', delegationId: id, lastOn: '2026-12-31' });
    expect(await epochOf(zhang)).toBe(1);
  });

  it('tells the person and the granter a week ahead, once; a new end is told anew', async () => {
    const by = await admin();
    const id = await delegate(by, { lastOn: '2026-12-31' });
    on('2026-12-24T00:10:00');
    await stage.runNightly();
    expect(stage.endings).toEqual([]);
    on('2026-12-25T00:10:00');
    await stage.runNightly();
    on('2026-12-26T00:10:00');
    await stage.runNightly();
    const told = { kind: 'ending', delegationId: id, personId: zhang, grantedBy: chen, unitId: info };
    expect(stage.endings).toEqual([{ ...told, lastOn: '2026-12-31' }]);
    await change(by, id, { lastOn: '2027-01-31' });
    on('2027-01-25T00:10:00');
    await stage.runNightly();
    expect(stage.endings).toEqual([
      { ...told, lastOn: '2026-12-31' },
      { ...told, lastOn: '2027-01-31' },
    ]);
  });
});
