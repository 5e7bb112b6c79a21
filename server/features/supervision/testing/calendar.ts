import { createCalendar, type HolidayYear, type OwnDay } from '../../../kernel/workdays.ts';
import { loadHolidayYears } from '../holiday-files.ts';

export const holidayYears: readonly HolidayYear[] = loadHolidayYears('config/holidays');

export const calendarOf = (own: readonly OwnDay[] = []) => createCalendar(holidayYears, { own });

/** 2007–2026, default office hours. */
export const calendar = calendarOf();

/** An instant from Beijing wall time: `at('2026-11-23 10:20')`. */
export function at(text: string): number {
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(ms)) throw new Error(`not a time: ${text}`);
  return ms;
}

/** The reverse, to the minute. */
export const clockOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
