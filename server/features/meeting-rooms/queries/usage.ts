/** How rooms were used in a month: counts and minutes, nothing of a meeting. */
import { addDays, dateOf, instantOf, isCalendarDate, MINUTE_MS, weekdayOf } from '../../../kernel/dates.ts';
import { badRequest, forbidden } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import { MOST_ROOMS, type Usage, type UsageAnswer, type UsageQuery } from '../contract.ts';
import { seesUsage } from '../policy.ts';
import type { RoomRow } from '../tables.ts';
import { pageOfRooms } from './rooms.ts';

interface Line {
  roomId: string;
  bookings: number | string;
  bookedMs: number | string | null;
  usedMs: number | string | null;
  released: number | string;
  cancelled: number | string;
}

/**
 * Of a month that runs: until now. Booked is every booking that got the room; used is what was checked in, and in a
 * room without check-in what was not given back.
 * @throws forbidden `meetingrooms.usage_not_yours`; badRequest `meetingrooms.date`
 */
export async function readUsage(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  { month }: UsageQuery,
): Promise<UsageAnswer> {
  const first = `${month}-01`;
  if (!isCalendarDate(first)) throw badRequest('meetingrooms.date');
  const { viewer } = await enter(ctx, reads, personId);
  const rooms = (await allRooms(reads)).filter((room) => seesUsage(viewer, room));
  if (rooms.length === 0) throw forbidden('meetingrooms.usage_not_yours');
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  const until = Math.min(instantOf(next), reads.now);
  const lines = await linesOf(reads, instantOf(first), until);
  const of = new Map(lines.map((line) => [line.roomId, line]));
  return {
    month,
    until,
    items: rooms.map((room) => usageOf(room, of.get(room.id), openMinutes(room, first, until))),
  };
}

async function allRooms(reads: Reads): Promise<RoomRow[]> {
  const all: RoomRow[] = [];
  for (let after: string | undefined; ;) {
    const { rooms, next } = await pageOfRooms(reads, { after, limit: MOST_ROOMS });
    all.push(...rooms);
    if (next === null) return all;
    after = next;
  }
}

const minutes = (ms: number | string | null | undefined): number => Math.round(Number(ms ?? 0) / MINUTE_MS);

const usageOf = (room: RoomRow, line: Line | undefined, open: number): Usage => ({
  roomId: room.id,
  name: room.name,
  bookings: Number(line?.bookings ?? 0),
  bookedMinutes: minutes(line?.bookedMs),
  usedMinutes: minutes(line?.usedMs),
  released: Number(line?.released ?? 0),
  cancelled: Number(line?.cancelled ?? 0),
  openMinutes: open,
});

function linesOf({ em }: Reads, from: number, until: number): Promise<Line[]> {
  return em.query<Line[]>(
    `select b.roomId,
       sum(case when b.state in ('booked', 'released') then 1 else 0 end) as bookings,
       sum(case when b.state in ('booked', 'released') then b.endsAt - b.startsAt else 0 end) as bookedMs,
       sum(case when b.state = 'booked' and (r.checkInMinutes is null or b.checkedInAt is not null)
         then b.endsAt - b.startsAt else 0 end) as usedMs,
       sum(case when b.state = 'released' then 1 else 0 end) as released,
       sum(case when b.state = 'cancelled' then 1 else 0 end) as cancelled
     from meeting_booking b join meeting_room r on r.id = b.roomId
     where b.endsAt > ? and b.endsAt <= ? group by b.roomId`,
    [from, until],
  );
}

/** By the hours as they are now. */
function openMinutes({ weekdays, opensMinute, closesMinute }: RoomRow, first: string, until: number): number {
  let sum = 0;
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) {
    if (day > dateOf(until) || !weekdays.includes(weekdayOf(day))) continue;
    const opens = instantOf(day, opensMinute);
    const closes = Math.min(instantOf(day, closesMinute), until);
    sum += Math.max(0, closes - opens) / MINUTE_MS;
  }
  return Math.round(sum);
}
