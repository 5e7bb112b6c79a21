import { addDays, daysBetween } from '../../kernel/dates.ts';
import { refused } from '../../kernel/errors.ts';
import type { Calendar, Day } from '../../kernel/workdays.ts';
import type { CalendarAnswer, CalendarQuery } from './contract.ts';

const MAX_DAYS = 62;

/** Days of `from` to `to`, both included, with the notices behind them. */
export function readCalendar({ from, to }: CalendarQuery, calendar: Calendar): CalendarAnswer {
  const length = daysBetween(from, to) + 1;
  if (length < 1) throw refused('supervision.range_reversed', { from, to });
  if (length > MAX_DAYS) throw refused('supervision.range_too_long', { max: MAX_DAYS });
  const days: Day[] = [];
  for (let n = 0; n < length; n += 1) days.push(calendar.day(addDays(from, n)));
  const until = addDays(to, 1);
  return {
    days,
    notices: calendar
      .notices(from, until)
      .map(({ year, title, number, url }) => ({ year, title, number, url })),
    missingYears: [...calendar.missingYears(from, until)],
  };
}
