import { actorId, type Actor } from '../../../kernel/actor.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { HrContext } from '../deps.ts';
import { mustMaintain } from '../policy.ts';
import { keepFile, type KeptFile, NO_FILE } from '../kept-file.ts';
import { type HrUpload, takeFiles } from './read-batch.ts';
import { openBatch } from '../open-batch.ts';
import type { BatchRow } from '../tables.ts';

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
      const batchId = await newBatch(tx, { sourceKind: 'file', sourceName: '上传的表', fileName, ...file });
      enqueue(tx, { name: READ_JOB, key: batchId, payload: { batchId } });
      return batchId;
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
    ctx.db.write(actor, (tx) => newBatch(tx, { sourceKind: 'cli', sourceName: '命令行', fileName, ...file })),
  );
  await takeFiles(ctx, batchId, uploads);
  return batchId;
}

type Source = Pick<BatchRow, 'sourceKind' | 'sourceName' | 'fileName'> & KeptFile;

async function newBatch(tx: Tx, { fileName, ...source }: Source): Promise<string> {
  const batchId = await openBatch(tx, {
    ...source,
    sourceKey: FILE_SOURCE,
    fileName: fileName && [...fileName].slice(-MAX_FILE_NAME).join(''),
    createdBy: actorId(tx.actor),
  });
  const { fileHash } = source;
  recordAct(tx, { action: 'hr.upload', targetType: 'hrBatch', targetId: batchId, after: { fileHash } });
  return batchId;
}
