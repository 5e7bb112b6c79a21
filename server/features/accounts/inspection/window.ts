import { instantOf, type CalendarDate } from '../../../kernel/dates.ts';

/** Half-open `[fromOn, untilOn)`. */
export interface InspectionWindow {
  readonly fromOn: CalendarDate;
  readonly untilOn: CalendarDate;
}

/**
 * G7: "one month without operation" runs from day d of month m to day d of the next month, the month's end where it
 * has no such day (31 Jan → 28 or 29 Feb). Windows of following months touch and never overlap.
 */
export function windowOf(month: string, day: number): InspectionWindow {
  return { fromOn: dayIn(month, day), untilOn: dayIn(nextMonth(month), day) };
}

/** Where an act lies. Both epoch ms. */
export const isInside = (at: number, { fromOn, untilOn }: InspectionWindow): boolean =>
  at >= instantOf(fromOn) && at < instantOf(untilOn);

/**
 * Of two acts by one person the one that tells more: the one inside the window, else the later one. An act after the
 * window must not hide one inside it.
 */
export function telling(one: number | undefined, other: number, window: InspectionWindow): number {
  if (one === undefined) return other;
  const [first, second] = [isInside(one, window), isInside(other, window)];
  if (first !== second) return first ? one : other;
  return Math.max(one, other);
}

/** The month whose window ended last, that day included. */
export function endedMonth(today: CalendarDate, day: number): string {
  const month = today.slice(0, 7);
  return today >= dayIn(month, day) ? monthBefore(month) : monthBefore(monthBefore(month));
}

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${twoDigits(number - 1)}`;
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${twoDigits(number + 1)}`;
}

function dayIn(month: string, day: number): CalendarDate {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return `${month}-${twoDigits(Math.min(day, last))}`;
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
