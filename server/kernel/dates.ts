/**
 * Calendar dates and wall times in Asia/Shanghai. China has had one zone and no daylight saving since 1991, so
 * fixed +08:00 arithmetic is exact for every instant this product handles, on a server in any zone (rule R38).
 */
const OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, a calendar date in Asia/Shanghai. */
export type CalendarDate = string;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Every date that is typed lies in these years; a slip or an attack would make whoever counts days walk for ages. */
const FIRST: CalendarDate = '1800-01-01';
const LAST: CalendarDate = '2199-12-31';

/** True for an existing calendar date of the years 1800 to 2199 in the form `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match || text < FIRST || text > LAST) return false;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().startsWith(text);
}

/** The calendar date in Shanghai at an instant (epoch ms). */
export function dateOf(at: number): CalendarDate {
  return dateOfDayNumber(dayNumber(at));
}

/** Minutes since midnight in Shanghai at an instant, fractional. */
export function minuteOfDay(at: number): number {
  return ((((at + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
}

/** The instant of a wall time in Shanghai. */
export function instantOf(date: CalendarDate, minuteOfTheDay = 0): number {
  return Date.parse(`${date}T00:00:00Z`) - OFFSET_MS + minuteOfTheDay * MINUTE_MS;
}

/** @throws RangeError outside the years 0000 to 9999: their dates have another form and no order */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const iso = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString();
  if (iso.length !== ISO_LENGTH) throw new RangeError(`addDays: beyond the calendar: ${iso}`);
  return iso.slice(0, 10);
}

const ISO_LENGTH = '2026-11-22T00:00:00.000Z'.length;

/** Whole days from `from` to `to` (negative when `to` is earlier). */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** `HH:MM` in Shanghai. */
export function timeOf(at: number): string {
  const minute = Math.floor(minuteOfDay(at));
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

const twoDigits = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Days since 1970-01-01 in Shanghai at an instant: cheap to count and compare with. */
export const dayNumber = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS);

const named = new Map<number, CalendarDate>();
const MAX_NAMED = 5_000;

/** A list says the same few dates hundreds of times; writing one out costs more than all else about it. */
export function dateOfDayNumber(number: number): CalendarDate {
  const known = named.get(number);
  if (known !== undefined) return known;
  const date = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (named.size >= MAX_NAMED) named.clear();
  named.set(number, date);
  return date;
}
