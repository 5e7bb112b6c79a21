import type { Actor } from '../../../../kernel/actor.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { conflict, refused } from '../../../../kernel/errors.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../../platform/db/rows.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { dailyAt, enqueue } from '../../../../platform/jobs/index.ts';
import { mustMaintain } from '../../policy.ts';
import type { SourcesContext } from '../deps.ts';
import { loadFeed } from '../feed-store.ts';
import { newFetch } from '../fetch-store.ts';
import { FeedTable, FetchTable, type FeedRow, type FetchRow } from '../tables.ts';

export const FETCH_JOB = 'hr.fetchSource';
export const DUE_SOURCES_JOB = 'hr.dueSources';
const clockwork = systemActor(`job:${DUE_SOURCES_JOB}`);

/**
 * Fetch now: the maintainers' act, because what comes is theirs to look after.
 * @throws refused `hr.source_pushes`; conflict `hr.source_off`, `hr.source_under_way`
 */
export async function fetchNow(ctx: SourcesContext, actor: Actor, sourceId: string): Promise<string> {
  mustMaintain(actor);
  return underWayOnce(() =>
    ctx.db.write(actor, async (tx) => {
      const feed = await loadFeed(tx, sourceId);
      if (feed.kind === 'push') throw refused('hr.source_pushes');
      if (!feed.enabled) throw conflict('hr.source_off');
      const fetch = await begin(tx, feed, 'hand');
      recordAct(tx, { action: 'hr.fetchSource', targetType: 'hrSource', targetId: feed.id });
      return fetch.id;
    }),
  );
}

/** The one place for a fetch of this source is taken. */
async function underWayOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? conflict('hr.source_under_way') : error;
  }
}

async function begin(tx: Tx, feed: FeedRow, startedBy: FetchRow['startedBy']): Promise<FetchRow> {
  const fetch = newFetch(tx, feed, startedBy);
  await insertRows(tx, FetchTable, [fetch]);
  enqueue(tx, { name: FETCH_JOB, key: fetch.id, payload: { fetchId: fetch.id } });
  return fetch;
}

/**
 * Begin what is due, once per source and day. What was missed while everything was down is caught up the next minute;
 * while an earlier fetch is still under way it waits.
 */
export async function fetchDue(ctx: SourcesContext, now: number): Promise<void> {
  const feeds = await ctx.db.read((reads) => reads.em.getRepository(FeedTable).findBy({ enabled: true }));
  for (const { id, hour, seenToAt } of feeds) {
    if (hour === null || dueAt(hour, now) <= seenToAt) continue;
    await ctx.db.write(clockwork, (tx) => beginDue(tx, id, now));
  }
}

async function beginDue(tx: Tx, sourceId: string, now: number): Promise<void> {
  const feed = await loadFeed(tx, sourceId);
  if (!feed.enabled || feed.hour === null || dueAt(feed.hour, now) <= feed.seenToAt) return;
  if (await tx.em.getRepository(FetchTable).existsBy({ activeFeedId: feed.id })) return;
  await saveWithVersion(tx, FeedTable, feed, { seenToAt: dueAt(feed.hour, now) });
  await begin(tx, feed, 'schedule');
}

/** The latest moment this hour came round, today or yesterday. */
export const dueAt = (hour: number, now: number): number => dailyAt(FETCH_JOB, hour).bucket(now) ?? 0;
