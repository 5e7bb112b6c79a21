import { systemActor } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { MINUTE_MS } from '../../../../kernel/dates.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../../platform/db/rows.ts';
import { MAX_ATTEMPTS, RunAgain } from '../../../../platform/jobs/index.ts';
import type { SourcesContext } from '../deps.ts';
import { loadFeed, openFeed } from '../feed-store.ts';
import { loadFetch } from '../fetch-store.ts';
import { readSource } from '../read-source.ts';
import type { Statement } from '../statement.ts';
import { FetchTable, type FeedRow, type FetchRow } from '../tables.ts';
import { takeStatement } from '../take-statement.ts';
import { isPassing, trouble } from '../troubles.ts';
import { FETCH_JOB } from './fetch-source.ts';

const actor = systemActor(`job:${FETCH_JOB}`);
const READ_WITHIN_MS = 30 * MINUTE_MS;
const MAX_TRIES = 3;
const TRY_AGAIN_MS = 10 * MINUTE_MS;

/**
 * The job: read a source to its end and make it a batch. What may pass is tried again after a while; anything else, and
 * the third time, is told to somebody and leaves everything as it was.
 */
export async function runFetch(ctx: SourcesContext, fetchId: string, attempt: number): Promise<void> {
  try {
    await fetchOnce(ctx, fetchId);
  } catch (error) {
    if (attempt >= MAX_ATTEMPTS && !(error instanceof RunAgain)) await giveUp(ctx, fetchId);
    throw error;
  }
}

/** The job will not run again, and a fetch that seems to run would keep every other of its source away. */
async function giveUp(ctx: SourcesContext, fetchId: string): Promise<void> {
  const { state } = await ctx.db.read((reads) => loadFetch(reads, fetchId));
  if (state === 'waiting' || state === 'running') await failFetch(ctx, fetchId, trouble('given_up'));
}

async function fetchOnce(ctx: SourcesContext, fetchId: string): Promise<void> {
  const fetch = await ctx.db.read((reads) => loadFetch(reads, fetchId));
  if (fetch.state !== 'waiting' && fetch.state !== 'running') return;
  const feed = await ctx.db.read((reads) => loadFeed(reads, fetch.feedId));
  await ctx.db.write(actor, async (tx) =>
    saveWithVersion(tx, FetchTable, await loadFetch(tx, fetchId), {
      state: 'running',
      tries: fetch.tries + 1,
    }),
  );
  try {
    const statement = await read(ctx, feed);
    await takeStatement(ctx, actor, fetchId, statement);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'db.changed_meanwhile')
      throw error;
    await afterTrouble(ctx, fetch, error);
  }
}

async function read(ctx: SourcesContext, feed: FeedRow): Promise<Statement> {
  const { settings, secret } = openFeed(feed, ctx.vault);
  if (!feed.enabled || settings.kind === 'push') throw trouble('off');
  return readSource(settings, secret, {
    reach: ctx.reach,
    signal: AbortSignal.timeout(READ_WITHIN_MS),
    now: () => ctx.clock.now(),
    limits: ctx.askLimits,
  });
}

async function afterTrouble(ctx: SourcesContext, { id, tries }: FetchRow, error: AppError): Promise<void> {
  if (!isPassing(error.code) || tries + 1 >= MAX_TRIES) return failFetch(ctx, id, error);
  const at = ctx.clock.now() + TRY_AGAIN_MS;
  await ctx.db.write(actor, async (tx) =>
    saveWithVersion(tx, FetchTable, await loadFetch(tx, id), {
      state: 'waiting',
      trouble: { code: error.code, data: error.data },
    }),
  );
  throw new RunAgain(at, error.code);
}

/** A fetch that came to nothing: why is kept, shown and told. */
export async function failFetch(
  ctx: SourcesContext,
  fetchId: string,
  { code, data }: AppError,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const fetch = await loadFetch(tx, fetchId);
    const feed = await loadFeed(tx, fetch.feedId);
    await saveWithVersion(tx, FetchTable, fetch, {
      state: 'failed',
      activeFeedId: null,
      finishedAt: tx.now,
      trouble: { code, data },
    });
    // Whoever switched it off knows.
    if (feed.enabled) {
      const words = ctx.words(code, data);
      await ctx.troubles.failed(tx, { sourceId: feed.id, name: feed.name, fetchId, words });
    }
    recordAct(tx, {
      action: 'hr.failFetch',
      targetType: 'hrSource',
      targetId: feed.id,
      after: { fetchId, code },
      result: 'failed',
    });
  });
}
