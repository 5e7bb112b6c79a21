/** What else can be had, for whoever lost a time (R42). */
import { MoreThanOrEqual, Not } from 'typeorm';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { among } from '../../platform/db/among.ts';
import { enter, type MeetingRoomsContext } from './context.ts';
import { MOST_ROOMS, type Alternatives } from './contract.ts';
import { mayBook, needsDecision } from './policy.ts';
import { firstStartToAsk, lookRange, nearestFree, whyNot, type Range, type Standing } from './slots.ts';
import { HOLDS, loadRoom, standingOf } from './store.ts';
import { RoomTable, type RoomRow } from './tables.ts';

const MOST_TIMES = 4;
const MOST_OTHERS = 3;

/** Times of the same room, and rooms of enough seats that are free at the very time, the smallest first. */
export async function alternativesFor(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  roomId: string,
  wanted: Range,
  people: number,
): Promise<Alternatives> {
  const { viewer } = await enter(ctx, reads, personId);
  const room = await loadRoom(reads, roomId);
  const around = await standingOf(reads, roomId, lookRange(wanted));
  const from = (one: RoomRow): number =>
    needsDecision(one, personId) ? firstStartToAsk(reads.now) : reads.now;
  const sameRoom = mayBook(viewer, room) ? nearestFree(room, wanted, around, from(room), MOST_TIMES) : [];
  const rooms = await reads.em.getRepository(RoomTable).find({
    where: { state: 'open', id: Not(roomId), capacity: MoreThanOrEqual(people) },
    order: { capacity: 'ASC', id: 'ASC' },
    take: MOST_ROOMS,
  });
  const others = rooms.filter((one) => mayBook(viewer, one));
  const free = await freeOf(reads, others, wanted, from);
  return {
    sameRoom,
    otherRooms: free.slice(0, MOST_OTHERS).map(({ id, name, place, capacity, needsApproval }) => ({
      roomId: id,
      name,
      place,
      capacity,
      needsApproval: Boolean(needsApproval),
    })),
  };
}

async function freeOf(
  reads: Reads,
  rooms: readonly RoomRow[],
  wanted: Range,
  from: (room: RoomRow) => number,
): Promise<RoomRow[]> {
  if (rooms.length === 0) return [];
  const standings = await standingsOf(
    reads,
    rooms.map(({ id }) => id),
    wanted,
  );
  return rooms.filter((room) => whyNot(room, wanted, standings(room.id), from(room)) === null);
}

interface Line {
  readonly kind: 'taken' | 'blackouts';
  readonly roomId: string;
  readonly startsAt: number | string;
  readonly endsAt: number | string;
}

const TWO_HOURS_MS = 7_200_000;

/** What lies in the way in several rooms, in one look. */
export async function standingsOf(
  { em }: Reads,
  roomIds: readonly string[],
  { startsAt, endsAt }: Range,
): Promise<(roomId: string) => Standing> {
  const ids = among('roomId', roomIds);
  const bounds = [startsAt - TWO_HOURS_MS, endsAt + TWO_HOURS_MS];
  const lines = await em.query<Line[]>(
    `select 'taken' as kind, roomId, startsAt, endsAt from meeting_booking
     where ${ids.sql} and endsAt > ? and startsAt < ? and ${HOLDS}
     union all select 'blackouts', roomId, startsAt, endsAt from meeting_blackout
     where ${ids.sql} and endsAt > ? and startsAt < ?`,
    [...ids.params, ...bounds, ...ids.params, ...bounds],
  );
  const of = (roomId: string, kind: Line['kind']): Range[] =>
    lines
      .filter((one) => one.roomId === roomId && one.kind === kind)
      .map((one) => ({ startsAt: Number(one.startsAt), endsAt: Number(one.endsAt) }));
  return (roomId) => ({ taken: of(roomId, 'taken'), blackouts: of(roomId, 'blackouts') });
}
