import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { auditTables } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { InstanceState } from '../../approvals/index.ts';
import type { SealsContext } from '../context.ts';
import { nextOf } from '../store.ts';
import { NumberTable, RuleTable, sealTables } from '../tables.ts';
import { drawNumber, revokeNumber } from './draw-number.ts';

const ACTOR = systemActor('test:numbers');
const unit = (unitId: string) => ({ unitId, code: unitId, name: unitId });
const org = { departmentOf: unit, unit } as unknown as OrgWithRoles;

let t: TestDb;
let ctx: SealsContext;
beforeEach(async () => {
  t = await openTestDb([...sealTables, ...auditTables] as unknown as Parameters<typeof openTestDb>[0]);
  ctx = { db: t.db, orgOf: () => Promise.resolve(org), notify: () => undefined } as unknown as SealsContext;
});
afterEach(() => t.close());

async function rule(name: string): Promise<string> {
  const id = newId();
  const pattern = `${name}-{unit}-{yyyy}-{seq:3}`;
  const row = { id, name, pattern, patternKey: pattern, unitId: 'D02', state: 'active', version: 1 } as const;
  await t.db.write(ACTOR, (tx) => insertRows(tx, RuleTable, [row]));
  return id;
}
const approved = (ruleId: string, unitId: string): InstanceState =>
  ({
    instanceId: newId(),
    number: 'HTBH-2026-0001',
    status: 'approved',
    form: { rule: ruleId, title: '合同', counterparty: '某公司' },
    applicant: { personId: newId(), unitId },
  }) as unknown as InstanceState;

class Undone extends Error {}
/** An approval whose unit of work fails after the number was drawn draws none. */
async function approve(state: InstanceState, isUndone: boolean): Promise<void> {
  const work = async (tx: Tx): Promise<void> => {
    await drawNumber(ctx, tx, state);
    if (isUndone) throw new Undone();
  };
  await t.db.write(ACTOR, work).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
}

it('S2-A11k numbers run from 1 without gaps by rule and unit, at the same moment and with failures in between', async () => {
  const ruleIds = [await rule('A'), await rule('B')];
  const wish = fc.record({
    rule: fc.constantFrom(...ruleIds),
    unit: fc.constantFrom('D20', 'D21'),
    isUndone: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 10 }), async (wishes) => {
      await Promise.all(wishes.map((one) => approve(approved(one.rule, one.unit), one.isUndone)));
      const rows = await t.db.read(({ em }) => em.getRepository(NumberTable).find());
      expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
      for (const ruleId of ruleIds)
        for (const unitId of ['D20', 'D21']) {
          const drawn = rows.filter((row) => row.ruleId === ruleId && row.unitId === unitId);
          const seqs = drawn.map(({ seq }) => seq).sort((a, b) => a - b);
          expect(seqs).toEqual(seqs.map((_, at) => at + 1));
        }
    }),
    { numRuns: 12 },
  );
});

it('S2-A11k a revoked number stays and is not given again; another year counts anew', async () => {
  const ruleId = await rule('A');
  const first = approved(ruleId, 'D20');
  await approve(first, false);
  const freed = await t.db.write(ACTOR, (tx) => revokeNumber(tx, first));
  expect(freed).toEqual({ released: ['合同编号 A-D20-2026-001 作废'], kept: ['这个号不会再发给别的合同'] });
  // Revoked twice: nothing is left to do.
  expect(await t.db.write(ACTOR, (tx) => revokeNumber(tx, first))).toEqual({ released: [], kept: [] });
  await approve(approved(ruleId, 'D20'), false);
  const rows = await t.db.read(({ em }) => em.getRepository(NumberTable).find({ order: { id: 'asc' } }));
  expect(rows.map(({ number, state }) => [number, state])).toEqual([
    ['A-D20-2026-001', 'void'],
    ['A-D20-2026-002', 'active'],
  ]);
  expect(await t.db.write(ACTOR, (tx) => nextOf(tx, `contract:${ruleId}:D20:2027`))).toBe(1);
});

it('a number that was spelled by another rule before is left out, never given twice', async () => {
  const ruleId = await rule('A');
  await approve(approved(ruleId, 'D20'), false);
  // A unit that took over the code of one that is over.
  const heir = {
    ...org,
    departmentOf: () => ({ ...unit('heir'), code: 'D20' }),
    unit: () => ({ code: 'D20' }),
  };
  ctx = { ...ctx, orgOf: () => Promise.resolve(heir as unknown as OrgWithRoles) };
  await approve(approved(ruleId, 'heir'), false);
  const rows = await t.db.read(({ em }) => em.getRepository(NumberTable).find({ order: { id: 'asc' } }));
  expect(rows.map(({ number }) => number)).toEqual(['A-D20-2026-001', 'A-D20-2026-002']);
});
