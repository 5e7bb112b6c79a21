import { actorId, type Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { MeetingRoomsContext } from './context.ts';
import type { Range, Standing } from './slots.ts';
import {
  BlackoutTable,
  BookingEventTable,
  BookingTable,
  ParticipantTable,
  MEETING_REASON,
  RoomTable,
  MEETING_SUBJECT,
  type BlackoutRow,
  type BookingRow,
  type EventKind,
  type RoomRow,
} from './tables.ts';

export const HOLDS = `state in ('pending', 'booked')`;
/**
 * Of bookings `b`: those `:personId` made or takes part in. Two looks by index, joined before `b` is read: with `or`
 * between them every booking there is would be looked at, and a union right behind `in` MariaDB asks once for each.
 */
export const OWN = `b.id in (select mine.id from (
  select o.id as id from meeting_booking o where o.bookerId = :personId
  union select p.bookingId from meeting_participant p where p.personId = :personId) mine)`;
const HOUR_MS = 3_600_000;
/** No gap between meetings is longer, so whoever is looked for lies within. */
const MOST_BUFFER_MS = 2 * HOUR_MS;

/** @throws notFound `meetingrooms.no_room` */
export async function loadRoom({ em }: Reads, roomId: string): Promise<RoomRow> {
  const row = await em.getRepository(RoomTable).findOneBy({ id: roomId });
  if (!row) throw notFound('meetingrooms.no_room');
  return row;
}

export async function roomsOf(
  { em }: Reads,
  rows: readonly { readonly roomId: string }[],
): Promise<ReadonlyMap<string, RoomRow>> {
  const ids = [...new Set(rows.map(({ roomId }) => roomId))];
  if (ids.length === 0) return new Map();
  const rooms = await em
    .getRepository(RoomTable)
    .createQueryBuilder('r')
    .where('r.id in (:...ids)', { ids })
    .getMany();
  return new Map(rooms.map((room) => [room.id, room]));
}

/**
 * R42: everybody who wants a time of this room waits here, before anything else is read: a snapshot from before the
 * lock would not show what the one before wrote. On SQLite the gate does that.
 */
export async function lockRoom(tx: Tx, roomId: string): Promise<RoomRow> {
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from meeting_room where id = ? for update', [roomId]);
  return loadRoom(tx, roomId);
}

interface RangeRow {
  startsAt: number | string;
  endsAt: number | string;
}
const numbers = ({ startsAt, endsAt }: RangeRow): Range => ({
  startsAt: Number(startsAt),
  endsAt: Number(endsAt),
});

/** What lies in the way between these instants, the buffer around included. For looking only. */
export const standingOf = (reads: Reads, roomId: string, range: Range): Promise<Standing> =>
  readStanding(reads, roomId, range, [], '');

/**
 * The same to write on: the newest rows, also where a unit of work sees those of its beginning (TiDB). Under the
 * room's lock. @param without bookings that move
 */
export const standingToWrite = (
  tx: Tx,
  roomId: string,
  range: Range,
  without: readonly string[] = [],
): Promise<Standing> => readStanding(tx, roomId, range, without, tx.dialect === 'mysql' ? ' for update' : '');

async function readStanding(
  { em }: Reads,
  roomId: string,
  { startsAt, endsAt }: Range,
  without: readonly string[],
  lock: string,
): Promise<Standing> {
  const bounds = [roomId, startsAt - MOST_BUFFER_MS, endsAt + MOST_BUFFER_MS];
  const apart = without.length === 0 ? '' : ` and id not in (${without.map(() => '?').join(', ')})`;
  const taken = await em.query<RangeRow[]>(
    `select startsAt, endsAt from meeting_booking
     where roomId = ? and endsAt > ? and startsAt < ? and ${HOLDS}${apart}${lock}`,
    [...bounds, ...without],
  );
  const blackouts = await em.query<RangeRow[]>(
    `select startsAt, endsAt from meeting_blackout where roomId = ? and endsAt > ? and startsAt < ?${lock}`,
    bounds,
  );
  return { taken: taken.map(numbers), blackouts: blackouts.map(numbers) };
}

/** @throws notFound `meetingrooms.no_booking` */
export async function loadBooking({ em }: Reads, bookingId: string): Promise<BookingRow> {
  const row = await em.getRepository(BookingTable).findOneBy({ id: bookingId });
  if (!row) throw notFound('meetingrooms.no_booking');
  return row;
}

/** The room a booking lies in never changes, so it may be asked for before the lock, in a unit of its own. */
export async function roomIdOf(db: MeetingRoomsContext['db'], bookingId: string): Promise<string> {
  return db.read(async (reads) => (await loadBooking(reads, bookingId)).roomId);
}

export const bookingsOfAsk = ({ em }: Reads, askId: string): Promise<BookingRow[]> =>
  em.getRepository(BookingTable).find({ where: { askId }, order: { nth: 'ASC' } });

export async function participantsOf({ em }: Reads, bookingId: string): Promise<string[]> {
  const rows = await em.getRepository(ParticipantTable).find({ where: { bookingId }, order: { id: 'ASC' } });
  return rows.map(({ personId }) => personId);
}

export const blackoutsOf = ({ em }: Reads, roomId: string, after: number): Promise<BlackoutRow[]> =>
  em
    .getRepository(BlackoutTable)
    .createQueryBuilder('b')
    .where('b.roomId = :roomId and b.endsAt > :after', { roomId, after })
    .orderBy('b.startsAt')
    .limit(100)
    .getMany();

export function appendEvent(
  tx: Tx,
  booking: Range & { readonly id: string },
  kind: EventKind,
  { startsAt, endsAt }: Range = booking,
): void {
  tx.append(BookingEventTable, {
    id: newId(),
    bookingId: booking.id,
    kind,
    happenedAt: tx.now,
    byId: actorId(tx.actor).slice(0, 64),
    byName: nameOf(tx.actor),
    startsAt,
    endsAt,
  });
}

const nameOf = (actor: Actor): string => (actor.kind === 'person' ? actor.name.slice(0, 64) : '系统');

type Sealer = Pick<MeetingRoomsContext, 'vault'>;
export const sealSubject = ({ vault }: Sealer, subject: string): string =>
  vault.seal(MEETING_SUBJECT, subject);
export const subjectOf = ({ vault }: Sealer, { subjectSealed }: Pick<BookingRow, 'subjectSealed'>): string =>
  vault.open(MEETING_SUBJECT, subjectSealed);
export const sealReason = ({ vault }: Sealer, reason: string): string | null =>
  reason === '' ? null : vault.seal(MEETING_REASON, reason);
export const reasonOf = ({ vault }: Sealer, { reasonSealed }: Pick<BookingRow, 'reasonSealed'>): string =>
  reasonSealed === null ? '' : vault.open(MEETING_REASON, reasonSealed);
