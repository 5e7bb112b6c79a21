import { addDays, daysBetween, instantOf, isCalendarDate } from '../../../kernel/dates.ts';
import { badRequest, forbidden, notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { BOOKING } from '../commands/clock.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { BookingAnswer, BookingsAnswer, OwnQuery, RoomBookingsQuery, WaitsAnswer } from '../contract.ts';
import { manages, mayCancel, mayChange, mayDecide, seesSubject } from '../policy.ts';
import { mayCheckIn, restOf } from '../slots.ts';
import { bookingsOfAsk, loadBooking, loadRoom, OWN, participantsOf, reasonOf, roomsOf } from '../store.ts';
import { BookingEventTable, BookingTable, WaitTable, type BookingRow } from '../tables.ts';
import { EVENT_WORDS } from '../words.ts';
import { takesPartIn } from './grid.ts';
import { bookingBrief } from './present.ts';

/** `<instant>_<id>`: those of one instant in the order of their ids. */
const cursorOf = ({ endsAt, id }: Pick<BookingRow, 'endsAt' | 'id'>): string => `${endsAt}_${id}`;

function readCursor(cursor: string | undefined): { endsAt: number; id: string } | null {
  if (cursor === undefined) return null;
  const [at = '', id = ''] = cursor.split('_');
  if (!/^\d{1,15}$/.test(at) || !/^[0-9a-f]{32}$/.test(id)) throw badRequest('meetingrooms.cursor');
  return { endsAt: Number(at), id };
}

/** Meetings I booked or take part in: those to come, soonest first; those past, latest first. */
export async function listOwn(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  { box, cursor, limit }: OwnQuery,
): Promise<BookingsAnswer> {
  const isComing = box === 'coming';
  const query = reads.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(OWN, { personId })
    .andWhere(isComing ? 'b.endsAt > :now' : 'b.endsAt <= :now', { now: reads.now });
  const last = readCursor(cursor);
  const after = isComing ? '>' : '<';
  if (last)
    query.andWhere(`(b.endsAt ${after} :at or (b.endsAt = :at and b.id ${after} :id))`, {
      at: last.endsAt,
      id: last.id,
    });
  const direction = isComing ? 'ASC' : 'DESC';
  const rows = await query
    .orderBy('b.endsAt', direction)
    .addOrderBy('b.id', direction)
    .limit(limit + 1)
    .getMany();
  return pageOf(ctx, reads, personId, rows, limit);
}

/** Meetings of a room between two days, for who manages it. @throws forbidden `meetingrooms.not_manager` */
export async function listOfRoom(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  roomId: string,
  { from, until, cursor, limit }: RoomBookingsQuery,
): Promise<BookingsAnswer> {
  if (!isCalendarDate(from) || !isCalendarDate(until) || daysBetween(from, until) < 0)
    throw badRequest('meetingrooms.date');
  const { viewer } = await enter(ctx, reads, personId);
  const room = await loadRoom(reads, roomId);
  if (!manages(viewer, room)) throw forbidden('meetingrooms.not_manager');
  const last = readCursor(cursor);
  const query = reads.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where('b.roomId = :roomId and b.endsAt > :from and b.endsAt <= :until', {
      roomId,
      from: instantOf(from),
      until: instantOf(addDays(until, 1)),
    });
  if (last)
    query.andWhere('(b.endsAt > :at or (b.endsAt = :at and b.id > :id))', { at: last.endsAt, id: last.id });
  const rows = await query
    .orderBy('b.endsAt')
    .addOrderBy('b.id')
    .limit(limit + 1)
    .getMany();
  return pageOf(ctx, reads, personId, rows, limit);
}

async function pageOf(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  rows: readonly BookingRow[],
  limit: number,
): Promise<BookingsAnswer> {
  const page = rows.slice(0, limit);
  const entered = await enter(ctx, reads, personId);
  const rooms = await roomsOf(reads, page);
  const takesPart = await takesPartIn(reads, personId, page);
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => {
      const room = rooms.get(row.roomId);
      return room ? [bookingBrief(ctx, entered, room, row, takesPart)] : [];
    }),
    next: rows.length > limit && last ? cursorOf(last) : null,
  };
}

/** For the booker, who takes part, and who manages the room; to others it is not there. @throws notFound */
export async function readBooking(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  bookingId: string,
): Promise<BookingAnswer> {
  const entered = await enter(ctx, reads, personId);
  const { org, viewer } = entered;
  const row = await loadBooking(reads, bookingId);
  const room = await loadRoom(reads, row.roomId);
  const takesPart = await takesPartIn(reads, personId, [row]);
  if (!seesSubject(org, viewer, room, row, takesPart.has(row.id))) throw notFound('meetingrooms.no_booking');
  const events = await reads.em
    .getRepository(BookingEventTable)
    .find({ where: { bookingId }, order: { id: 'ASC' }, take: 100 });
  const participants = await participantsOf(reads, row.id);
  const isParty = viewer.personId === row.bookerId || takesPart.has(row.id);
  return {
    ...bookingBrief(ctx, entered, room, row, takesPart),
    version: row.version,
    participants: participants.map((id) => ({ personId: id, name: org.person(id)?.name ?? '' })),
    bookerUnitName: row.unitId === null ? '' : (org.unit(row.unitId)?.name ?? ''),
    reason: reasonOf(ctx, row),
    releaseAt: row.state === 'booked' ? row.releaseAt : null,
    due: await dueOf(ctx, reads, row),
    occurrences: row.inSeries ? (await bookingsOfAsk(reads, row.askId)).map(occurrence) : [],
    history: events.map((one) => ({ at: one.happenedAt, byName: one.byName, words: EVENT_WORDS[one.kind] })),
    can: {
      decide: mayDecide(org, viewer, room, row),
      cancel: mayCancel(viewer, room, row, reads.now),
      change: mayChange(viewer, row, reads.now),
      checkIn:
        isParty &&
        row.state === 'booked' &&
        row.checkedInAt === null &&
        mayCheckIn(row, row.releaseAt, reads.now),
    },
  };
}

const occurrence = ({ id, startsAt, endsAt, state }: BookingRow) => ({
  startsAt,
  endsAt,
  bookingId: id,
  state,
  why: null,
  whyWords: '',
});

async function dueOf(ctx: MeetingRoomsContext, reads: Reads, { askId, state }: BookingRow) {
  if (state !== 'pending') return null;
  const rows = await ctx.supervision.listOfSubjects(reads, BOOKING, [askId]);
  const open = rows.find((row) => row.state === 'open');
  return open ? ctx.supervision.dueOf(open, reads.now) : null;
}

/** Times I wait for, and those that became free. */
export async function listWaits(reads: Reads, personId: string): Promise<WaitsAnswer> {
  const rows = await reads.em
    .getRepository(WaitTable)
    .createQueryBuilder('w')
    .where('w.personId = :personId and w.endsAt > :now', { personId, now: reads.now })
    .orderBy('w.startsAt')
    .limit(50)
    .getMany();
  const rooms = await roomsOf(reads, rows);
  return {
    items: rows.map(({ id, roomId, toldAt, ...wanted }) => ({
      waitId: id,
      roomId,
      roomName: rooms.get(roomId)?.name ?? '',
      ...restOf(wanted, reads.now),
      toldAt,
    })),
  };
}
