import { systemActor } from '../../../kernel/actor.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { bookingPath, type MeetingRoomsContext } from '../context.ts';
import { mirrorLater } from '../mirror/mirror.ts';
import { appendEvent, loadBooking, lockRoom } from '../store.ts';
import { BookingTable } from '../tables.ts';
import { rangeWords } from '../words.ts';
import { closeIfSettled } from './cancel.ts';
import { tellWaiting } from './free-time.ts';
import { settleComing } from './remind-coming.ts';
import { tellInvited } from './tell-invited.ts';

export const SWEEP_JOB = 'meetingrooms.sweep';
const MECHANISM = systemActor(`job:${SWEEP_JOB}`);
const AT_ONCE = 200;

/** Rooms nobody came to are free again; bookings nobody answered in time hold nothing any more. */
export async function sweep(ctx: MeetingRoomsContext, now: number): Promise<void> {
  const due = await ctx.db.read((reads) =>
    reads.em.query<{ id: string; roomId: string }[]>(
      `select id, roomId from meeting_booking where state = 'booked' and releaseAt <= ?
       union all select id, roomId from meeting_booking where state = 'pending' and startsAt <= ?
       order by id limit ${AT_ONCE}`,
      [now, now],
    ),
  );
  for (const { id, roomId } of due) await letGo(ctx, roomId, id);
  if (due.length === AT_ONCE) await sweep(ctx, now);
}

/** Looked at again behind the lock: somebody may be checking in this very moment. */
function letGo(ctx: MeetingRoomsContext, roomId: string, bookingId: string): Promise<void> {
  return ctx.db.write(MECHANISM, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const row = await loadBooking(tx, bookingId);
    const isUnused = row.state === 'booked' && row.releaseAt !== null && row.releaseAt <= tx.now;
    const isUnanswered = row.state === 'pending' && row.startsAt <= tx.now;
    if (!isUnused && !isUnanswered) return;
    const state = isUnused ? 'released' : 'lapsed';
    await saveWithVersion(tx, BookingTable, row, { state, releaseAt: null });
    settleComing(tx, row, { state });
    appendEvent(tx, row, state);
    mirrorLater(ctx, tx, [row]);
    if (isUnanswered) await closeIfSettled(ctx, tx, row.askId, 'lapsed');
    const key = `${state}:${row.id}`;
    const why = isUnused ? '没有人签到，已经释放' : '到时还没有批准，没有订成';
    const words = `${room.name}，${rangeWords(row)}，${why}。`;
    ctx.notify(tx, { key, personId: row.bookerId, words: `你预订的${words}`, path: bookingPath(row.id) });
    await tellInvited(ctx, tx, row, key, words);
    await tellWaiting(ctx, tx, room, [row]);
    recordAct(tx, {
      action: isUnused ? 'meetingrooms.release' : 'meetingrooms.lapse',
      targetType: 'meeting_booking',
      targetId: row.id,
    });
  });
}
