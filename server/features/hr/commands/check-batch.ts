import type { Actor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { effectiveRows, loadBatch, replaceFaults } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import type { Known, RawRow } from '../model.ts';
import { readBatch, type ReadBatch } from '../sheet/index.ts';
import { BatchTable, type BatchFigures } from '../tables.ts';

export interface Judged {
  readonly rows: readonly RawRow[];
  readonly known: Known;
  readonly read: ReadBatch;
}

/** All rows with their corrections against the directory as it is. */
export async function judge(ctx: HrContext, batchId: string, unitsComplete = false): Promise<Judged> {
  return ctx.db.read(async (reads) => {
    const [rows, known] = await Promise.all([
      effectiveRows(reads, ctx.cells, batchId),
      ctx.directory.known(reads),
    ]);
    const read = readBatch({ rows, known, today: dateOf(reads.now), unitsComplete });
    return { rows, known, read };
  });
}

/** Judge the batch again and note what is wrong with it. Answers how many faults are left. */
export async function checkBatch(ctx: HrContext, actor: Actor, batchId: string): Promise<number> {
  const { rows, known, read } = await judge(ctx, batchId);
  await ctx.db.write(actor, async (tx) => {
    const batch = await loadBatch(tx, batchId);
    await replaceFaults(tx, ctx.cells, batchId, rows, read.faults);
    await saveWithVersion(tx, BatchTable, batch, {
      faultCount: read.faults.length,
      figures: figuresOf(known, read),
    });
  });
  return read.faults.length;
}

/** How the file relates to what is stored, before any plan: who is new, who is known, who is missing. */
export function figuresOf(known: Known, { people, refusedStaffNos, faults }: ReadBatch): BatchFigures {
  const present = new Set([...people.map(({ staffNo }) => staffNo), ...refusedStaffNos]);
  const stored = new Set(known.people.map(({ staffNo }) => staffNo));
  const active = known.people.filter(({ state }) => state !== 'left');
  const added = people.filter(({ staffNo }) => !stored.has(staffNo)).length;
  return {
    added,
    unchanged: 0,
    changed: people.length - added,
    absent: active.filter(({ staffNo }) => !present.has(staffNo)).length,
    faultRows: new Set(faults.map(({ kind, line }) => `${kind}:${line}`)).size,
  };
}
