import { addDays, instantOf, isCalendarDate } from '../../../kernel/dates.ts';
import { badRequest, forbidden } from '../../../kernel/errors.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { Busy, GridAnswer, GridQuery } from '../contract.ts';
import { mayLook } from '../policy.ts';
import type { Range } from '../slots.ts';
import { HOLDS } from '../store.ts';
import { BlackoutTable, BookingTable, type BookingRow, type RoomRow } from '../tables.ts';
import { blackoutBusy, busyOf, roomBrief } from './present.ts';
import { pageOfRooms } from './rooms.ts';

const ROOMS_AT_ONCE = 30;

/** Rooms with what holds them, day by day; a closed one when it is asked for: what was booked stays booked. @throws forbidden `meetingrooms.not_for_you` */
export async function readGrid(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  { from, days, roomId, after }: GridQuery,
): Promise<GridAnswer> {
  if (!isCalendarDate(from)) throw badRequest('meetingrooms.date');
  const entered = await enter(ctx, reads, personId);
  if (!mayLook(entered.viewer)) throw forbidden('meetingrooms.not_for_you');
  const found = await pageOfRooms(reads, {
    after,
    limit: ROOMS_AT_ONCE,
    roomId,
    openOnly: roomId === undefined,
  });
  const range = { startsAt: instantOf(from), endsAt: instantOf(addDays(from, days)) };
  const busy = await busyIn(ctx, reads, entered, found.rooms, range);
  return {
    now: reads.now,
    days: Array.from({ length: days }, (_, n) => addDays(from, n)),
    rooms: found.rooms.map((room) => ({ ...roomBrief(entered, room), busy: busy(room.id) })),
    next: found.next,
  };
}

export async function busyIn(
  ctx: MeetingRoomsContext,
  reads: Reads,
  entered: Awaited<ReturnType<typeof enter>>,
  rooms: readonly RoomRow[],
  { startsAt, endsAt }: Range,
): Promise<(roomId: string) => Busy[]> {
  if (rooms.length === 0) return () => [];
  const ids = rooms.map(({ id }) => id);
  const inTime = (alias: string) =>
    `${alias}.roomId in (:...ids) and ${alias}.endsAt > :startsAt and ${alias}.startsAt < :endsAt`;
  const bound = { ids, startsAt, endsAt };
  const bookings = await reads.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(`${inTime('b')} and b.${HOLDS}`, bound)
    .orderBy('b.startsAt')
    .getMany();
  const blackouts = await reads.em
    .getRepository(BlackoutTable)
    .createQueryBuilder('b')
    .where(inTime('b'), bound)
    .getMany();
  const takesPart = await takesPartIn(reads, entered.viewer.personId, bookings);
  return (roomId) => {
    const room = rooms.find(({ id }) => id === roomId);
    if (!room) return [];
    return [
      ...bookings
        .filter((row) => row.roomId === roomId)
        .map((row) => busyOf(ctx, entered, room, row, takesPart)),
      ...blackouts.filter((row) => row.roomId === roomId).map(blackoutBusy),
    ].sort((a, b) => a.startsAt - b.startsAt);
  };
}

/** Of these bookings, those the person takes part in. */
export async function takesPartIn(
  { em }: Reads,
  personId: string,
  bookings: readonly Pick<BookingRow, 'id'>[],
): Promise<ReadonlySet<string>> {
  if (bookings.length === 0) return new Set();
  const ids = among(
    'bookingId',
    bookings.map(({ id }) => id),
  );
  const rows = await em.query<{ bookingId: string }[]>(
    `select bookingId from meeting_participant where personId = ? and ${ids.sql}`,
    [personId, ...ids.params],
  );
  return new Set(rows.map(({ bookingId }) => bookingId));
}
