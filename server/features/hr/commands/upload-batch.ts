import { actorId, type Actor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { HrContext } from '../deps.ts';
import { mustMaintain } from '../policy.ts';
import { keepFile, type KeptFile, NO_FILE } from '../kept-file.ts';
import { type HrUpload, takeFiles } from './read-batch.ts';
import { BatchTable, type BatchRow, type SourceKind } from '../tables.ts';

export const READ_JOB = 'hr.readBatch';
/** Files people upload are one source: the next one is compared with the last (A2). */
export const FILE_SOURCE = 'file';
const MAX_FILE_NAME = 200;

/** Take a file in: nothing in it is read yet, nobody is touched. Its bytes are safe before the batch exists. */
export async function uploadBatch(
  ctx: HrContext,
  actor: Actor,
  { bytes, fileName }: HrUpload,
): Promise<string> {
  mustMaintain(actor);
  const file = await keepFile(ctx, bytes);
  return againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const batch = await newBatch(tx, { kind: 'file', name: '上传的表', fileName, ...file });
      enqueue(tx, { name: READ_JOB, key: batch.id, payload: { batchId: batch.id } });
      return batch.id;
    }),
  );
}

/** Take files in and read them at once: the command line. A statement may come as a file of units and one of people. */
export async function takeStatement(
  ctx: HrContext,
  actor: Actor,
  uploads: readonly HrUpload[],
): Promise<string> {
  mustMaintain(actor);
  const fileName = uploads.map((upload) => upload.fileName).join('、');
  const [only, ...others] = uploads;
  const file = only && others.length === 0 ? await keepFile(ctx, only.bytes) : NO_FILE;
  const batchId = await againOnClash(() =>
    ctx.db.write(
      actor,
      async (tx) => (await newBatch(tx, { kind: 'cli', name: '命令行', fileName, ...file })).id,
    ),
  );
  await takeFiles(ctx, batchId, uploads);
  return batchId;
}

interface Source extends KeptFile {
  readonly kind: SourceKind;
  readonly name: string;
  readonly fileName: string;
}

async function newBatch(tx: Tx, { kind, name, fileName, fileHash, fileKey }: Source): Promise<BatchRow> {
  const batch: BatchRow = {
    id: newId(),
    batchNumber: await nextNumber(tx),
    state: 'reading',
    sourceKind: kind,
    sourceKey: FILE_SOURCE,
    sourceName: name,
    fileName: [...fileName].slice(-MAX_FILE_NAME).join(''),
    fileHash,
    fileKey,
    encoding: null,
    cutOffAt: tx.now,
    columns: [],
    missingColumns: [],
    unitRows: 0,
    peopleRows: 0,
    faultCount: 0,
    figures: { unchanged: 0, changed: 0, added: 0, absent: null, faultRows: 0 },
    warnings: [],
    progressMille: 0,
    trouble: null,
    planId: null,
    createdAt: tx.now,
    createdBy: actorId(tx.actor),
    version: 1,
  };
  await insertRows(tx, BatchTable, [batch]);
  recordAct(tx, { action: 'hr.upload', targetType: 'hrBatch', targetId: batch.id, after: { fileHash } });
  return batch;
}

/** `2026-11-20-1`; two at the same moment meet at the unique key, and the one that lost tries again. */
async function nextNumber(tx: Tx): Promise<string> {
  const day = dateOf(tx.now);
  const [row] = await tx.em.query<{ n: number | string }[]>(
    'select count(*) as n from hr_batch where batchNumber like ?',
    [`${day}-%`],
  );
  return `${day}-${Number(row?.n ?? 0) + 1}`;
}
