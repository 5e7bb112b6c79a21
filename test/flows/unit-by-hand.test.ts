import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StateUnitAnswer, UnitFormAnswer } from '../../server/features/hr/by-hand/contract.ts';
import type {
  BatchAnswer,
  ChangesAnswer,
  FaultsAnswer,
  PlanAnswer,
} from '../../server/features/hr/contract.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';

let s: Started;
let hr: Client;
beforeEach(async () => {
  s = await startApp();
  hr = await s.signIn(demoCast.hrMaintainer.userid);
});
afterEach(() => s.close());

const units = async () => (await s.app.db.read(s.app.directory.orgOf)).units();
const unitOf = async (code: string) => (await units()).find((unit) => unit.code === code);
const state = (wish: object) => hr.post<StateUnitAnswer>('/api/hr/units', { isNew: false, ...wish });
const refusal = async (wish: object): Promise<string> => {
  const answer = await hr.send('POST', '/api/hr/units', { isNew: false, ...wish });
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
};
const changesOf = async (planId: string | null) =>
  (await hr.get<ChangesAnswer>(`/api/hr/plans/${planId}/changes`)).items.map(
    ({ kind, target }) => `${kind} ${target.ref}`,
  );
async function carryOut(planId: string | null): Promise<void> {
  await hr.post(`/api/hr/plans/${planId}/apply`);
  await s.settle();
  await s.advance(10_000);
}
const department = (name: string) => s.sandbox.control.state().departments.find((one) => one.name === name);

describe('one unit by hand, on the way of every statement', () => {
  it('S1-7.2a S1-7.2d is renamed, ordered, moved and given a head: planned first, then written', async () => {
    const library = await unitOf('D11');
    const form = await hr.get<UnitFormAnswer>(`/api/hr/units?unitId=${library?.unitId}`);
    expect(form).toMatchObject({ code: 'D11', name: '图书馆', parentCode: 'D00', owner: null });
    const { librarian } = demoCast;
    const { planId } = await state({
      code: 'D11',
      name: '图书与档案馆',
      parentCode: 'D06',
      sortOrder: 7,
      headStaffNo: librarian.staffNo,
    });
    expect(new Set(await changesOf(planId))).toEqual(new Set(['unitChange D11', 'unitMove D11']));
    // A1: a statement in part takes nothing from anybody, whoever it does not name.
    expect(await hr.get<PlanAnswer>(`/api/hr/plans/${planId}`)).toMatchObject({
      complete: false,
      destructiveCount: 0,
      guard: { verdict: 'free' },
    });
    expect((await unitOf('D11'))?.name).toBe('图书馆');

    await carryOut(planId);
    const after = await unitOf('D11');
    expect(after).toMatchObject({ name: '图书与档案馆', sortOrder: 7 });
    expect(after?.parentId).toBe((await unitOf('D06'))?.unitId);
    const org = await s.app.db.read(s.app.directory.orgOf);
    expect(org.headsOf(after?.unitId ?? '').map(({ personId }) => org.person(personId)?.staffNo)).toEqual([
      librarian.staffNo,
    ]);
    expect(department('图书与档案馆')?.parentId).toBe((await unitOf('D06'))?.departmentId);
    expect(department('图书馆')).toBeUndefined();
  });

  it('S1-7.2a a new one lies where it was asked for; a code that was used is not used again', async () => {
    const { planId } = await state({ isNew: true, code: 'D1199', name: '特藏部', parentCode: 'D11' });
    expect(await changesOf(planId)).toEqual(['unitCreate D1199']);
    await carryOut(planId);
    expect((await unitOf('D1199'))?.parentId).toBe((await unitOf('D11'))?.unitId);
    expect(department('特藏部')).toBeDefined();
    expect(await refusal({ isNew: true, code: 'D1199', name: '特藏二部' })).toBe('hr.unit_code_taken');
    expect(await refusal({ code: 'D1198', name: '没有的部门' })).toBe('directory.unknown_unit');
    expect(await refusal({ code: 'D00', name: '改名学院' })).toBe('directory.institution_fixed');
  });

  it('A4 what is wrong in it is shown as a fault of the row, and nothing is planned', async () => {
    const { batchId, planId } = await state({ code: 'D11', name: '图书馆', headStaffNo: '99999' });
    expect(planId).toBeNull();
    expect(await hr.get<BatchAnswer>(`/api/hr/batches/${batchId}`)).toMatchObject({
      state: 'ready',
      faults: 1,
      source: { kind: 'hand', name: '图书馆（D11）' },
    });
  });

  it('C3 a unit is not put below what lies in it', async () => {
    const wish = { code: 'D20', name: '信息工程学院', parentCode: 'D2001' };
    const { batchId, planId } = await state(wish);
    expect(planId).toBeNull();
    const { items } = await hr.get<FaultsAnswer>(`/api/hr/batches/${batchId}/faults`);
    expect(items.map(({ code }) => code)).toEqual(['treeBroken']);
  });
});
