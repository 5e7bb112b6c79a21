/** One leave as days that were really taken: coming back early, not going, going on. Pure (R38: dates, never instants). */
import { halfDaySlots, type HalfDayRange } from '../../kernel/count-days.ts';
import { addDays, dateOf, daysBetween, minuteOfDay, type CalendarDate } from '../../kernel/dates.ts';
import { worksOn, type Calendar } from '../../kernel/workdays.ts';

/** When somebody is at work again: from the morning or the afternoon of a day. */
export interface Back {
  readonly on: CalendarDate;
  readonly half: 'am' | 'pm';
}

const EPOCH = '1970-01-01';
export const slotOf = ({ on, half }: Back): number => daysBetween(EPOCH, on) * 2 + (half === 'pm' ? 1 : 0);
const backOf = (slot: number): Back => ({
  on: addDays(EPOCH, Math.floor(slot / 2)),
  half: slot % 2 === 0 ? 'am' : 'pm',
});

const NOON = 12 * 60;
const EVENING = 17 * 60 + 30;

/** Who says so now works from this half day on; in the evening, from tomorrow. */
export function backNow(now: number): Back {
  const minute = minuteOfDay(now);
  const on = dateOf(now);
  if (minute < NOON) return { on, half: 'am' };
  return minute < EVENING ? { on, half: 'pm' } : tomorrow(now);
}

/** The morning after. */
export const tomorrow = (now: number): Back => ({ on: addDays(dateOf(now), 1), half: 'am' });

/** The first half day after the leave. */
export const backAfter = (range: HalfDayRange): Back => backOf(halfDaySlots(range).until);

export const earlier = (a: Back, b: Back): Back => (slotOf(a) <= slotOf(b) ? a : b);

/** The half day that runs; a day's second one until midnight. */
export const halfNow = (now: number): Back => ({
  on: dateOf(now),
  half: minuteOfDay(now) < NOON ? 'am' : 'pm',
});

/** Is this half day one of the leave, or after it? */
export const hasBegun = (range: HalfDayRange, at: Back): boolean => halfDaySlots(range).from <= slotOf(at);
export const isOver = (range: HalfDayRange, now: Back): boolean => halfDaySlots(range).until <= slotOf(now);

/** What is taken of the range by who is back then: all of it, its beginning, or nothing. */
export function takenUntil<Range extends HalfDayRange>(range: Range, back: Back): HalfDayRange | null {
  const { from, until } = halfDaySlots(range);
  const end = Math.min(until, slotOf(back));
  if (end <= from) return null;
  const last = backOf(end - 1);
  return { from: range.from, fromHalf: range.fromHalf, to: last.on, toHalf: last.half };
}

/** Does `next` go on where `first` ends, with no working half day between them? */
export function goesOn(first: HalfDayRange, next: HalfDayRange, calendar: Calendar): boolean {
  const end = halfDaySlots(first).until;
  const begin = halfDaySlots(next).from;
  if (begin < end) return false;
  for (let slot = end; slot < begin; slot += 1) {
    if (slot - end > MOST_BETWEEN) return false;
    if (worksOn(calendar.day(backOf(slot).on))) return false;
  }
  return true;
}

/** The longest holidays with their weekends are below this, in half days. */
const MOST_BETWEEN = 40;
