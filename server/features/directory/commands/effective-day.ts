import { dateOf, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import { badRequest, refused } from '../../../kernel/errors.ts';

/** The day an act holds from. A future one is planned for its day by whoever asks, not written now (A6). */
export function effectiveDay(now: number, on: CalendarDate | undefined): CalendarDate {
  const today = dateOf(now);
  if (on === undefined) return today;
  if (!isCalendarDate(on)) throw badRequest('directory.malformed', { field: 'on' });
  if (on > today) throw refused('directory.not_yet', { on });
  return on;
}
