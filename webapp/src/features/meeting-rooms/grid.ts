/** Where things lie on the day's grid, and what a tap chooses. Times of day in Asia/Shanghai. */
import type { Busy, GridRoom, Range } from './api.ts';

export const MINUTE = 60_000;
export const STEP = 15 * MINUTE;
const HALF = 30 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFSET = 8 * HOUR;

/** Midnight of a `YYYY-MM-DD`. */
export const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - OFFSET;
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Whole hours that hold every room's opening hours. */
export function hoursOf(rooms: readonly GridRoom[]): readonly [number, number] {
  const from = Math.min(8, ...rooms.map((room) => Math.floor(room.opensMinute / 60)));
  const until = Math.max(18, ...rooms.map((room) => Math.ceil(room.closesMinute / 60)));
  return [from, until];
}

export const isOpenOn = (room: GridRoom, date: string): boolean =>
  room.weekdays.includes(new Date(`${date}T00:00:00Z`).getUTCDay());

const gap = (room: GridRoom): number => room.bufferMinutes * MINUTE;
const isInWay = (room: GridRoom, busy: Busy, { startsAt, endsAt }: Range): boolean => {
  const apart = busy.kind === 'booking' ? gap(room) : 0;
  return busy.startsAt < endsAt + apart && startsAt < busy.endsAt + apart;
};

/** As far as this page knows; the server decides. */
export function isFree(room: GridRoom, date: string, range: Range, now: number): boolean {
  const day = midnightOf(date);
  return (
    room.state === 'open' &&
    isOpenOn(room, date) &&
    range.startsAt >= Math.floor(now / STEP) * STEP &&
    range.startsAt >= day + room.opensMinute * MINUTE &&
    range.endsAt <= day + room.closesMinute * MINUTE &&
    range.endsAt > range.startsAt &&
    !room.busy.some((busy) => isInWay(room, busy, range))
  );
}

/** Half hours of a room's day that can be tapped. */
export function cellsOf(room: GridRoom, date: string, now: number): number[] {
  const day = midnightOf(date);
  const cells: number[] = [];
  for (let at = day + room.opensMinute * MINUTE; at < day + room.closesMinute * MINUTE; at += HALF)
    if (startIn(room, date, at, now) !== null) cells.push(at);
  return cells;
}

/** The first quarter of this half hour that is free. */
function startIn(room: GridRoom, date: string, at: number, now: number): number | null {
  const free = [at, at + STEP].find((from) =>
    isFree(room, date, { startsAt: from, endsAt: from + STEP }, now),
  );
  return free ?? null;
}

/** An hour from there, or what is free of it. */
export function chooseAt(room: GridRoom, date: string, at: number, now: number): Range | null {
  const startsAt = startIn(room, date, at, now);
  if (startsAt === null) return null;
  let endsAt = startsAt + STEP;
  while (endsAt < startsAt + HOUR && isFree(room, date, { startsAt, endsAt: endsAt + STEP }, now))
    endsAt += STEP;
  return { startsAt, endsAt };
}
