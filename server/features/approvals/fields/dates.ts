import { countDays, type DayCount } from '../../../kernel/count-days.ts';
import { daysBetween, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { FieldOf } from './controls.ts';
import { dateWords, daysWords } from '../words.ts';
import { DateRangeValue, type FieldValue } from './contract.ts';

export function dateTimeFault({ label }: FieldOf<'dateTime'>, value: FieldValue): string | null {
  return momentOf(value) === null ? `${label}要选好日期和时间。` : null;
}

/** Day and minute of `YYYY-MM-DDTHH:MM`; null for anything else. A wall clock in Asia/Shanghai, no instant (R38). */
export function momentOf(value: FieldValue | undefined): { date: CalendarDate; time: string } | null {
  const [, date = '', time = ''] =
    typeof value === 'string' ? (/^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(value) ?? []) : [];
  return isCalendarDate(date) ? { date, time } : null;
}

/** "11-26 周四 14:30" */
export function momentWords(value: FieldValue, today: CalendarDate): string {
  const moment = momentOf(value);
  return moment === null ? '' : `${dateWords(moment.date, today)} ${moment.time}`;
}

/** The range in a value, if it has real dates in the right order. */
export function dateRangeOf(value: FieldValue | undefined): DateRangeValue | null {
  const { data } = DateRangeValue.safeParse(value);
  return data === undefined || data.to < data.from ? null : data;
}

export function dateRangeFault(
  { label, fromLabel, toLabel, maxSpanDays }: FieldOf<'dateRange'>,
  value: FieldValue,
): string | null {
  if (!DateRangeValue.safeParse(value).success) return `请选好${label}的${fromLabel}和${toLabel}。`;
  const range = dateRangeOf(value);
  if (range === null) return `${label}的${toLabel}不能早于${fromLabel}。`;
  return daysBetween(range.from, range.to) >= maxSpanDays
    ? `${label}一次最多 ${String(maxSpanDays)} 天。`
    : null;
}

/** Days of the range by the field's way of counting, both ends included (R39). */
export const countRange = (
  { from, to }: DateRangeValue,
  counting: 'workday' | 'calendar',
  calendar: Calendar,
) => countDays({ from, fromHalf: 'am', to, toHalf: 'pm' }, counting, calendar);

/** "共 4 个工作日"; where no notice decides yet: "共 4 个工作日，2028 年放假安排未公布，天数暂估" */
export function countWords({ total, provisional, missingYears }: DayCount, counting: 'workday' | 'calendar') {
  const words = `共 ${daysWords(total, counting)}`;
  return provisional ? `${words}，${missingYears.join('、')} 年放假安排未公布，天数暂估` : words;
}

/** "11-26 周四 至 12-01 周二"; one day is said once. */
export function dateRangeWords({ from, to }: DateRangeValue, today: CalendarDate): string {
  return from === to ? dateWords(from, today) : `${dateWords(from, today)} 至 ${dateWords(to, today)}`;
}
