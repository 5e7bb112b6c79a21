/** Days of a year by years of service (《职工带薪年休假条例》 第三条), from the month after the anniversary on (人社部令第9号 第三条). Pure. */
import type { CalendarDate } from '../../kernel/dates.ts';
import type { TypeSettings } from './settings.ts';

type Tiers = NonNullable<TypeSettings['byService']>;

/** First day of the month after somebody who began on `since` has served so many full years. */
export function servedFrom(since: CalendarDate, years: number): CalendarDate {
  const [year = 0, month = 0] = since.split('-').map(Number);
  const months = (year + years) * 12 + month;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** Days somebody has a right to on a day; 0 below the first tier. */
export const daysByService = (tiers: Tiers, since: CalendarDate, on: CalendarDate): number =>
  tiers.findLast(({ years }) => servedFrom(since, years) <= on)?.days ?? 0;

/** The day a year's right is looked at: today, or its first day where it has not begun. */
export const lookedAtOn = (year: number, today: CalendarDate): CalendarDate => {
  const first = `${String(year)}-01-01`;
  return today > first ? today : first;
};
