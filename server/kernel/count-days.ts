import { addDays, daysBetween, isCalendarDate, type CalendarDate } from './dates.ts';
import { badRequest, refused } from './errors.ts';
import type { Interval } from './interval.ts';
import { worksOn, type Calendar, type Day } from './workdays.ts';

/**
 * A stretch of days by halves (R38: calendar dates, never instants). Starts with the morning or the afternoon of
 * `from`, ends after the morning or the afternoon of `to`. The whole of one day is am … pm.
 */
export interface HalfDayRange {
  readonly from: CalendarDate;
  readonly fromHalf: 'am' | 'pm';
  readonly to: CalendarDate;
  readonly toHalf: 'am' | 'pm';
}

export interface CountedDay extends Day {
  /** How much of the day counts: 0 on days off when counting working days. */
  readonly weight: 0 | 0.5 | 1;
}

export interface DayCount {
  /** A multiple of 0.5. */
  readonly total: number;
  /** Every day of the range, in order. */
  readonly strip: readonly CountedDay[];
  /** The total rests on days no notice decides yet (G4). */
  readonly provisional: boolean;
  /** Years whose notice is waited for: "2028 年放假安排未公布，天数暂估". */
  readonly missingYears: readonly number[];
}

export const MAX_RANGE_DAYS = 731;

/**
 * Days of a leave, by its type's way of counting (R39).
 * @throws `supervision.date_missing` for an empty or impossible date (which is never taken for today),
 * `supervision.range_reversed` when it ends before it starts, `supervision.range_too_long` above two years.
 */
export function countDays(range: HalfDayRange, unit: 'workday' | 'calendar', calendar: Calendar): DayCount {
  const { from, until } = halfDaySlots(range);
  const strip: CountedDay[] = [];
  let halves = 0;
  for (let date = range.from; date <= range.to; date = addDays(date, 1)) {
    const day = calendar.day(date);
    const slot = slotOf(date);
    const inside = Math.min(until, slot + 2) - Math.max(from, slot);
    const counts = unit === 'calendar' || worksOn(day) ? inside : 0;
    halves += counts;
    strip.push({ ...day, weight: WEIGHTS[counts] ?? 0 });
  }
  const provisional = unit === 'workday' && strip.some((day) => !day.known);
  const missingYears = provisional ? calendar.missingYears(range.from, addDays(range.to, 1)) : [];
  return { total: halves / 2, strip, provisional, missingYears };
}

/**
 * The range as half-open half-day numbers, so that "a full day and a half day on one date" (R39) is an ordinary
 * overlap: `overlaps(halfDaySlots(a), halfDaySlots(b))`. @throws as `countDays`.
 */
export function halfDaySlots({ from, fromHalf, to, toHalf }: HalfDayRange): Interval<number> {
  for (const [field, date] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isCalendarDate(date)) throw badRequest('supervision.date_missing', { field });
  }
  const slots = {
    from: slotOf(from) + (fromHalf === 'pm' ? 1 : 0),
    until: slotOf(to) + (toHalf === 'pm' ? 2 : 1),
  };
  if (slots.until <= slots.from) throw refused('supervision.range_reversed', { from, to });
  if (daysBetween(from, to) >= MAX_RANGE_DAYS)
    throw refused('supervision.range_too_long', { max: MAX_RANGE_DAYS });
  return slots;
}

const WEIGHTS = [0, 0.5, 1] as const;

const slotOf = (date: CalendarDate): number => daysBetween('1970-01-01', date) * 2;
