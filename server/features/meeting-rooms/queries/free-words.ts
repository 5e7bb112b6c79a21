/** What the card of who waited for a time says now. */
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { restOf, whyNot, type Range } from '../slots.ts';
import { HOLDS, loadRoom, standingOf } from '../store.ts';
import { BookingTable, WaitTable } from '../tables.ts';

/** What is left of the time somebody waits for; null: they do not wait any more. */
export async function waitedFor({ em, now }: Reads, waitId: string, personId: string): Promise<Range | null> {
  const wait = await em.getRepository(WaitTable).findOneBy({ id: waitId, personId });
  return wait && restOf(wait, now);
}

/** Null: the time can still be had. */
export async function wordsOfFree(
  reads: Reads,
  roomId: string,
  waitId: string,
  personId: string,
): Promise<string | null> {
  const rest = await waitedFor(reads, waitId, personId);
  if (rest === null) return '不再等候';
  if (await hasIt(reads, roomId, personId, rest)) return '已预订';
  const why = whyNot(await loadRoom(reads, roomId), rest, await standingOf(reads, roomId, rest), reads.now);
  if (why === null) return null;
  return why === 'taken' || why === 'blackout' ? '已被订走' : '已过时';
}

const hasIt = (
  { em }: Reads,
  roomId: string,
  personId: string,
  { startsAt, endsAt }: Range,
): Promise<boolean> =>
  em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(
      `b.bookerId = :personId and b.roomId = :roomId and b.endsAt > :startsAt and b.startsAt < :endsAt`,
      { personId, roomId, startsAt, endsAt },
    )
    .andWhere(`b.${HOLDS}`)
    .getExists();
