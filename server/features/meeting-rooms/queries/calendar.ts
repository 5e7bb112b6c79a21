/** What a secret address shows: a person's meetings with what they are about, of a room only when it is taken. */
import { DAY_MS } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { icsOf, type CalendarEntry } from '../calendar.ts';
import { keyHash } from '../commands/calendar.ts';
import { bookingPath, enter, type MeetingRoomsContext } from '../context.ts';
import type { CalendarState } from '../contract.ts';
import { mayLook } from '../policy.ts';
import { MOST_DAYS_AHEAD } from '../slots.ts';
import { HOLDS, loadRoom, OWN, roomsOf, subjectOf } from '../store.ts';
import { BlackoutTable, BookingTable, CalendarTable, type BookingRow, type RoomRow } from '../tables.ts';
import { TAKEN } from '../words.ts';

const DAYS_BACK = 30;
const MOST_ENTRIES = 1_000;
const NOT_OPEN = '不开放';

export async function calendarSince({ em }: Reads, ownerId: string): Promise<CalendarState> {
  const row = await em.getRepository(CalendarTable).findOneBy({ ownerId });
  return { since: row?.madeAt ?? null };
}

/** @throws notFound `meetingrooms.no_calendar`: unknown, replaced, stopped, or its person is not here any more */
export async function readCalendar(ctx: MeetingRoomsContext, reads: Reads, key: string): Promise<string> {
  const row = await reads.em.getRepository(CalendarTable).findOneBy({ keyHash: keyHash(key) });
  if (!row) throw notFound('meetingrooms.no_calendar');
  const host = new URL(ctx.publicUrl).host;
  if (row.kind === 'room') {
    const room = await loadRoom(reads, row.ownerId);
    return icsOf(room.name, host, await ofRoom(reads, room));
  }
  const { viewer } = await enter(ctx, reads, row.ownerId);
  if (!mayLook(viewer)) throw notFound('meetingrooms.no_calendar');
  return icsOf('我的会议', host, await ofPerson(ctx, reads, row.ownerId));
}

const span = ({ now }: Reads) => ({ from: now - DAYS_BACK * DAY_MS, until: now + MOST_DAYS_AHEAD * DAY_MS });
const placeOf = ({ name, place }: RoomRow): string => `${name}（${place}）`;

const entryOf = (row: BookingRow, title: string, where: string, url: string | null): CalendarEntry => ({
  id: row.id,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  title,
  where,
  url,
  isSure: row.state === 'booked',
  version: row.version,
  changedAt: row.createdAt,
});

async function ofPerson(ctx: MeetingRoomsContext, reads: Reads, personId: string): Promise<CalendarEntry[]> {
  const rows = await reads.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(OWN, { personId })
    .andWhere(`b.endsAt > :from and b.startsAt < :until and b.${HOLDS}`, span(reads))
    .orderBy('b.endsAt')
    .limit(MOST_ENTRIES)
    .getMany();
  const rooms = await roomsOf(reads, rows);
  return rows.map((row) => {
    const room = rooms.get(row.roomId);
    const url = `${ctx.publicUrl}${bookingPath(row.id)}`;
    return entryOf(row, subjectOf(ctx, row), room ? placeOf(room) : '', url);
  });
}

async function ofRoom(reads: Reads, room: RoomRow): Promise<CalendarEntry[]> {
  const bound = { roomId: room.id, ...span(reads) };
  const within = 'b.roomId = :roomId and b.endsAt > :from and b.startsAt < :until';
  const bookings = await reads.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(`${within} and b.${HOLDS}`, bound)
    .orderBy('b.endsAt')
    .limit(MOST_ENTRIES)
    .getMany();
  const blackouts = await reads.em
    .getRepository(BlackoutTable)
    .createQueryBuilder('b')
    .where(within, bound)
    .orderBy('b.endsAt')
    .limit(MOST_ENTRIES)
    .getMany();
  const where = placeOf(room);
  const shut = blackouts.map(({ id, startsAt, endsAt }) => ({
    id,
    startsAt,
    endsAt,
    where,
    title: NOT_OPEN,
    url: null,
    isSure: true,
    version: 1,
    changedAt: startsAt,
  }));
  return [...bookings.map((row) => entryOf(row, TAKEN, where, null)), ...shut];
}
