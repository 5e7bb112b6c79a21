import { dateOf, type CalendarDate } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import type { Filled } from './model.ts';

/** Clocks and lateness are counted day by day, so a slip of the year must not make them walk through centuries. */
const MOST_YEARS = 10;
const DATE_FIELDS = ['reportOn', 'effectiveOn', 'fromOn', 'untilOn', 'leftOn'] as const;

/** Every date a form names. */
export function datesOf({ form }: Filled): readonly CalendarDate[] {
  const named: Readonly<Partial<Record<(typeof DATE_FIELDS)[number], CalendarDate | null>>> = form;
  return DATE_FIELDS.flatMap((field) => named[field] ?? []);
}

/**
 * What people fill in lies within ten years of today, these days included. News of HR is not asked.
 * @throws `accounts.far_date`
 */
export function mustBeNear(dates: readonly CalendarDate[], now: number): void {
  const today = dateOf(now);
  const [first, last] = [shifted(today, -MOST_YEARS), shifted(today, MOST_YEARS)];
  if (dates.some((date) => date < first || date > last))
    throw refused('accounts.far_date', { years: MOST_YEARS });
}

/** For comparing only: 29 February may have no fellow in that year. */
const shifted = (date: CalendarDate, years: number): string =>
  `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
