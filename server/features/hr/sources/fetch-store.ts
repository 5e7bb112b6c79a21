import { actorId } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { FetchTable, type FeedRow, type FetchRow } from './tables.ts';

export async function loadFetch(reads: Reads, fetchId: string): Promise<FetchRow> {
  const row = await reads.em.getRepository(FetchTable).findOneBy({ id: fetchId });
  if (!row) throw notFound('hr.unknown_source');
  return row;
}

/** A fetch that begins; the caller writes it. One that came by push does not keep another away. */
export const newFetch = (tx: Tx, { id }: FeedRow, startedBy: FetchRow['startedBy']): FetchRow => ({
  id: newId(),
  feedId: id,
  activeFeedId: startedBy === 'push' ? null : id,
  startedBy,
  state: 'waiting',
  tries: 0,
  createdAt: tx.now,
  createdBy: startedBy === 'push' ? `push:${id}` : actorId(tx.actor),
  finishedAt: null,
  cutOffAt: null,
  complete: false,
  unitRows: 0,
  peopleRows: 0,
  contentHash: null,
  batchId: null,
  trouble: null,
  version: 1,
});

/** The latest statement of a source that became a batch. */
export async function lastTaken(reads: Reads, feedId: string, before: string): Promise<FetchRow | null> {
  return reads.em
    .getRepository(FetchTable)
    .createQueryBuilder('f')
    .where(`f.feedId = :feedId and f.id < :before and f.state in ('done', 'unchanged', 'suspicious')`, {
      feedId,
      before,
    })
    .orderBy('f.id', 'DESC')
    .limit(1)
    .getOne();
}

/**
 * What a batch's source said about itself: null when it is no fetched batch, so that a person says whether it is
 * complete; false when nobody may say so (A1).
 */
export async function completeOf(reads: Reads, batchId: string): Promise<boolean | null> {
  const row = await reads.em
    .getRepository(FetchTable)
    .createQueryBuilder('f')
    .where('f.batchId = :batchId', { batchId })
    .orderBy('f.id', 'ASC')
    .limit(1)
    .getOne();
  return row?.complete ?? null;
}
