import type { Actor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { keepRows, loadBatch, ROWS_AT_ONCE } from '../batch-store.ts';
import { checkBatch } from '../commands/check-batch.ts';
import { openBatch } from '../open-batch.ts';
import { FLOOR_PERCENT } from '../plan/index.ts';
import { BatchTable, SourceStateTable, type Trouble } from '../tables.ts';
import type { SourcesContext } from './deps.ts';
import { loadFeed } from './feed-store.ts';
import { lastTaken, loadFetch } from './fetch-store.ts';
import type { Statement } from './statement.ts';
import { FetchTable, type FetchRow } from './tables.ts';

const HALF = 500;
const WHOLE = 1000;

/**
 * From a statement to a batch as a sheet would give it: rows kept sealed, judged, ready for a plan. The same statement
 * as the last one makes no new batch. Cut off anywhere it begins again with the batch it had opened.
 * @throws refused `hr.no_rows`, `hr.source_older` {said, last}: nothing is kept of it
 */
export async function takeStatement(
  ctx: SourcesContext,
  actor: Actor,
  fetchId: string,
  statement: Statement,
): Promise<void> {
  const doubt = await ctx.db.read(async (reads) => {
    const { feedId } = await loadFetch(reads, fetchId);
    const known = await reads.em.getRepository(SourceStateTable).findOneBy({ id: feedId });
    return judge(statement, known);
  });
  const batchId = await againOnClash(() =>
    ctx.db.write(actor, (tx) => openOrKnow(ctx, tx, fetchId, statement, doubt)),
  );
  if (batchId === null) return;
  for (let at = 0; at < statement.rows.length; at += ROWS_AT_ONCE) {
    const slice = statement.rows.slice(at, at + ROWS_AT_ONCE);
    await ctx.db.write(actor, (tx) => keepRows(tx, ctx.cells, batchId, slice));
  }
  // Without a required column every row would be a fault; the missing column is told instead.
  if (statement.missingColumns.length === 0) await checkBatch(ctx, actor, batchId);
  await ctx.db.write(actor, async (tx) => {
    await saveWithVersion(tx, BatchTable, await loadBatch(tx, batchId), {
      state: 'ready',
      progressMille: WHOLE,
    });
    await finish(ctx, tx, fetchId, { state: doubt === null ? 'done' : 'suspicious', trouble: doubt });
  });
}

interface LastGood {
  readonly lastGoodPeople: number | null;
  readonly lastCutOffAt: number | null;
}

/**
 * A2: what would be stopped when it is planned is said at once. A shrunken list is kept, so that it can be looked at;
 * an older one is not, since everything in it was said differently later.
 */
function judge({ rows, people, complete, cutOffAt }: Statement, known: LastGood | null): Trouble | null {
  if (rows.length === 0) throw refused('hr.no_rows');
  const last = known?.lastCutOffAt ?? 0;
  if (cutOffAt < last) throw refused('hr.source_older', { said: dateOf(cutOffAt), last: dateOf(last) });
  const good = known?.lastGoodPeople ?? 0;
  if (!complete || people * 100 >= good * FLOOR_PERCENT) return null;
  return { code: 'hr.source_below_floor', data: { people, last: good, percent: FLOOR_PERCENT } };
}

/** The batch to fill; null when the last one says the same. */
async function openOrKnow(
  ctx: SourcesContext,
  tx: Tx,
  fetchId: string,
  statement: Statement,
  doubt: Trouble | null,
): Promise<string | null> {
  const fetch = await loadFetch(tx, fetchId);
  const { hash, complete, cutOffAt, units, people } = statement;
  const said = { contentHash: hash, complete, cutOffAt, unitRows: units, peopleRows: people };
  if (fetch.batchId !== null) {
    await tx.em.query('delete from hr_row where batchId = ?', [fetch.batchId]);
    await saveWithVersion(tx, FetchTable, fetch, said);
    await saveWithVersion(tx, BatchTable, await loadBatch(tx, fetch.batchId), headOf(ctx, statement, doubt));
    return fetch.batchId;
  }
  const last = await lastTaken(tx, fetch.feedId, fetch.id);
  if (last?.contentHash === hash && last.complete === complete) {
    await saveWithVersion(tx, FetchTable, fetch, { ...said, batchId: last.batchId });
    await finish(ctx, tx, fetchId, { state: doubt === null ? 'unchanged' : 'suspicious', trouble: doubt });
    return null;
  }
  const { id: sourceKey, kind, name } = await loadFeed(tx, fetch.feedId);
  const batchId = await openBatch(tx, {
    sourceKind: kind,
    sourceKey,
    sourceName: name,
    createdBy: fetch.createdBy,
    ...headOf(ctx, statement, doubt),
  });
  await saveWithVersion(tx, FetchTable, fetch, { ...said, batchId });
  return batchId;
}

const headOf = ({ words }: SourcesContext, statement: Statement, doubt: Trouble | null) => ({
  fileHash: statement.hash,
  cutOffAt: statement.cutOffAt,
  columns: statement.columns,
  missingColumns: statement.missingColumns,
  unitRows: statement.units,
  peopleRows: statement.people,
  warnings: [
    ...(doubt ? [words(doubt.code, doubt.data)] : []),
    ...(statement.complete ? [] : [words('hr.source_not_complete')]),
  ],
  progressMille: HALF,
});

/** The end of a fetch that read its source: what was wrong before is over, what is doubtful now is told. */
async function finish(
  ctx: SourcesContext,
  tx: Tx,
  fetchId: string,
  outcome: Pick<FetchRow, 'state' | 'trouble'>,
): Promise<void> {
  const fetch = await loadFetch(tx, fetchId);
  const { id: sourceId, name } = await loadFeed(tx, fetch.feedId);
  await saveWithVersion(tx, FetchTable, fetch, { ...outcome, activeFeedId: null, finishedAt: tx.now });
  const { trouble } = outcome;
  if (trouble) {
    const words = ctx.words(trouble.code, trouble.data);
    await ctx.troubles.failed(tx, { sourceId, name, fetchId, words });
  } else await ctx.troubles.settled(tx, sourceId);
  recordAct(tx, {
    action: 'hr.takeStatement',
    targetType: 'hrSource',
    targetId: sourceId,
    after: { fetchId, batchId: fetch.batchId, hash: fetch.contentHash, complete: fetch.complete },
    result: outcome.state,
  });
}
