/** When a room can be had (R42, R43). Pure: ranges are half-open, instants epoch ms, times of day in Asia/Shanghai. */
import { addDays, dateOf, DAY_MS, instantOf, MINUTE_MS, weekdayOf } from '../../kernel/dates.ts';
import type { Why } from './contract.ts';

export interface Range {
  readonly startsAt: number;
  /** First instant that is free again. */
  readonly endsAt: number;
}

export interface Hours {
  readonly state: 'open' | 'closed';
  /** Minutes since midnight. */
  readonly opensMinute: number;
  readonly closesMinute: number;
  /** 0 Sunday … 6 Saturday. */
  readonly weekdays: readonly number[];
  /** Kept free between two meetings. */
  readonly bufferMinutes: number;
}

/** What stands in the way of a range. */
export interface Standing {
  readonly taken: readonly Range[];
  readonly blackouts: readonly Range[];
}

export const STEP_MINUTES = 15;
const STEP_MS = STEP_MINUTES * MINUTE_MS;
/** A series of a year that begins in a month, and no further. */
export const MOST_DAYS_AHEAD = 400;
const DAYS_TO_LOOK = 7;

export const overlap = (a: Range, b: Range, gapMinutes = 0): boolean =>
  a.startsAt < b.endsAt + gapMinutes * MINUTE_MS && b.startsAt < a.endsAt + gapMinutes * MINUTE_MS;

/** The quarter of an hour that runs can still be had: people walk in. */
export const firstStart = (now: number): number => Math.floor(now / STEP_MS) * STEP_MS;

/** A booking that waits for somebody's word lapses at its start: one that has begun could only be lost. */
export const tooLateToAsk = ({ startsAt }: Pick<Range, 'startsAt'>, now: number): boolean => startsAt <= now;

/** The first start that can still be asked for. */
export const firstStartToAsk = (now: number): number => firstStart(now) + STEP_MS;

/** What of a range can still be had: of one that runs, the rest. Nothing of it is left when it ends before it starts. */
export const restOf = ({ startsAt, endsAt }: Range, now: number): Range => ({
  startsAt: Math.max(startsAt, firstStart(now)),
  endsAt,
});

/** Why this range cannot be held; null: it can. */
export function whyNot(hours: Hours, range: Range, standing: Standing, now: number): Why | null {
  const shape = whyNotShape(hours, range, now);
  if (shape) return shape;
  if (standing.blackouts.some((one) => overlap(one, range))) return 'blackout';
  return standing.taken.some((one) => overlap(one, range, hours.bufferMinutes)) ? 'taken' : null;
}

function whyNotShape(hours: Hours, { startsAt, endsAt }: Range, now: number): Why | null {
  if (hours.state === 'closed') return 'closed';
  if (startsAt % STEP_MS !== 0 || endsAt % STEP_MS !== 0 || endsAt <= startsAt) return 'shape';
  if (startsAt < firstStart(now)) return 'past';
  if (startsAt > now + MOST_DAYS_AHEAD * DAY_MS) return 'far';
  const date = dateOf(startsAt);
  if (!hours.weekdays.includes(weekdayOf(date))) return 'hours';
  const opens = instantOf(date, hours.opensMinute);
  const closes = instantOf(date, hours.closesMinute);
  return startsAt < opens || endsAt > closes ? 'hours' : null;
}

/** The same time of the day, week after week. China has no daylight saving. */
export const weekly = ({ startsAt, endsAt }: Range, weeks: number): Range[] =>
  Array.from({ length: weeks }, (_, at) => ({
    startsAt: startsAt + at * 7 * DAY_MS,
    endsAt: endsAt + at * 7 * DAY_MS,
  }));

/** Each occurrence once, in order, with why it cannot be held (R43). */
export const judgeSeries = (
  hours: Hours,
  ranges: readonly Range[],
  standing: Standing,
  now: number,
): { readonly range: Range; readonly why: Why | null }[] =>
  ranges.map((range) => ({ range, why: whyNot(hours, range, standing, now) }));

/** Free ranges as long as the wanted one: nearest on the same day, then the same time on the days after. */
export function nearestFree(
  hours: Hours,
  wanted: Range,
  standing: Standing,
  now: number,
  most: number,
): Range[] {
  const length = wanted.endsAt - wanted.startsAt;
  const at = (startsAt: number): Range => ({ startsAt, endsAt: startsAt + length });
  const free = (range: Range): boolean => whyNot(hours, range, standing, now) === null;
  const sameDay = startsOf(hours, wanted.startsAt)
    .map(at)
    .filter(free)
    .sort((a, b) => distance(a, wanted) - distance(b, wanted) || a.startsAt - b.startsAt);
  const apart: Range[] = [];
  for (const range of sameDay) if (apart.every((one) => !overlap(one, range))) apart.push(range);
  const later = Array.from({ length: DAYS_TO_LOOK }, (_, n) => at(wanted.startsAt + (n + 1) * DAY_MS));
  return [...apart.slice(0, most - 1), ...later.filter(free)]
    .slice(0, most)
    .sort((a, b) => a.startsAt - b.startsAt);
}

const distance = (a: Range, b: Range): number => Math.abs(a.startsAt - b.startsAt);

function startsOf({ opensMinute, closesMinute }: Hours, day: number): number[] {
  const count = Math.max(0, Math.floor((closesMinute - opensMinute) / STEP_MINUTES));
  const opens = instantOf(dateOf(day), opensMinute);
  return Array.from({ length: count }, (_, n) => opens + n * STEP_MS);
}

/** From when to when alternatives are looked for: what is taken there must be known. */
export const lookRange = ({ startsAt }: Range): Range => ({
  startsAt: instantOf(dateOf(startsAt)),
  endsAt: instantOf(addDays(dateOf(startsAt), DAYS_TO_LOOK + 2)),
});

/** Someone checks in from a quarter of an hour before the meeting until the room would be released. */
export const CHECK_IN_BEFORE_MS = 15 * MINUTE_MS;

export const mayCheckIn = (range: Range, releaseAt: number | null, now: number): boolean =>
  now >= range.startsAt - CHECK_IN_BEFORE_MS && now < (releaseAt ?? range.endsAt);

/** When a room nobody came to is free again; null: it is not asked for. Who books late has the same time. */
export const releaseTime = (range: Range, checkInMinutes: number | null, now: number): number | null =>
  checkInMinutes === null
    ? null
    : Math.min(range.endsAt, Math.max(range.startsAt, now) + checkInMinutes * MINUTE_MS);
