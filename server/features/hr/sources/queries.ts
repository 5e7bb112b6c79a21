import { In } from 'typeorm';
import type { Actor } from '../../../kernel/actor.ts';
import { DAY_MS } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { mayMaintain } from '../policy.ts';
import { COLUMNS } from '../sheet/index.ts';
import { BatchTable } from '../tables.ts';
import type {
  FetchBrief,
  FetchesAnswer,
  PushStatus,
  SourceAnswer,
  SourceBrief,
  SourcesAnswer,
} from './contract.ts';
import { dueAt } from './commands/fetch-source.ts';
import type { SourcesContext } from './deps.ts';
import { loadFeed, openFeed, whereOf } from './feed-store.ts';
import { mayManage } from './policy.ts';
import { FeedTable, type FeedRow, FetchTable, type FetchRow, PushTable } from './tables.ts';

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Sources that were set up, the oldest first, each with its last fetch. Where they are is the managers' business. */
export async function listSources(
  ctx: SourcesContext,
  reads: Reads,
  actor: Actor,
  { cursor = '', limit }: Page,
): Promise<SourcesAnswer> {
  const rows = await reads.em
    .getRepository(FeedTable)
    .createQueryBuilder('f')
    .where('f.id > :cursor', { cursor })
    .orderBy('f.id', 'ASC')
    .limit(limit + 1)
    .getMany();
  const items: SourceBrief[] = [];
  for (const row of rows.slice(0, limit)) items.push(await sourceBrief(ctx, reads, actor, row));
  return {
    items,
    next: rows.length > limit ? (items.at(-1)?.sourceId ?? null) : null,
    can: { add: mayManage(actor) },
    columns: (['units', 'people'] as const).flatMap((kind) =>
      COLUMNS[kind].map(({ key, label, required }) => ({ kind, column: key, label, required })),
    ),
  };
}

async function sourceBrief(
  ctx: SourcesContext,
  reads: Reads,
  actor: Actor,
  feed: FeedRow,
): Promise<SourceBrief> {
  const [last] = (await fetchesOf(ctx, reads, feed.id, { limit: 1 })).items;
  const { settings } = openFeed(feed, ctx.vault);
  return {
    sourceId: feed.id,
    kind: feed.kind,
    name: feed.name,
    where: mayManage(actor) ? whereOf(settings) : null,
    full: settings.kind === 'push' ? null : settings.full,
    hour: feed.hour,
    enabled: feed.enabled,
    nextAt: nextAt(feed, reads.now),
    last: last ?? null,
    can: {
      fetch: mayMaintain(actor) && feed.enabled && feed.kind !== 'push',
      change: mayManage(actor),
    },
  };
}

/** A moment that was missed comes now. */
function nextAt({ hour, enabled, seenToAt }: FeedRow, now: number): number | null {
  if (hour === null || !enabled) return null;
  const latest = dueAt(hour, now);
  return latest > seenToAt ? now : latest + DAY_MS;
}

/** What was set up, without what is secret. */
export async function readSourceAnswer(
  ctx: SourcesContext,
  reads: Reads,
  sourceId: string,
): Promise<SourceAnswer> {
  const feed = await loadFeed(reads, sourceId);
  const { settings, secret } = openFeed(feed, ctx.vault);
  return { sourceId, settings, hasSecret: secret !== '', version: feed.version };
}

/** Attempts of one source, the newest first. @throws notFound `hr.unknown_source` */
export async function listFetches(
  ctx: SourcesContext,
  reads: Reads,
  sourceId: string,
  page: Page,
): Promise<FetchesAnswer> {
  await loadFeed(reads, sourceId);
  return fetchesOf(ctx, reads, sourceId, page);
}

async function fetchesOf(
  { words }: SourcesContext,
  reads: Reads,
  feedId: string,
  { cursor, limit }: Page,
): Promise<FetchesAnswer> {
  const rows = await reads.em
    .getRepository(FetchTable)
    .createQueryBuilder('f')
    .where('f.feedId = :feedId', { feedId })
    .andWhere(cursor ? 'f.id < :cursor' : '1 = 1', { cursor })
    .orderBy('f.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const shown = rows.slice(0, limit);
  const ids = shown.flatMap(({ batchId }) => batchId ?? []);
  const batches = ids.length === 0 ? [] : await reads.em.getRepository(BatchTable).findBy({ id: In(ids) });
  const numbers = new Map(batches.map(({ id, batchNumber }) => [id, batchNumber]));
  return {
    items: shown.map((row) => fetchBrief(row, numbers, words)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

const fetchBrief = (
  row: FetchRow,
  numbers: ReadonlyMap<string, string>,
  words: SourcesContext['words'],
): FetchBrief => ({
  fetchId: row.id,
  trigger: row.startedBy,
  state: row.state,
  startedAt: row.createdAt,
  finishedAt: row.finishedAt,
  cutOffAt: row.cutOffAt,
  complete: row.complete,
  rows: { units: row.unitRows, people: row.peopleRows },
  batch: row.batchId === null ? null : { batchId: row.batchId, number: numbers.get(row.batchId) ?? '' },
  notes: row.trouble === null ? [] : [words(row.trouble.code, row.trouble.data)],
});

/** What became of a pushed statement, for its caller. @throws notFound `hr.push_unknown` */
export async function readPushStatus(
  { words }: SourcesContext,
  reads: Reads,
  feed: FeedRow,
  callerBatchId: string,
): Promise<PushStatus> {
  const push = await reads.em.getRepository(PushTable).findOneBy({ feedId: feed.id, callerBatchId });
  if (!push) throw notFound('hr.push_unknown');
  const fetch =
    push.fetchId === null ? null : await reads.em.getRepository(FetchTable).findOneBy({ id: push.fetchId });
  const batch = fetch?.batchId
    ? await reads.em.getRepository(BatchTable).findOneBy({ id: fetch.batchId })
    : null;
  return {
    batchId: callerBatchId,
    state: push.state,
    received: { parts: push.partCount, units: push.unitRows, people: push.peopleRows },
    batchNumber: batch?.batchNumber ?? null,
    faults: push.state === 'taken' ? (batch?.faultCount ?? null) : null,
    notes: fetch?.trouble ? [words(fetch.trouble.code, fetch.trouble.data)] : [],
  };
}
