import { systemActor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { keepRows, loadBatch, ROWS_AT_ONCE } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import { openFile } from '../kept-file.ts';
import type { RawRow } from '../model.ts';
import { labelOf, readHrFile } from '../sheet/index.ts';
import { BatchTable, type BatchRow } from '../tables.ts';
import { checkBatch } from './check-batch.ts';

const actor = systemActor('job:hr.readBatch');
const HALF = 500;
const WHOLE = 1000;

export interface HrUpload {
  readonly bytes: Buffer;
  readonly fileName: string;
}

/** The job: from the uploaded file to rows. */
export async function readBatchFile(ctx: HrContext, batchId: string): Promise<void> {
  const batch = await ctx.db.read((reads) => loadBatch(reads, batchId));
  if (batch.state !== 'reading') return;
  if (batch.fileKey === null) throw new Error(`statement ${batchId} has no file to read`);
  const bytes = await openFile(ctx, batch.fileKey);
  await takeFiles(ctx, batchId, [{ bytes, fileName: batch.fileName ?? '' }]);
}

/** From files to rows: recognised, kept sealed, judged. What cannot be read says why and touches nothing. */
export async function takeFiles(
  ctx: HrContext,
  batchId: string,
  uploads: readonly HrUpload[],
): Promise<void> {
  try {
    await take(ctx, batchId, uploads);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await note(ctx, batchId, {
      state: 'unreadable',
      trouble: { code: error.code, data: error.data },
      progressMille: WHOLE,
    });
  }
}

async function take(ctx: HrContext, batchId: string, uploads: readonly HrUpload[]): Promise<void> {
  const { units } = await ctx.db.read((reads) => ctx.directory.known(reads));
  const knownUnitCodes = units.map(({ code }) => code);
  const files = [];
  for (const { bytes, fileName } of uploads)
    files.push(await readHrFile(bytes, { fileName, knownUnitCodes }));
  const rows = files.flatMap((file) => file.rows);
  const count = (kind: RawRow['kind']) => rows.filter((row) => row.kind === kind).length;
  await note(ctx, batchId, {
    encoding: files[0]?.encoding ?? null,
    columns: files.flatMap((file) => file.columns),
    missingColumns: files.flatMap((file) =>
      file.missingColumns.map(({ kind, column }) => labelOf(kind, column)),
    ),
    warnings: files.flatMap((file) =>
      file.ignoredSheets.map((name) => `工作表“${name}”不是部门或人员，没有读`),
    ),
    unitRows: count('units'),
    peopleRows: count('people'),
    progressMille: HALF,
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const slice = rows.slice(at, at + ROWS_AT_ONCE);
    await ctx.db.write(actor, (tx) => keepRows(tx, ctx.cells, batchId, slice));
  }
  // Without a required column every row would be a fault; the missing column is told instead.
  if (files.every(({ missingColumns }) => missingColumns.length === 0)) await checkBatch(ctx, actor, batchId);
  await note(ctx, batchId, { state: 'ready', progressMille: WHOLE });
}

async function note(
  ctx: HrContext,
  batchId: string,
  changes: Partial<Omit<BatchRow, 'id' | 'version'>>,
): Promise<void> {
  await ctx.db.write(actor, async (tx) =>
    saveWithVersion(tx, BatchTable, await loadBatch(tx, batchId), changes),
  );
}
