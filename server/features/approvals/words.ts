/** How this room writes dates, numbers and ranges. */
import { weekdayOf, type CalendarDate } from '../../kernel/dates.ts';
import type { HalfDayRangeValue } from './contract.ts';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** "11-26"; with the year when it is not the year of `today`. */
export const dayWords = (date: CalendarDate, today: CalendarDate): string =>
  date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date;

/** "11-26 周四" */
export const dateWords = (date: CalendarDate, today: CalendarDate): string =>
  `${dayWords(date, today)} ${WEEKDAYS[weekdayOf(date)] ?? ''}`;

/** "11-26 周四 下午 至 12-01 周二"; halves are said only where the day is not whole. */
export function rangeWords(range: HalfDayRangeValue, today: CalendarDate): string {
  if (range.from === range.to) {
    const whole = range.fromHalf === 'am' && range.toHalf === 'pm';
    const half = range.fromHalf === 'am' ? '上午' : '下午';
    return whole ? dateWords(range.from, today) : `${dateWords(range.from, today)} ${half}`;
  }
  const from = `${dateWords(range.from, today)}${range.fromHalf === 'pm' ? ' 下午' : ''}`;
  const to = `${dateWords(range.to, today)}${range.toHalf === 'am' ? ' 上午' : ''}`;
  return `${from} 至 ${to}`;
}

export type DayUnit = 'workday' | 'calendar';
export const unitWords = (unit: DayUnit): string => (unit === 'workday' ? '个工作日' : '天');
/** "3.5 个工作日", "98 天" */
export const daysWords = (days: number, unit: DayUnit): string => `${String(days)} ${unitWords(unit)}`;

/** Enough of a hash to compare a print by eye. */
export const markOf = (hash: string): string => hash.slice(0, 12);
