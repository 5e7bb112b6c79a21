import { createHash } from 'node:crypto';
import { systemActor } from '../../../../kernel/actor.ts';
import { canonicalJson } from '../../../../kernel/canonical-json.ts';
import { MINUTE_MS } from '../../../../kernel/dates.ts';
import { AppError, badRequest, conflict, refused } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/id.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { againOnClash } from '../../../../platform/db/again-on-clash.ts';
import { insertRows, saveWithVersion } from '../../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../../platform/jobs/index.ts';
import type { Vault } from '../../../../platform/vault/index.ts';
import { type PushAnswer, type PushRequest, SOURCE_LIMITS } from '../contract.ts';
import type { SourcesContext } from '../deps.ts';
import { hashOfKey } from '../feed-store.ts';
import { newFetch } from '../fetch-store.ts';
import {
  FeedTable,
  type FeedRow,
  FetchTable,
  PushPartTable,
  type PushPartRow,
  PushTable,
  type PushRow,
} from '../tables.ts';

export const TAKE_PUSH_JOB = 'hr.takePush';
const PURPOSE = 'hr.push';
/** Clocks differ; more than this is a wrong one, and every later statement would look older. */
const AHEAD_MS = 10 * MINUTE_MS;

type Part = NonNullable<PushRequest['part']>;
type Finish = NonNullable<PushRequest['finish']>;

/**
 * The source behind a key. An unknown key, one that was replaced and one of a source that is off look alike.
 * @throws AppError `hr.push_key_unknown` (401)
 */
export async function feedOfKey(reads: Reads, authorization: string): Promise<FeedRow> {
  const pushKey = /^Bearer (hrk_[\w-]{43})$/.exec(authorization)?.[1];
  const feed =
    pushKey &&
    (await reads.em.getRepository(FeedTable).findOneBy({ keyHash: hashOfKey(pushKey), enabled: true }));
  if (!feed) throw new AppError('hr.push_key_unknown', { status: 401 });
  return feed;
}

/**
 * Keep a part of a statement, finish it, or both. What is said twice in the same words is done once and answered alike.
 * @throws conflict `hr.push_part_differs`, `hr.push_finished`, `hr.push_finish_differs`; refused `hr.push_counts_differ`
 *   {parts, units, people}, `hr.push_too_many_rows` {max}, `hr.push_too_many_open` {max}; badRequest `hr.push_future`
 */
export async function receivePush(
  ctx: SourcesContext,
  feed: FeedRow,
  { batchId, part, finish }: PushRequest,
): Promise<PushAnswer> {
  await againOnClash(() =>
    ctx.db.write(systemActor(`push:${feed.id}`), async (tx) => {
      const push = await findOrBegin(tx, feed.id, batchId);
      const grown = part ? await keepPart(tx, ctx.vault, push, part) : push;
      if (finish) await finishPush(tx, feed, grown, finish);
    }),
  );
  return { batchId, part: part?.number ?? null, finished: finish !== undefined };
}

async function findOrBegin(tx: Tx, feedId: string, callerBatchId: string): Promise<PushRow> {
  const repo = tx.em.getRepository(PushTable);
  const known = await repo.findOneBy({ feedId, callerBatchId });
  if (known) return known;
  const max = SOURCE_LIMITS.openPushes;
  if ((await repo.countBy({ feedId, state: 'open' })) >= max) throw refused('hr.push_too_many_open', { max });
  const push: PushRow = {
    id: newId(),
    feedId,
    callerBatchId,
    state: 'open',
    partCount: 0,
    unitRows: 0,
    peopleRows: 0,
    complete: false,
    cutOffAt: null,
    finishHash: null,
    fetchId: null,
    createdAt: tx.now,
    finishedAt: null,
    version: 1,
  };
  await insertRows(tx, PushTable, [push]);
  return push;
}

async function keepPart(
  tx: Tx,
  vault: Vault,
  push: PushRow,
  { number, units, people }: Part,
): Promise<PushRow> {
  const content = canonicalJson({ units, people });
  const contentHash = sha256(content);
  const known = await tx.em.getRepository(PushPartTable).findOneBy({ pushId: push.id, partNumber: number });
  if (known?.contentHash === contentHash) return push;
  if (known) throw conflict('hr.push_part_differs', { part: number });
  if (push.state !== 'open') throw conflict('hr.push_finished');
  const max = SOURCE_LIMITS.rows;
  if (push.unitRows + push.peopleRows + units.length + people.length > max)
    throw refused('hr.push_too_many_rows', { max });
  await insertRows(tx, PushPartTable, [
    {
      id: newId(),
      pushId: push.id,
      partNumber: number,
      contentHash,
      rowsSealed: vault.seal(PURPOSE, content),
    },
  ]);
  const counts = {
    partCount: push.partCount + 1,
    unitRows: push.unitRows + units.length,
    peopleRows: push.peopleRows + people.length,
  };
  await saveWithVersion(tx, PushTable, push, counts);
  return { ...push, ...counts, version: push.version + 1 };
}

async function finishPush(tx: Tx, feed: FeedRow, push: PushRow, finish: Finish): Promise<void> {
  const finishHash = sha256(canonicalJson(finish));
  if (push.finishHash === finishHash) return;
  if (push.state !== 'open') throw conflict('hr.push_finish_differs');
  const { partCount: parts, unitRows: units, peopleRows: people } = push;
  if (finish.parts !== parts || finish.units !== units || finish.people !== people)
    throw refused('hr.push_counts_differ', { parts, units, people });
  const cutOffAt = Date.parse(finish.cutOffAt);
  if (cutOffAt > tx.now + AHEAD_MS) throw badRequest('hr.push_future');
  const fetch = newFetch(tx, feed, 'push');
  await insertRows(tx, FetchTable, [fetch]);
  await saveWithVersion(tx, PushTable, push, {
    state: 'finished',
    complete: finish.complete,
    cutOffAt,
    finishHash,
    fetchId: fetch.id,
    finishedAt: tx.now,
  });
  enqueue(tx, { name: TAKE_PUSH_JOB, key: push.id, payload: { pushId: push.id } });
  recordAct(tx, {
    action: 'hr.finishPush',
    targetType: 'hrSource',
    targetId: feed.id,
    after: { batchId: push.callerBatchId, parts, units, people, complete: finish.complete },
  });
}

export const openPart = (vault: Vault, { rowsSealed }: PushPartRow): Pick<Part, 'units' | 'people'> =>
  rowsSealed === null
    ? { units: [], people: [] }
    : (JSON.parse(vault.open(PURPOSE, rowsSealed)) as Pick<Part, 'units' | 'people'>);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
