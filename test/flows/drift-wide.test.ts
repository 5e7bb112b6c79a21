import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DifferencesPage, SummaryAnswer } from '../../server/features/directory/drift/contract.ts';
import { touchRevision } from '../../server/features/directory/revision.ts';
import { UnitTable, type UnitRow } from '../../server/features/directory/tables.ts';
import { SEED } from '../../server/features/directory/testing/open-directory.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { openDrift, type DriftStage } from '../support/drift-stage.ts';

/** More than half of what SQLite can bind: the list asks about people and about units in one statement. */
const UNITS = 20_000;
const BASE = '/api/directory/drift';

let s: DriftStage;
beforeEach(async () => {
  s = await openDrift();
});
afterEach(() => s.close());

it('H1 H2 a part of 20,000 units gets its whole list, counts and acts, and nothing beyond', async () => {
  s.control.editMember('ZhangYutong', { operator: 'chenzhiyuan', changes: { name: '张桐' } });
  s.control.editMember('wanghaiyan', { operator: 'chenzhiyuan', changes: { name: '王海' } });
  await s.night();
  const top = await s.unitOf('D20');
  await s.t.db.write(SEED, async (tx) => {
    const units = Array.from({ length: UNITS }, (_, n): UnitRow => ({
      id: newId(),
      code: `W${n}`,
      name: `实验室${n}`,
      parentId: top,
      successorId: null,
      kind: 'office',
      state: 'active',
      sortOrder: n,
      departmentId: 100_000 + n,
      leaderInChargeId: null,
      category: null,
      version: 1,
    }));
    await insertRows(tx, UnitTable, units);
    await touchRevision(tx, null);
  });
  s.holds.set('keeper', { unitId: null, duty: 'manage' });
  s.holds.set('wide', { unitId: top, duty: 'manage' });
  const all = await s.get<DifferencesPage>('keeper', BASE);
  expect(all.items.map(({ subject }) => subject.name).sort()).toEqual(['张雨桐', '王海燕']);
  const wide = await s.get<DifferencesPage>('wide', BASE);
  expect([wide.total, wide.items.map(({ subject }) => subject.name)]).toEqual([1, ['张雨桐']]);
  const { counts, openPeople } = await s.get<SummaryAnswer>('wide', `${BASE}/summary`);
  expect([counts, openPeople]).toEqual([[{ field: 'name', state: 'open', count: 1 }], 1]);
  const differenceIds = all.items.map(({ differenceId }) => differenceId);
  const act = { differenceIds, act: 'ignore', reason: '已知' };
  const { json } = await s.request('wide', 'POST', `${BASE}/acts`, act);
  expect(json).toMatchObject({ done: 1, refused: [{}] });
});
