import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Db, Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue, type Job, RunAgain } from '../../platform/jobs/index.ts';
import { FixPermission, RetryLater, StopAll, WeComError } from '../../wecom/index.ts';
import { SETTLE_JOB } from './outbox.ts';
import type { MessagePort, SendResult } from './port.ts';
import { MessageTable, type MessageRow } from './tables.ts';

const actor = systemActor('job:messaging.send');
const BUSY_PAUSE_MS = 20_000;
const STOPPED_PAUSE_MS = 600_000;
/** A card nobody could be sent for this long is no news any more. */
const GIVE_UP_MS = 7 * 86_400_000;

export interface SendDeps {
  readonly db: Db;
  readonly port: MessagePort;
  /** The member behind a person who can get messages now; null for locked, left or unknown people. */
  readonly useridOf: (personId: string) => Promise<string | null>;
}

/** Send one message, once, if it is still wanted. */
export async function sendMessage(deps: SendDeps, job: Job): Promise<void> {
  const { messageId } = job.payload as { messageId: string };
  const row = await load(deps.db, messageId);
  if (!row || (row.state !== 'queued' && row.state !== 'sending')) return;
  // `sending` means an earlier run may have reached 企业微信: it must be repeated to learn the response code.
  if (row.finalWords !== null && row.state === 'queued')
    return close(deps.db, row, 'cancelled', 'no longer needed');
  const userid = await deps.useridOf(row.personId);
  if (userid === null) return close(deps.db, row, 'unreachable', 'not active');
  // Cancelled in this very moment.
  if (!(await markSending(deps.db, row))) return;
  const result = await attempt(deps, row, userid, job.now);
  if (result) await record(deps.db, row, result, job.now);
}

async function attempt(
  { port, db }: SendDeps,
  row: MessageRow,
  userid: string,
  now: number,
): Promise<SendResult | null> {
  try {
    const { content } = row;
    return await port.send(
      userid,
      content.type === 'card' ? { type: 'card', card: { ...content.card, taskId: row.id } } : content,
    );
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    const wait = waitFor(error, now);
    if (wait !== null && now - row.createdAt < GIVE_UP_MS) {
      // It certainly did not go out: until the next run it can still be cancelled.
      if (row.state === 'queued' && !error.maybeSent) await unmarkSending(db, row);
      throw new RunAgain(wait, error.message);
    }
    await close(db, row, 'failed', error.message);
    return null;
  }
}

/** When to try again; null when trying again cannot help. */
export function waitFor(error: WeComError, now: number): number | null {
  if (error instanceof RetryLater)
    return Math.max(error.retryAt ?? 0, now + BUSY_PAUSE_MS * (0.5 + Math.random()));
  // Somebody has to set something right; nothing is lost meanwhile.
  if (error instanceof StopAll || error instanceof FixPermission)
    return Math.max(error.retryAt ?? 0, now + STOPPED_PAUSE_MS);
  return null;
}

const load = (db: Db, id: string): Promise<MessageRow | null> =>
  db.read((reads) => reads.em.getRepository(MessageTable).findOneBy({ id }));

async function markSending(db: Db, row: MessageRow): Promise<boolean> {
  if (row.state === 'sending') return true;
  const changed = await db.write(actor, (tx) =>
    updateCount(tx.em, `update message set state = 'sending' where id = ? and state = 'queued'`, [row.id]),
  );
  return changed === 1;
}

async function unmarkSending(db: Db, row: MessageRow): Promise<void> {
  await db.write(actor, (tx) =>
    updateCount(tx.em, `update message set state = 'queued' where id = ? and state = 'sending'`, [row.id]),
  );
}

async function close(db: Db, row: MessageRow, state: MessageRow['state'], reason: string): Promise<void> {
  await db.write(actor, (tx) =>
    tx.em.query('update message set state = ?, reason = ? where id = ?', [
      state,
      reason.slice(0, 191),
      row.id,
    ]),
  );
}

async function record(db: Db, row: MessageRow, result: SendResult, now: number): Promise<void> {
  await db.write(actor, async (tx) => {
    if (!result.reached) {
      await tx.em.query(`update message set state = 'unreachable', reason = ? where id = ?`, [
        'outside the visible range',
        row.id,
      ]);
      return;
    }
    // A tap may already have filed a newer response code.
    await tx.em.query(
      `update message set state = 'sent', msgId = ?, sentAt = ?,
       responseCodeAt = case when responseCode is null then ? else responseCodeAt end,
       responseCode = coalesce(responseCode, ?) where id = ?`,
      [result.msgId, now, now, result.responseCode, row.id],
    );
    await settleIfClosedMeanwhile(tx, row.id);
  });
}

async function settleIfClosedMeanwhile(tx: Tx, id: string): Promise<void> {
  const row = await tx.em.getRepository(MessageTable).findOneBy({ id });
  if (!row || row.finalWords === null || row.settledBy !== null) return;
  enqueue(tx, { name: SETTLE_JOB, key: `late:${id}`, payload: { kind: row.kind, ref: row.ref } });
}
