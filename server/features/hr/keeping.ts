import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { BlobStore } from '../../platform/files/index.ts';
import { deleteRows, type Keeping, numberIn } from '../../platform/keeping/index.ts';

const STATEMENTS = 'hr.statements';
const actor = systemActor(`keeping:${STATEMENTS}`);

/** A plan under way, or with a change whose day has not come, still reads the rows of its statement. */
const needs = (plan: string): string => `(${plan}.runState in ('running', 'paused')
  or (${plan}.startedAt is not null and exists (
    select 1 from hr_change ch where ch.planId = ${plan}.id and ch.result in ('waiting', 'retrying', 'planned'))))`;
const NEEDED = `exists (select 1 from hr_plan p where p.batchId = b.id and ${needs('p')})`;
const HOLDING = `(b.fileKey is not null or exists (select 1 from hr_row r where r.batchId = b.id)
  or exists (select 1 from hr_edit e where e.batchId = b.id))`;

export function hrKeepings(db: Db, blobs: Pick<BlobStore, 'remove'>): Keeping[] {
  return [
    {
      kind: STATEMENTS,
      // A statement is compared with the one before, and a complaint about it must still find it.
      atLeastDays: 30,
      ending: {
        how: 'delete',
        remove: (before, limit) => removeRows(db, blobs, before, limit),
        overdue: async (reads, before) =>
          (await numberIn(
            reads,
            `select count(*) as n from hr_batch b where b.createdAt < ? and ${HOLDING} and not ${NEEDED}`,
            [before],
          )) ?? 0,
        oldest: (reads) =>
          numberIn(reads, `select min(b.createdAt) as n from hr_batch b where ${HOLDING} and not ${NEEDED}`),
      },
    },
    deleteRows(db, {
      kind: 'hr.changes',
      atLeastDays: 366,
      table: 'hr_change',
      since: 'doneAt',
      where: `result in ('done', 'unchanged', 'failed', 'skipped')`,
    }),
    deleteRows(db, {
      kind: 'hr.unitActs',
      atLeastDays: 366,
      table: 'unit_act',
      since: 'endedAt',
      where: `state <> 'waiting'`,
      parts: [{ table: 'unit_act_item', column: 'actId' }],
    }),
    deleteRows(db, {
      kind: 'hr.fetches',
      atLeastDays: 30,
      table: 'hr_fetch',
      since: 'finishedAt',
      where: 'activeFeedId is null',
    }),
    deleteRows(db, {
      // Begun and never finished.
      kind: 'hr.openPushes',
      atLeastDays: 1,
      table: 'hr_push',
      since: 'createdAt',
      where: `state = 'open'`,
      parts: [{ table: 'hr_push_part', column: 'pushId' }],
    }),
    deleteRows(db, {
      // So long a repeat is known to be one.
      kind: 'hr.takenPushes',
      atLeastDays: 7,
      table: 'hr_push',
      since: 'createdAt',
      where: `state in ('taken', 'failed')`,
      parts: [{ table: 'hr_push_part', column: 'pushId' }],
    }),
    // Limits count the acts of one day.
    deleteRows(db, { kind: 'hr.scimActs', atLeastDays: 2, table: 'scim_act', since: 'doneAt' }),
  ];
}

/** Rows of one statement after another; what it was and what came of it stays. */
async function removeRows(
  db: Db,
  blobs: Pick<BlobStore, 'remove'>,
  before: number,
  limit: number,
): Promise<number> {
  const [batch] = await db.read((reads) =>
    reads.em.query<{ id: string; fileKey: string | null }[]>(
      `select b.id as id, b.fileKey as fileKey from hr_batch b
       where b.createdAt < ? and ${HOLDING} and not ${NEEDED} order by b.id limit 1`,
      [before],
    ),
  );
  if (batch === undefined) return 0;
  const rows = await removeSome(db, batch.id, limit);
  if (rows > 0) return rows;
  // The bytes first: cut off between, the row still points at them and is met again.
  if (batch.fileKey !== null) await blobs.remove(batch.fileKey);
  await db.write(actor, async (tx) => {
    await tx.em.query('delete from hr_edit where batchId = ?', [batch.id]);
    await tx.em.query('delete from hr_fault where batchId = ?', [batch.id]);
    await tx.em.query('update hr_batch set fileKey = null, version = version + 1 where id = ?', [batch.id]);
  });
  return 1;
}

async function removeSome(db: Db, batchId: string, limit: number): Promise<number> {
  const found = await db.read((reads) =>
    reads.em.query<{ id: string }[]>(
      `select id from hr_row where batchId = ? limit ${Math.min(limit, 900)}`,
      [batchId],
    ),
  );
  if (found.length === 0) return 0;
  const ids = found.map(({ id }) => id);
  return db.write(actor, (tx) =>
    updateCount(tx.em, `delete from hr_row where id in (${ids.map(() => '?').join(', ')})`, ids),
  );
}
