import { actorId, type Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { isReadable, loadBatch, someRows } from '../batch-store.ts';
import type { FixRequest } from '../contract.ts';
import type { HrContext } from '../deps.ts';
import type { SheetKind } from '../model.ts';
import { outdatePlansOf } from '../plan-store.ts';
import { mustMaintain } from '../policy.ts';
import { columnOf } from '../sheet/index.ts';
import { BatchTable, EditTable, FaultTable } from '../tables.ts';
import { checkBatch } from './check-batch.ts';

interface Cell {
  readonly kind: SheetKind;
  readonly line: number;
}

/**
 * Correct a cell, or every cell with the same fault and the same value. The correction belongs to the batch, never
 * to the file; all rows are judged again, and plans nobody has started are outdated. What is being carried out goes
 * on with the rows as they were when its plan was made.
 * @throws conflict `hr.batch_not_ready`; notFound `hr.no_such_cell`
 */
export async function fixCell(
  ctx: HrContext,
  actor: Actor,
  batchId: string,
  { kind, line, column, value, same }: FixRequest,
): Promise<{ fixed: number; faults: number }> {
  mustMaintain(actor);
  if (!columnOf(kind, column)) throw notFound('hr.no_such_cell');
  const batch = await ctx.db.read((reads) => loadBatch(reads, batchId));
  if (!isReadable(batch)) throw conflict('hr.batch_not_ready');
  const cells = await ctx.db.read(async (reads) => {
    const [row] = await someRows(reads, ctx.cells, batchId, { kind, from: line, limit: 1 });
    if (row?.line !== line) throw notFound('hr.no_such_cell');
    return same ? equalCells(reads, batchId, { kind, line, column }) : [{ kind, line }];
  });
  await ctx.db.write(actor, async (tx) => {
    await saveWithVersion(tx, BatchTable, batch, { state: 'ready', planId: null });
    await outdatePlansOf(tx, batchId);
    await insertRows(
      tx,
      EditTable,
      cells.map((cell) => ({
        id: newId(),
        batchId,
        ...cell,
        columnKey: column,
        valueSealed: ctx.cells.seal({ value }),
        editedAt: tx.now,
        editedBy: actorId(actor),
      })),
    );
    recordAct(tx, {
      action: 'hr.fixCell',
      targetType: 'hrBatch',
      targetId: batchId,
      after: { kind, line, column, cells: cells.length },
    });
  });
  return { fixed: cells.length, faults: await checkBatch(ctx, actor, batchId) };
}

/** Every cell of the column that has the fault of this one and its value; this one at least. */
async function equalCells(reads: Reads, batchId: string, cell: Cell & { column: string }): Promise<Cell[]> {
  const repo = reads.em.getRepository(FaultTable);
  const { column: columnKey, ...place } = cell;
  const fault = await repo.findOneBy({ batchId, columnKey, ...place });
  if (!fault) return [place];
  const { kind, code, valuePrint } = fault;
  const rows = await repo.findBy({ batchId, kind, columnKey, code, valuePrint });
  return rows.map((row) => ({ kind: row.kind, line: row.line }));
}
