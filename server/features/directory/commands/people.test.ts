import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordVault } from '../../../../test/support/test-db.ts';
import { AuditEntryTable, createOpenPersonal } from '../../../platform/audit/index.ts';
import { DirectoryEventTable, PersonTable } from '../tables.ts';
import { aMaintainer } from '../testing/open-directory.ts';
import { openLoaded, type LoadedStage } from '../testing/stage.ts';
import type { PersonGoal } from './goals.ts';

let stage: LoadedStage;
beforeEach(async () => {
  stage = await openLoaded();
});
afterEach(() => stage.t.close());

const ID_NUMBER = '11010519491231002X';
const put = (goal: PersonGoal) => stage.act((directory, tx) => directory.putPerson(tx, goal));
const known = async (staffNo: string) => {
  const { people } = await stage.t.db.read(stage.directory.known);
  const found = people.find((person) => person.staffNo === staffNo);
  if (!found) throw new Error(`nobody has ${staffNo}`);
  return found;
};
const manager = (personId: string, managerId: string | null) =>
  stage.act((directory, tx) => directory.setManager(tx, personId, managerId));

describe('putPerson', () => {
  it('S1-7.2b hires in one act with everything HR knows; repeating it changes nothing (D5)', async () => {
    const goal = await stage.newcomer({
      sourceId: 'hr-900',
      sex: 'female',
      idType: 'residentId',
      idNumber: ID_NUMBER,
      bornOn: '1949-12-31',
      email: 'sun@haizhou.example',
      grade: '七级职员',
      establishment: 'established',
      employedOn: '2026-11-23',
      contractUntilOn: '2029-11-22',
    });
    const { personId, changed } = await put(goal);
    expect(changed).toBe(true);
    expect(await known('00900')).toMatchObject({
      personId,
      sourceId: 'hr-900',
      sex: 'female',
      idNumber: stage.directory.secretOf('idNumber', '11010519491231002x'),
      bornOn: stage.directory.secretOf('bornOn', '1949-12-31'),
      mobile: { masked: '199****0900' },
      grade: '七级职员',
      category: 'internal',
      establishment: 'established',
      status: 'working',
      contractUntilOn: '2029-11-22',
      posts: [{ unitCode: 'D05', kind: 'main' }],
    });
    expect(stage.changes).toEqual([{ personId, kind: 'hired' }]);
    expect(await put(goal)).toEqual({ personId, changed: false });
    expect(await put({ ...goal, personId })).toEqual({ personId, changed: false });
    expect(stage.changes).toHaveLength(1);
    const calls = await stage.push();
    expect(calls.map((call) => [call.api, call.body.userid])).toEqual([['user/create', '00900']]);
  });

  it('H6 no personal value is stored, recorded or told in clear', async () => {
    const { personId } = await put(await stage.newcomer({ idNumber: ID_NUMBER, bornOn: '1949-12-31' }));
    await put({ personId, mobile: '19900000901', email: 'sunyue@haizhou.example' });
    await stage.push();
    const stored = await stage.t.db.read(async ({ em }) => [
      (await em.getRepository(PersonTable).find()).map(({ email: _email, emailKey: _key, ...row }) => row),
      await em.getRepository(DirectoryEventTable).find(),
      await em.getRepository(AuditEntryTable).find(),
    ]);
    expect(JSON.stringify(stored)).not.toMatch(/1990000090|1101051949|1949-12-31|sunyue@/);
    const [last] = await stage.t.db.read((r) => stage.directory.historyOf(r, 'person', personId));
    expect(last).toMatchObject({
      kind: 'changed',
      before: { mobile: '199****0900', email: null },
      after: { mobile: '199****0901', email: 's***@haizhou.example' },
    });
  });

  it('H9 H7 in the audit names, numbers and accounts are sealed with the person’s key; states are not', async () => {
    const { personId } = await put({ ...(await stage.newcomer({})), name: '孙月', sex: 'female' });
    await put({ personId, name: '孙悦', grade: '六级' });
    const entries = await stage.t.db.read((r) =>
      r.em.getRepository(AuditEntryTable).find({ where: { targetId: personId }, order: { id: 'ASC' } }),
    );
    expect(JSON.stringify(entries)).not.toMatch(/孙月|孙悦|00900|female/);
    expect(entries[1]).toMatchObject({ before: { grade: null }, after: { grade: '六级' } });
    const open = createOpenPersonal(recordVault);
    const parts = await stage.t.db.read((reads) =>
      open(
        reads,
        entries.map(({ id }) => id),
      ),
    );
    expect([...parts.values()]).toMatchObject([
      { state: 'open', after: { name: '孙月', staffNo: '00900', userid: '00900', sex: 'female' } },
      { state: 'open', before: { name: '孙月' }, after: { name: '孙悦' } },
    ]);
  });

  it('A5 what is left out stays, null clears', async () => {
    const personId = await stage.personOf('00215');
    await put({ personId, grade: '六级', email: undefined });
    expect(await known('00215')).toMatchObject({ grade: '六级', email: 'chen@haizhou.example' });
    await put({ personId, grade: null, mobile: null });
    expect(await known('00215')).toMatchObject({ grade: null, mobile: null });
    await expect(put({ personId, email: null })).rejects.toMatchObject({ code: 'directory.no_contact' });
  });

  it('C9 one changed field is one call with that field; what 企业微信 does not show is none', async () => {
    const personId = await stage.personOf('00731');
    await put({ personId, name: '张雨彤' });
    expect(await stage.push()).toEqual([
      { api: 'user/update', body: { userid: 'ZhangYutong', name: '张雨彤' } },
    ]);
    await put({ personId, grade: '八级', establishment: 'employee', contractUntilOn: '2027-08-31' });
    expect(await stage.push()).toEqual([]);
  });

  it('B4 B5 the mobile of somebody who is here is a conflict; that of a former one is free', async () => {
    await expect(put(await stage.newcomer({ mobile: '+86-199-0000-0731' }))).rejects.toMatchObject({
      code: 'directory.mobile_taken',
      status: 409,
    });
    const zhang = await stage.personOf('00731');
    await stage.act((d, tx) =>
      d.endEmployment(tx, zhang, { status: 'left', on: '2026-11-23', reason: null }),
    );
    const { personId } = await put(await stage.newcomer({ mobile: '19900000731' }));
    expect(personId).not.toBe(zhang);
  });

  it('D5 B2 F9 a known staff number with other data, or a known ID number, is a conflict, never a takeover', async () => {
    await expect(put(await stage.newcomer({ staffNo: '00731' }))).rejects.toMatchObject({
      code: 'directory.staff_no_taken',
    });
    await put(await stage.newcomer({ idNumber: ID_NUMBER }));
    const twin = await stage.newcomer({ staffNo: '00901', mobile: '19900000901', idNumber: ID_NUMBER });
    await expect(put(twin)).rejects.toMatchObject({ code: 'directory.id_number_known' });
    await expect(put({ ...twin, idNumber: null, userid: 'ZHANGYUTONG' })).rejects.toMatchObject({
      code: 'directory.userid_taken',
    });
  });

  it('B9 B11 refuses what has not the form', async () => {
    const wrong: Partial<PersonGoal>[] = [
      { idType: 'residentId', idNumber: '110105194912310021' },
      { bornOn: '1949-02-30' },
      { mobile: '12' },
      { userid: '-x' },
      { name: 'a|b' },
      { posts: undefined },
    ];
    for (const more of wrong)
      await expect(put(await stage.newcomer(more))).rejects.toMatchObject({ code: 'directory.malformed' });
    const passport = await stage.newcomer({ idType: 'passport', idNumber: 'E12345678' });
    expect((await put(passport)).changed).toBe(true);
  });

  it('H3 nobody writes their own record', async () => {
    const personId = await stage.personOf('00731');
    const own = stage.act((d, tx) => d.putPerson(tx, { personId, grade: '一级' }), aMaintainer(personId));
    await expect(own).rejects.toMatchObject({ code: 'directory.own_record' });
  });
});

describe('setManager', () => {
  it('C16 refuses oneself, two and longer loops', async () => {
    const [a, b, c] = await Promise.all(['00215', '00731', '00163'].map(stage.personOf));
    if (!a || !b || !c) throw new Error('the roster has three people');
    expect(await manager(b, a)).toBe(true);
    expect(await manager(b, a)).toBe(false);
    expect(await manager(c, b)).toBe(true);
    for (const [person, above] of [
      [a, a],
      [a, b],
      [a, c],
    ] as const)
      await expect(manager(person, above)).rejects.toMatchObject({ code: 'directory.manager_loop' });
    expect((await known('00163')).managerStaffNo).toBe('00731');
  });

  it('C16 two edits at once cannot close a loop together', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await stage.personOf('00215'), await stage.personOf('00731')];
      const results = await Promise.allSettled([manager(a, b), manager(b, a)]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      await manager(a, null);
      await manager(b, null);
    }
  });

  it('C16 a former person is nobody’s superior', async () => {
    const [a, b] = [await stage.personOf('00215'), await stage.personOf('00731')];
    await stage.act((d, tx) => d.endEmployment(tx, b, { status: 'left', on: '2026-11-23', reason: null }));
    await expect(manager(a, b)).rejects.toMatchObject({ code: 'directory.has_left' });
  });
});
