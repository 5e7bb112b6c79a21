import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Ending } from '../cards.ts';
import { bookingPath, enter, type MeetingRoomsContext } from '../context.ts';
import type { CancelAnswer, CancelRequest } from '../contract.ts';
import { mirrorLater } from '../mirror/mirror.ts';
import { mayCancel } from '../policy.ts';
import { appendEvent, bookingsOfAsk, loadBooking, lockRoom, roomIdOf, sealReason } from '../store.ts';
import { BookingTable, type BookingRow, type RoomRow } from '../tables.ts';
import { rangeWords } from '../words.ts';
import { closeClock } from './clock.ts';
import { tellWaiting } from './free-time.ts';
import { settleComing } from './remind-coming.ts';
import { tellInvited } from './tell-invited.ts';

/**
 * The booker gives the time back, or the room's manager takes it, with a reason.
 * @throws notFound `meetingrooms.no_booking`; conflict `meetingrooms.over`, `db.changed_meanwhile`;
 * refused `meetingrooms.reason_needed`
 */
export async function cancel(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  bookingId: string,
  { version, following, reason }: CancelRequest,
): Promise<CancelAnswer> {
  const roomId = await roomIdOf(ctx.db, bookingId);
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const booking = await loadBooking(tx, bookingId);
    const { viewer } = await enter(ctx, tx, actor.personId);
    const isOwn = booking.bookerId === actor.personId;
    if (!mayCancel(viewer, room, booking, tx.now)) {
      if (isOwn) throw conflict('meetingrooms.over');
      throw notFound('meetingrooms.no_booking');
    }
    if (!isOwn && reason === '') throw refused('meetingrooms.reason_needed');
    if (booking.version !== version) throw conflict('meetingrooms.changed');
    const rows = following
      ? (await bookingsOfAsk(tx, booking.askId)).filter(
          (row) => row.startsAt >= booking.startsAt && mayCancel(viewer, room, row, tx.now),
        )
      : [booking];
    await cancelRows(ctx, tx, room, rows, reason, isOwn ? 'booker' : 'manager');
    recordAct(tx, {
      action: 'meetingrooms.cancel',
      targetType: 'meeting_booking',
      targetId: bookingId,
      after: { times: rows.length, by: isOwn ? 'booker' : 'manager' },
    });
    return { cancelled: rows.length };
  });
}

/** Under the room's lock. Everybody concerned is told, except who did it. */
export async function cancelRows(
  ctx: MeetingRoomsContext,
  tx: Tx,
  room: RoomRow,
  rows: readonly BookingRow[],
  reason: string,
  by: 'booker' | 'manager',
): Promise<void> {
  const reasonSealed = sealReason(ctx, reason);
  for (const row of rows) {
    await saveWithVersion(tx, BookingTable, row, { state: 'cancelled', reasonSealed, releaseAt: null });
    settleComing(tx, row, { state: 'cancelled' });
    appendEvent(tx, row, 'cancelled');
  }
  mirrorLater(ctx, tx, rows);
  for (const askId of new Set(rows.map((row) => row.askId))) {
    const of = rows.filter((row) => row.askId === askId);
    await closeIfSettled(ctx, tx, askId);
    await tellCancelled(ctx, tx, room, of, by);
  }
  await tellWaiting(ctx, tx, room, rows);
}

/** Nothing of it waits for a word any more. */
export async function closeIfSettled(
  ctx: MeetingRoomsContext,
  tx: Tx,
  askId: string,
  ending: Ending = 'withdrawn',
): Promise<void> {
  const rows = await bookingsOfAsk(tx, askId);
  if (!rows.some(({ state }) => state === 'pending')) await closeClock(ctx, tx, askId, ending);
}

async function tellCancelled(
  ctx: MeetingRoomsContext,
  tx: Tx,
  room: RoomRow,
  rows: readonly BookingRow[],
  by: 'booker' | 'manager',
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const times = rows.length > 1 ? ` 起共 ${rows.length} 次` : '';
  const key = `cancelled:${first.id}`;
  const words = `${room.name} ${rangeWords(first)}${times} 的会议取消了。`;
  if (by === 'manager') ctx.notify(tx, { key, personId: first.bookerId, words, path: bookingPath(first.id) });
  await tellInvited(ctx, tx, first, key, words);
}
