import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { MeetingRoomsContext } from '../context.ts';
import { mayCheckIn } from '../slots.ts';
import { appendEvent, lockRoom } from '../store.ts';
import { ownToday } from '../queries/door.ts';
import { BookingTable } from '../tables.ts';
import { settleComing } from './remind-coming.ts';

/**
 * Whoever meets there scanned the code at the door. Again changes nothing.
 * @throws forbidden `meetingrooms.wrong_door`; refused `meetingrooms.nothing_to_check_in`
 */
export function checkIn(ctx: MeetingRoomsContext, actor: PersonActor, roomId: string, door: string) {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    if (door !== room.doorCode) throw forbidden('meetingrooms.wrong_door');
    const mine = await ownToday(tx, actor.personId, roomId);
    const booking = mine.find(
      (row) =>
        row.state === 'booked' && mayCheckIn(row, row.checkedInAt === null ? row.releaseAt : null, tx.now),
    );
    if (!booking) throw refused('meetingrooms.nothing_to_check_in');
    if (booking.checkedInAt !== null) return { bookingId: booking.id, checkedInAt: booking.checkedInAt };
    await saveWithVersion(tx, BookingTable, booking, { checkedInAt: tx.now, releaseAt: null });
    settleComing(tx, booking, { checkedInAt: tx.now });
    appendEvent(tx, booking, 'checkedIn');
    recordAct(tx, {
      action: 'meetingrooms.check_in',
      targetType: 'meeting_booking',
      targetId: booking.id,
    });
    return { bookingId: booking.id, checkedInAt: tx.now };
  });
}
