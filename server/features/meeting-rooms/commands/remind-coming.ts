import { systemActor } from '../../../kernel/actor.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard, settleCards, tapsNow } from '../../messaging/index.ts';
import { COMING_CARD, comingCard, refOf, wordsOfComing } from '../cards.ts';
import { bookingPath, type MeetingRoomsContext } from '../context.ts';
import { CHECK_IN_BEFORE_MS } from '../slots.ts';
import { loadBooking, lockRoom } from '../store.ts';
import type { BookingRow } from '../tables.ts';

const MECHANISM = systemActor('job:meetingrooms.coming');
const AT_ONCE = 200;
/** No release comes later after the beginning. */
const LONGEST_RELEASE_MS = 2 * 3_600_000;

/** Where one checks in, whoever booked is told when the door opens for it; who books later than that just saw it. */
export async function remindComing(ctx: MeetingRoomsContext, now: number): Promise<void> {
  const due = await ctx.db.read((reads) =>
    reads.em.query<{ id: string; roomId: string }[]>(
      `select id, roomId from meeting_booking
       where state = 'booked' and startsAt > ? and startsAt <= ? and releaseAt > ?
       and remindedAt is null and createdAt <= startsAt - ${CHECK_IN_BEFORE_MS} order by startsAt, id limit ${AT_ONCE}`,
      [now - LONGEST_RELEASE_MS, now + CHECK_IN_BEFORE_MS, now],
    ),
  );
  for (const { id, roomId } of due) await remindOne(ctx, roomId, id);
  if (due.length === AT_ONCE) await remindComing(ctx, now);
}

/** Looked at again behind the lock: somebody may be giving it back, or moving it, in this very moment. */
const remindOne = (ctx: MeetingRoomsContext, roomId: string, bookingId: string): Promise<void> =>
  ctx.db.write(MECHANISM, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const row = await loadBooking(tx, bookingId);
    if (row.state !== 'booked' || row.releaseAt === null || row.remindedAt !== null) return;
    if (row.startsAt > tx.now + CHECK_IN_BEFORE_MS) return;
    await updateCount(tx.em, 'update meeting_booking set remindedAt = ? where id = ?', [tx.now, row.id]);
    queueCard(
      tx,
      {
        kind: COMING_CARD,
        personId: row.bookerId,
        subjectType: 'meeting_booking',
        subjectId: row.id,
        ref: refOf(row),
      },
      comingCard(
        room,
        { startsAt: row.startsAt, endsAt: row.endsAt, releaseAt: row.releaseAt },
        {
          now: tx.now,
          opensAt: row.startsAt - CHECK_IN_BEFORE_MS,
          url: `${ctx.publicUrl}${bookingPath(row.id)}`,
        },
      ),
    );
  });

/** @param became what of the booking changed with its next version */
export function settleComing(tx: Tx, row: BookingRow, became: Partial<BookingRow>): void {
  if (row.remindedAt === null) return;
  const words = wordsOfComing({ ...row, ...became, version: row.version + 1 }, row.version, tx.now);
  if (words === null) return;
  const answeredInPlace = tapsNow(tx, row.bookerId);
  settleCards(tx, COMING_CARD, [{ ref: refOf(row), words, answeredInPlace }]);
}
