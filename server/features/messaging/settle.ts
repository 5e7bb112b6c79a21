import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { type Job, RunAgain } from '../../platform/jobs/index.ts';
import { WeComError } from '../../wecom/index.ts';
import { settledCard } from './content.ts';
import { type SendDeps, waitFor } from './send.ts';
import { textWithLink } from './text-with-link.ts';
import { MessageTable, type MessageRow } from './tables.ts';

const actor = systemActor('job:messaging.settle');
/** 企业微信 takes a response code for 72 hours; we stop a little earlier. */
const CODE_LIFE_MS = 72 * 3_600_000 - 300_000;
const OTHER_RUN_PAUSE_MS = 10_000;

export interface SettleDeps extends SendDeps {
  /** Page of a subject, for the text that replaces a card too old to change. */
  readonly linkOf: (row: Pick<MessageRow, 'kind' | 'subjectType' | 'subjectId'>) => string;
}

/** Bring the last words of a closed card to everybody who holds one. */
export async function settleMessages(deps: SettleDeps, job: Job): Promise<void> {
  const { kind, ref } = job.payload as { kind: string; ref: string };
  const rows = await deps.db.read((reads) => reads.em.getRepository(MessageTable).findBy({ kind, ref }));
  const open = rows.filter((row) => row.finalWords !== null && row.settledBy === null);
  const waits: number[] = [];
  // D9: whoever has to wait keeps nobody else waiting.
  for (const row of open) waits.push(...(await settleOne(deps, row, job.now)));
  if (waits.length > 0) throw new RunAgain(Math.min(...waits), 'not everybody could be told yet');
}

/** @returns when to try again; nothing when this row is done */
async function settleOne(deps: SettleDeps, row: MessageRow, now: number): Promise<number[]> {
  if (row.state === 'queued') await cancel(deps.db, row);
  // The send job settles what was closed while it was sending.
  if (row.state !== 'sent') return [];
  const userid = await deps.useridOf(row.personId);
  if (userid === null || row.content.type !== 'card') {
    await markSettled(deps.db, row, 'none');
    return [];
  }
  const code = codeOf(row, now);
  if (code === 'taken' || !(await take(deps.db, row, now))) return [now + OTHER_RUN_PAUSE_MS];
  try {
    await markSettled(deps.db, row, await say(deps, row, userid, code));
    return [];
  } catch (error) {
    await putBack(deps.db, row, now, code);
    const wait = error instanceof WeComError ? waitFor(error, now) : null;
    if (wait === null) throw error;
    return [wait];
  }
}

/** @param code one that still works, or null */
async function say(
  deps: SettleDeps,
  row: MessageRow,
  userid: string,
  code: string | null,
): Promise<'card' | 'text'> {
  const words = row.finalWords ?? '';
  if (code !== null && row.content.type === 'card') {
    try {
      await deps.port.updateCard(userid, code, settledCard(row.content.card, words));
      return 'card';
    } catch (error) {
      if (!(error instanceof WeComError) || waitFor(error, 0) !== null) throw error;
      // 60140: the code is used up or too old after all. A text still tells.
    }
  }
  await deps.port.send(userid, {
    type: 'text',
    text: textWithLink(`这件事${words}。`, deps.linkOf(row), '看详情'),
  });
  return 'text';
}

/** In place of the code while a run says the last words, with the time: a run that died lets go after a while. */
const TAKEN = 'taken:';
const TAKEN_FOR_MS = 180_000;

function codeOf({ responseCode, responseCodeAt }: MessageRow, now: number): string | null {
  if (responseCode?.startsWith(TAKEN))
    return now - Number(responseCode.slice(TAKEN.length)) < TAKEN_FOR_MS ? 'taken' : null;
  return now - (responseCodeAt ?? 0) < CODE_LIFE_MS ? responseCode : null;
}

/** Of two runs at the same time one says it. */
async function take(db: Db, { id, responseCode }: MessageRow, now: number): Promise<boolean> {
  const changed = await db.write(actor, (tx) =>
    updateCount(
      tx.em,
      `update message set responseCode = ? where id = ? and settledBy is null
       and ${responseCode === null ? 'responseCode is null' : 'responseCode = ?'}`,
      [`${TAKEN}${now}`, id, ...(responseCode === null ? [] : [responseCode])],
    ),
  );
  return changed === 1;
}

/** Unless a tap brought a newer one meanwhile. */
async function putBack(db: Db, { id }: MessageRow, now: number, code: string | null): Promise<void> {
  await db.write(actor, (tx) =>
    tx.em.query('update message set responseCode = ? where id = ? and responseCode = ?', [
      code,
      id,
      `${TAKEN}${now}`,
    ]),
  );
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
