/** `enter_agent`: a member opened the app. One row each arrives; what they tell is folded by whoever wants to know. */
import { In } from 'typeorm';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { ReceivedEventTable } from './tables.ts';

const KIND = 'enterAgent';

export interface AppEntry {
  readonly userid: string;
  /** When we were told, epoch ms. */
  readonly at: number;
}

export interface EntryRange {
  /** Epoch ms, half-open. Nothing before `from` is looked at, whatever else is kept. */
  readonly from: number;
  readonly before: number;
  readonly limit: number;
}

/**
 * The next entries of a stretch of time, oldest first. They are gone afterwards: what was folded has no other use, and
 * 企业微信 repeats a callback within seconds only. Nothing follows from one, so it is handled when it is received.
 */
export async function takeAppEntries(tx: Tx, { from, before, limit }: EntryRange): Promise<AppEntry[]> {
  const rows = await tx.em
    .getRepository(ReceivedEventTable)
    .createQueryBuilder('e')
    .select(['e.id', 'e.fromUser', 'e.receivedAt'])
    .where('e.handledAt >= :from and e.handledAt < :before and e.kind = :kind', { from, before, kind: KIND })
    .orderBy('e.handledAt')
    .limit(limit)
    .getMany();
  if (rows.length > 0)
    await tx.em.getRepository(ReceivedEventTable).delete({ id: In(rows.map(({ id }) => id)) });
  return rows.map(({ fromUser, receivedAt }) => ({ userid: fromUser, at: receivedAt }));
}
