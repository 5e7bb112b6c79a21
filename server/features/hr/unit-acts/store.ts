import { createHash } from 'node:crypto';
import { notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { UnitActContext } from './deps.ts';
import { dryRun, type DryRun, type Item } from './dry-run.ts';
import { UnitActItemTable, UnitActTable, type UnitActKind, type UnitActRow } from './tables.ts';

export interface Wish {
  readonly kind: UnitActKind;
  readonly unitId: string;
  readonly successorId: string | null;
  readonly effectiveOn: string;
}

export async function loadAct(reads: Reads, actId: string): Promise<UnitActRow> {
  const row = await reads.em.getRepository(UnitActTable).findOneBy({ id: actId });
  if (!row) throw notFound('hr.unknown_unit_act');
  return row;
}

/**
 * What it would do at this moment, by the same reading that does it; null when the unit is over already.
 * @throws what merging or dissolving it would be refused for
 */
export async function dryRunOf(ctx: UnitActContext, reads: Reads, wish: Wish): Promise<DryRun | null> {
  const { kind, unitId, successorId, effectiveOn: on } = wish;
  const facts =
    successorId === null ? await ofDissolving(ctx, reads, unitId) : await ofMerging(ctx, reads, wish);
  if (!facts) return null;
  const org = await ctx.unitActs.orgOf(reads);
  const holdings = await ctx.unitActs.holdingsOf(reads, unitId);
  const leaderInChargeId = org.unit(unitId)?.leaderInChargeId ?? null;
  return dryRun({ kind, unitId, successorId, on, leaderInChargeId, holdings, ...facts }, sha256);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function ofDissolving({ directory }: UnitActContext, reads: Reads, unitId: string) {
  return (await directory.planDissolve(reads, unitId)) && { people: [], unitIds: [] };
}

async function ofMerging(
  { directory }: UnitActContext,
  reads: Reads,
  { unitId, successorId, effectiveOn }: Wish,
) {
  const plan = await directory.planMerge(reads, unitId, { successorId: successorId ?? '', on: effectiveOn });
  return plan && { people: plan.people, unitIds: plan.children.map(({ id }) => id) };
}

export async function keepItems(tx: Tx, actId: string, items: readonly Item[]): Promise<void> {
  await tx.em.query('delete from unit_act_item where actId = ?', [actId]);
  const rows = items.map((item, seq) => ({
    ...item,
    id: newId(),
    actId,
    seq,
    note: [...item.note].slice(0, 255).join(''),
  }));
  await insertRows(tx, UnitActItemTable, rows);
}
