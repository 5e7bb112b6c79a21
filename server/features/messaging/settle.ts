import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { type Job, RunAgain } from '../../platform/jobs/index.ts';
import { WeComError } from '../../wecom/index.ts';
import { settledCard } from './content.ts';
import { type SendDeps, waitFor } from './send.ts';
import { MessageTable, type MessageRow } from './tables.ts';

const actor = systemActor('job:messaging.settle');
/** 企业微信 takes a response code for 72 hours; we stop a little earlier. */
const CODE_LIFE_MS = 72 * 3_600_000 - 300_000;

export interface SettleDeps extends SendDeps {
  /** Page of a subject, for the text that replaces a card too old to change. */
  readonly linkOf: (row: Pick<MessageRow, 'kind' | 'subjectType' | 'subjectId'>) => string;
}

/** Bring the last words of a closed card to everybody who holds one. */
export async function settleMessages(deps: SettleDeps, job: Job): Promise<void> {
  const { kind, ref } = job.payload as { kind: string; ref: string };
  const rows = await deps.db.read((reads) => reads.em.getRepository(MessageTable).findBy({ kind, ref }));
  const open = rows.filter((row) => row.finalWords !== null && row.settledBy === null);
  for (const row of open) await settleOne(deps, row, job.now);
}

async function settleOne(deps: SettleDeps, row: MessageRow, now: number): Promise<void> {
  if (row.state === 'queued') return cancel(deps.db, row);
  // The send job settles what was closed while it was sending.
  if (row.state !== 'sent') return;
  const userid = await deps.useridOf(row.personId);
  if (userid === null || row.content.type !== 'card') return markSettled(deps.db, row, 'none');
  try {
    await markSettled(deps.db, row, await say(deps, row, userid, now));
  } catch (error) {
    const wait = error instanceof WeComError ? waitFor(error, now) : null;
    if (wait === null) throw error;
    throw new RunAgain(wait, (error as WeComError).message);
  }
}

async function say(deps: SettleDeps, row: MessageRow, userid: string, now: number): Promise<'card' | 'text'> {
  const words = row.finalWords ?? '';
  const fresh = row.responseCode !== null && now - (row.responseCodeAt ?? 0) < CODE_LIFE_MS;
  if (fresh && row.content.type === 'card') {
    try {
      await deps.port.updateCard(userid, row.responseCode ?? '', settledCard(row.content.card, words));
      return 'card';
    } catch (error) {
      if (!(error instanceof WeComError) || waitFor(error, now) !== null) throw error;
      // 60140: the code is used up or too old after all. A text still tells.
    }
  }
  await deps.port.send(userid, {
    type: 'text',
    text: `这件事${words}。\n<a href="${deps.linkOf(row)}">看详情</a>`,
  });
  return 'text';
}

async function cancel(db: Db, row: MessageRow): Promise<void> {
  await db.write(actor, (tx) =>
    updateCount(
      tx.em,
      `update message set state = 'cancelled', reason = 'no longer needed', settledBy = 'none'
       where id = ? and state = 'queued'`,
      [row.id],
    ),
  );
}

async function markSettled(db: Db, row: MessageRow, by: string): Promise<void> {
  await db.write(actor, (tx) =>
    updateCount(
      tx.em,
      'update message set settledBy = ?, responseCode = null where id = ? and settledBy is null',
      [by, row.id],
    ),
  );
}
