import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { keepRows, loadBatch } from '../batch-store.ts';
import { checkBatch } from '../commands/check-batch.ts';
import { planBatch } from '../commands/make-plan.ts';
import type { HrContext } from '../deps.ts';
import { openBatch } from '../open-batch.ts';
import { mustMaintain } from '../policy.ts';
import { BatchTable } from '../tables.ts';
import type { StateUnitAnswer, StateUnitRequest } from './contract.ts';
import { columnsOf, rowOfUnit } from './row-of-unit.ts';

/** A source of its own: it is compared with no sheet. */
export const BY_HAND = 'hand';
const WHOLE = 1000;

/**
 * Create, rename, move, order one unit, name its head or who is in charge of it: a statement of one row, in part, on
 * the way every statement goes. Nothing happens before its plan is carried out.
 * @throws conflict `hr.unit_code_taken`; notFound `directory.unknown_unit`; refused `directory.institution_fixed`
 */
export async function stateUnit(
  ctx: HrContext,
  actor: PersonActor,
  wish: StateUnitRequest,
): Promise<StateUnitAnswer> {
  mustMaintain(actor);
  await ctx.db.read((reads) => mustFitWhatIsThere(ctx, reads, wish));
  const row = rowOfUnit(wish);
  const batchId = await againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const id = await openBatch(tx, {
        sourceKind: 'hand',
        sourceKey: BY_HAND,
        sourceName: `${wish.name}（${wish.code}）`,
        createdBy: actor.personId,
        columns: columnsOf(row),
        unitRows: 1,
        progressMille: WHOLE,
      });
      await keepRows(tx, ctx.cells, id, [row]);
      recordAct(tx, {
        action: 'hr.stateUnit',
        targetType: 'hrBatch',
        targetId: id,
        after: { code: wish.code, isNew: wish.isNew },
      });
      return id;
    }),
  );
  const faults = await checkBatch(ctx, actor, batchId);
  await ctx.db.write(actor, async (tx) =>
    saveWithVersion(tx, BatchTable, await loadBatch(tx, batchId), { state: 'ready' }),
  );
  return { batchId, planId: faults > 0 ? null : await planBatch(ctx, actor, batchId, { complete: false }) };
}

/** A new unit takes no code that was used: a removed one would come back with its history. */
async function mustFitWhatIsThere(
  { directory }: HrContext,
  reads: Reads,
  { isNew, code }: StateUnitRequest,
): Promise<void> {
  const unitId = await directory.lookups.unitIdOf(reads, code);
  if (isNew && unitId !== null) throw conflict('hr.unit_code_taken', { code });
  if (isNew) return;
  const unit = (await directory.orgOf(reads)).unit(unitId ?? '');
  if (unit?.state !== 'active') throw notFound('directory.unknown_unit');
  if (unit.parentId === null) throw refused('directory.institution_fixed');
}
