import { dateOf } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { BatchTable, type BatchRow } from './tables.ts';

type Origin = Pick<BatchRow, 'sourceKind' | 'sourceKey' | 'sourceName' | 'createdBy'>;
/** Known at once of a source that was read already; a sheet says it when it is read. */
type Said = Partial<Omit<BatchRow, keyof Origin | 'id' | 'batchNumber' | 'state' | 'createdAt' | 'version'>>;

/** A batch without rows yet. Around it `againOnClash`: two at the same moment want the same number. */
export async function openBatch(tx: Tx, head: Origin & Said): Promise<string> {
  const batch: BatchRow = {
    id: newId(),
    batchNumber: await nextNumber(tx),
    state: 'reading',
    fileName: null,
    fileHash: null,
    fileKey: null,
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
    version: 1,
    ...head,
  };
  await insertRows(tx, BatchTable, [batch]);
  return batch.id;
}

/** `2026-11-20-1`; the unique key refuses the second of two at the same moment. */
async function nextNumber(tx: Tx): Promise<string> {
  const day = dateOf(tx.now);
  const [row] = await tx.em.query<{ n: number | string }[]>(
    'select count(*) as n from hr_batch where batchNumber like ?',
    [`${day}-%`],
  );
  return `${day}-${Number(row?.n ?? 0) + 1}`;
}
