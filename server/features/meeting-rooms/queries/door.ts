/** What the code at the door opens: the room today, and the meeting of mine that is to be checked in. */
import { addDays, dateOf, instantOf, MINUTE_MS } from '../../../kernel/dates.ts';
import { forbidden } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { DoorAnswer } from '../contract.ts';
import { mayLook } from '../policy.ts';
import { mayCheckIn } from '../slots.ts';
import { HOLDS, loadRoom, OWN } from '../store.ts';
import { BookingTable, type BookingRow } from '../tables.ts';
import { busyIn } from './grid.ts';
import { bookingBrief, roomBrief } from './present.ts';

const BEFORE_MS = 15 * MINUTE_MS;

/** Mine in this room that are not over and begin today, soonest first. */
export function ownToday({ em, now }: Reads, personId: string, roomId: string): Promise<BookingRow[]> {
  return em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(`b.roomId = :roomId and b.endsAt > :now and b.startsAt < :until and b.${HOLDS}`, {
      roomId,
      now,
      until: instantOf(addDays(dateOf(now + BEFORE_MS), 1)),
    })
    .andWhere(OWN, { personId })
    .orderBy('b.startsAt')
    .limit(20)
    .getMany();
}

/** @throws forbidden `meetingrooms.not_for_you` */
export async function readDoor(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  roomId: string,
): Promise<DoorAnswer> {
  const entered = await enter(ctx, reads, personId);
  const room = await loadRoom(reads, roomId);
  const [mine] = await ownToday(reads, personId, roomId);
  if (!mayLook(entered.viewer) && !mine) throw forbidden('meetingrooms.not_for_you');
  const today = dateOf(reads.now);
  const busy = await busyIn(ctx, reads, entered, [room], {
    startsAt: instantOf(today),
    endsAt: instantOf(addDays(today, 1)),
  });
  const waits = mine?.state === 'booked' && mine.checkedInAt === null ? mine : null;
  return {
    now: reads.now,
    room: roomBrief(entered, room),
    busy: busy(room.id),
    mine: mine ? bookingBrief(ctx, entered, room, mine, new Set([mine.id])) : null,
    canCheckIn: waits !== null && mayCheckIn(waits, waits.releaseAt, reads.now),
    checkInFrom: waits === null ? null : waits.startsAt - BEFORE_MS,
  };
}
