/** Locks that stand. None ends by itself (S3-2.4b, 2.5b): somebody has to decide, and this list says where. */
import { In } from 'typeorm';
import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { both, type Clause, clause, countIn, within } from './clause.ts';
import { type AccountsContext, LOCK, policyOf, viewerOf } from './commands/context.ts';
import type { LocksAnswer, LocksQuery } from './contract.ts';
import { duesOf } from './dues.ts';
import * as policy from './policy.ts';
import { scopeOf } from './request-lists.ts';
import { type LockRow, LockTable } from './tables.ts';
import { stateWords } from './words.ts';

/** H5: since when, never why; the same words for everybody. */
export function lockAnswer(
  lock: LockRow,
  viewer: policy.Viewer,
  context: policy.PolicyContext,
): Omit<LocksAnswer['items'][number], 'personId' | 'personName' | 'unitName' | 'due'> {
  const sends = policy.mayDecide(viewer, lock, context);
  const isOpen = lock.decisionRequestId === null;
  return {
    lockId: lock.id,
    words: stateWords('locked', lock.sinceAt),
    untilOn: sends ? lock.untilOn : null,
    decided: !isOpen,
    can: {
      decide: sends && isOpen,
      recordResult: sends && isOpen && lock.resultOn === null,
      readReason: policy.mayReadReason(viewer, lock.personId, context),
    },
  };
}

const LOCKS = 'account_lock k';

/** Oldest first: what has waited longest. Of one's own units, or all for IT and HR; never the own lock. */
export async function listLocks(
  ctx: AccountsContext,
  reads: Reads,
  personId: string,
  query: LocksQuery,
): Promise<LocksAnswer> {
  const org = await ctx.orgOf(reads);
  const viewer = viewerOf(org, personId);
  const scope = scopeOf(ctx, org, viewer);
  const seen = both(
    clause(`k.state = 'on' and k.personId <> ?`, personId),
    scope === 'all' ? clause('1 = 1') : within('k.unitId', scope),
  );
  const boxes = { due: both(seen, isDue(dateOf(reads.now))), all: seen };
  const wanted = boxes[query.box];
  const here = query.cursor === undefined ? wanted : both(wanted, clause('k.id > ?', query.cursor));
  const found = await idsOf(reads, here, query.limit + 1);
  const ids = found.slice(0, query.limit);
  const rows = new Map(
    (await reads.em.getRepository(LockTable).findBy({ id: In(ids) })).map((row) => [row.id, row]),
  );
  const due = await duesOf(ctx, reads, LOCK, ids);
  const context = policyOf(ctx, org);
  return {
    items: ids.flatMap((id) => {
      const lock = rows.get(id);
      if (!lock) return [];
      return [
        {
          ...lockAnswer(lock, viewer, context),
          personId: lock.personId,
          personName: org.person(lock.personId)?.name ?? '',
          unitName: org.unit(lock.unitId)?.name ?? '',
          due: due(id),
        },
      ];
    }),
    next: found.length > query.limit ? (ids.at(-1) ?? null) : null,
    counts:
      query.cursor === undefined
        ? { due: await countIn(reads, LOCKS, boxes.due), all: await countIn(reads, LOCKS, boxes.all) }
        : null,
  };
}

/** The result of the review leads, else the day it was meant to end on. */
const isDue = (today: string): Clause =>
  clause(
    `k.decisionRequestId is null and (k.resultOn <= ? or (k.resultOn is null and k.untilOn <= ?))`,
    today,
    today,
  );

async function idsOf(reads: Reads, { sql, params }: Clause, limit: number): Promise<string[]> {
  const rows = await reads.em.query<{ id: string }[]>(
    `select k.id from ${LOCKS} where ${sql} order by k.id limit ${limit}`,
    [...params],
  );
  return rows.map(({ id }) => id);
}
