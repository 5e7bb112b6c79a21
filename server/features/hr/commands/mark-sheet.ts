import type { Actor } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { allFaults, loadBatch } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import { openFile } from '../kept-file.ts';
import { mayTakeFile, mustMaintain } from '../policy.ts';
import { markedCopy } from '../sheet/index.ts';

/**
 * The sheet as it came with its faults marked, for who brought it alone: it holds everybody's personal data in clear,
 * so taking it is kept in the audit (H6).
 * @throws notFound `hr.no_file`; forbidden `hr.not_your_file`
 */
export async function markSheet(
  ctx: HrContext,
  actor: Actor,
  batchId: string,
): Promise<{ name: string; bytes: Buffer }> {
  mustMaintain(actor);
  const { batch, faults, unitCodes } = await ctx.db.write(actor, async (tx) => {
    const found = await loadBatch(tx, batchId);
    if (found.fileKey === null) throw notFound('hr.no_file');
    if (!mayTakeFile(actor, found)) throw forbidden('hr.not_your_file');
    recordAct(tx, { action: 'hr.takeMarkedSheet', targetType: 'hrBatch', targetId: batchId });
    const units = (await ctx.directory.orgOf(tx)).units();
    return { batch: found, faults: await allFaults(tx, batchId), unitCodes: units.map(({ code }) => code) };
  });
  const file = await openFile(ctx, batch.fileKey ?? '');
  const bytes = await markedCopy(file, batch.fileName ?? '', faults, unitCodes);
  return { name: `标错-${batch.batchNumber}.xlsx`, bytes };
}
