/** One reminder for many clocks: whoever would get a flood of them in one sweep gets a digest (requirement S1-10). */
import { systemActor } from '../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import type { CardContent } from '../../wecom/cards/content.ts';
import { queueCard } from '../messaging/index.ts';
import { countReminded, listReminded, type RemindedCounts } from './queries.ts';
import type { ObligationRow } from './tables.ts';
import { bucketOf } from './words.ts';

export const DIGEST_JOB = 'supervision.digest';
/** So many reminders of one sweep still come one by one; 企业微信 takes 30 messages a minute for a member. */
export const SINGLY = 5;
const SHOWN = 3;
export const HOME = '/';
const actor = systemActor(`job:${DIGEST_JOB}`);

export interface DigestPayload {
  readonly personId: string;
  readonly sweptAt: number;
}

/** Who holds more clocks that are about to fire a reminder than are told of one by one. */
export async function heldByMany({ em, now }: Reads, kinds: readonly string[]): Promise<string[]> {
  if (kinds.length === 0) return [];
  const rows = await em.query<{ holderPersonId: string }[]>(
    `select holderPersonId from obligation
     where state = 'open' and nextCheckAt <= ? and holderPersonId is not null and rungPlan is not null
       and (provisional = 0 or dueAt > ?) and kind in (${kinds.map(() => '?').join(', ')})
     group by holderPersonId having count(*) > ${SINGLY}`,
    [now, now, ...kinds],
  );
  return rows.map((row) => row.holderPersonId);
}

/** What it says is composed when it is sent, of what is still open then. */
export const queueDigest = (tx: Tx, personId: string, sweptAt: number): void =>
  enqueue(tx, {
    name: DIGEST_JOB,
    key: `${personId}:${sweptAt}`,
    payload: { personId, sweptAt } satisfies DigestPayload,
    runAt: tx.now,
  });

export interface DigestDeps {
  readonly db: Db;
  readonly publicUrl: string;
  /** The page that lists what one owes of a kind. */
  readonly listOf: (kind: string) => string;
}

/**
 * Say it once, of what is open by now. Two instances may sweep at once: what was said since this sweep began says this as
 * well, and of two said in the same moment the table of messages takes one, since both come after the same one.
 */
export async function sendDigest(
  { db, publicUrl, listOf }: DigestDeps,
  { personId, sweptAt }: DigestPayload,
): Promise<void> {
  await db.write(actor, async (tx) => {
    const saidAt = await lastSaidAt(tx, personId);
    if (saidAt >= sweptAt) return;
    const counts = await countReminded(tx, personId);
    const rows = await listReminded(tx, personId, SHOWN);
    if (rows.length === 0) return;
    queueCard(
      tx,
      {
        kind: DIGEST_JOB,
        personId,
        subjectType: 'person',
        subjectId: personId,
        ref: `digest:${saidAt}`,
      },
      digestCard(counts, rows, tx.now, `${publicUrl}${linkOf(counts, rows, listOf)}`),
    );
  });
}

/** 0: never. */
async function lastSaidAt({ em }: Reads, personId: string): Promise<number> {
  const [row] = await em.query<{ at: number | string | null }[]>(
    'select max(createdAt) as at from message where personId = ? and kind = ?',
    [personId, DIGEST_JOB],
  );
  return Number(row?.at ?? 0);
}

const LABELS = { overdue: '超时', today: '今天', later: '之后' } as const;

/** The count, the most urgent, a link to the list; a single thing left is named itself, not counted. */
export function digestCard(
  counts: RemindedCounts,
  rows: readonly Pick<ObligationRow, 'title' | 'path' | 'dueAt' | 'provisional'>[],
  now: number,
  url: string,
): CardContent {
  const [first] = rows;
  const isOne = counts.total === 1 && first !== undefined;
  const parts = [
    ...(counts.overdue > 0 ? [`${counts.overdue} 件超时`] : []),
    ...(counts.today > 0 ? [`${counts.today} 件今天到期`] : []),
  ];
  return {
    cardType: 'text_notice',
    source: { desc: '办公助手 · 待办提醒' },
    title: isOne ? `请处理：${first.title}` : `有 ${counts.total} 件待办该处理了`,
    desc: parts.length > 0 ? parts.join('，') : '快到期了',
    rows: isOne ? [] : rows.map((row) => ({ label: LABELS[bucketOf(row, now)], value: row.title })),
    actionUrl: url,
  };
}

/** Where all of them stand: the thing itself, the list of their kind, or home, where all duties come together. */
function linkOf(
  { total, kinds }: RemindedCounts,
  [first]: readonly Pick<ObligationRow, 'path'>[],
  listOf: DigestDeps['listOf'],
): string {
  if (total === 1 && first) return first.path;
  const [list = HOME, ...others] = new Set(kinds.map(listOf));
  return others.length === 0 ? list : HOME;
}
