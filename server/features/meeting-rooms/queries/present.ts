/** Rooms and bookings as pages show them. */
import type { MeetingRoomsContext, Entered } from '../context.ts';
import type { BookingBrief, Busy, RoomBrief } from '../contract.ts';
import { keeps, mayBook, seesSubject } from '../policy.ts';
import { subjectOf } from '../store.ts';
import type { BlackoutRow, BookingRow, RoomRow } from '../tables.ts';
import { STATE_WORDS, TAKEN } from '../words.ts';

export function roomBrief({ org, viewer }: Entered, room: RoomRow): RoomBrief {
  return {
    roomId: room.id,
    name: room.name,
    place: room.place,
    capacity: room.capacity,
    equipment: room.equipment,
    state: room.state,
    opensMinute: room.opensMinute,
    closesMinute: room.closesMinute,
    weekdays: room.weekdays,
    needsApproval: Boolean(room.needsApproval),
    bufferMinutes: room.bufferMinutes,
    checkInMinutes: room.checkInMinutes,
    managerName: org.person(room.managerId)?.name ?? '',
    can: { book: mayBook(viewer, room), keep: keeps(viewer, room) },
  };
}

/** `takesPart`: bookings the viewer takes part in. */
export function bookingBrief(
  ctx: MeetingRoomsContext,
  { org, viewer }: Entered,
  room: RoomRow,
  row: BookingRow,
  takesPart: ReadonlySet<string>,
): BookingBrief {
  const knows = seesSubject(org, viewer, room, row, takesPart.has(row.id));
  return {
    bookingId: row.id,
    roomId: room.id,
    roomName: room.name,
    place: room.place,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    subject: knows ? subjectOf(ctx, row) : TAKEN,
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    bookerName: knows ? (org.person(row.bookerId)?.name ?? '') : '',
    isMine: row.bookerId === viewer.personId,
    inSeries: Boolean(row.inSeries),
    checkedInAt: row.checkedInAt,
  };
}

/** A booking on a grid: 已占用 and no id for who has nothing to do with it. */
export function busyOf(
  ctx: MeetingRoomsContext,
  { org, viewer }: Entered,
  room: RoomRow,
  row: BookingRow,
  takesPart: ReadonlySet<string>,
): Busy {
  const knows = seesSubject(org, viewer, room, row, takesPart.has(row.id));
  return {
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    kind: 'booking',
    state: row.state === 'pending' ? 'pending' : 'booked',
    words: knows ? subjectOf(ctx, row) : TAKEN,
    bookingId: knows ? row.id : null,
    isMine: row.bookerId === viewer.personId,
  };
}

export const blackoutBusy = ({ startsAt, endsAt, reason }: BlackoutRow): Busy => ({
  startsAt,
  endsAt,
  kind: 'blackout',
  state: null,
  words: reason,
  bookingId: null,
  isMine: false,
});
