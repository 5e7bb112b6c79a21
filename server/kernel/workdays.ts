import { addDays, weekdayOf, type CalendarDate } from './dates.ts';
import { DEFAULT_OFFICE_HOURS, workingTime, type OfficeHours, type WorkingTime } from './working-time.ts';

export { DEFAULT_OFFICE_HOURS, type OfficeHours, type PeriodEnd } from './working-time.ts';

/** A State Council notice: where a year's days come from. `publishedOn` is the date the notice bears. */
export interface Notice {
  readonly title: string;
  /** e.g. 国办发明电〔2025〕7号; null where it could not be verified. */
  readonly number: string | null;
  readonly url: string;
  readonly publishedOn?: CalendarDate | undefined;
}

export interface NamedDay {
  readonly date: CalendarDate;
  /** The holiday it belongs to: 春节. */
  readonly name: string;
}

/** One year's notices (config/holidays/<year>.json). They may name days of the neighbouring years. */
export interface HolidayYear {
  readonly year: number;
  readonly notices: readonly Notice[];
  readonly off: readonly NamedDay[];
  readonly work: readonly NamedDay[];
}

/** The institution's own calendar on top of the State's (G1): sports day off, anniversary worked. */
export interface OwnDay extends NamedDay {
  readonly kind: 'off' | 'work';
}

/** `makeup` is a weekend day worked in exchange for a day off (调休上班). */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup';

export interface Day {
  readonly date: CalendarDate;
  /** Where `known` is false: a weekday guess, to be shown as provisional and never to be held against anybody. */
  readonly kind: DayKind;
  readonly name: string | null;
  readonly known: boolean;
}

export interface Calendar extends WorkingTime {
  day(date: CalendarDate): Day;
  /** G4: a day no notice decides is `unknown`, never a weekday guess. */
  dayKind(date: CalendarDate): DayKind | 'unknown';
  isWorkday(date: CalendarDate): boolean | 'unknown';
  /**
   * The n-th working day after `date`, which itself is not counted (G2). n ≥ 1.
   * `provisional` when an undecided day was stepped over or landed on.
   */
  workdaysAfter(date: CalendarDate, n: number): { on: CalendarDate; provisional: boolean };
  /** The years whose notices decide a day: its own, at the end of December the next one too. */
  deciders(date: CalendarDate): readonly number[];
  /** Notices that decide days of `[from, until)`, by year. */
  notices(from: CalendarDate, until: CalendarDate): readonly (Notice & { year: number })[];
  /** Years without a notice that days of `[from, until)` wait for. */
  missingYears(from: CalendarDate, until: CalendarDate): readonly number[];
  readonly years: readonly HolidayYear[];
  readonly own: readonly OwnDay[];
}

export interface CalendarOptions {
  readonly own?: readonly OwnDay[];
  readonly officeHours?: OfficeHours;
}

/**
 * New Year's block is at most three days including 1 January and trades with the weekend beside it, so next
 * year's notice can reach back to 28 December at the earliest (2007–2026: 29 December in 2007 and 2018). From
 * here on a day is decided by two papers (G4).
 */
const NEXT_NOTICE_FROM = '12-28';

/** A calendar from the notices of some years. Pure: the same input gives the same answers on a server in any zone. */
export function createCalendar(years: readonly HolidayYear[], options: CalendarOptions = {}): Calendar {
  const sorted = [...years].sort((a, b) => a.year - b.year);
  const own = options.own ?? [];
  const published = new Set(sorted.map(({ year }) => year));
  const named = nameDays(sorted, own);

  const deciders = (date: CalendarDate): number[] => {
    const year = Number(date.slice(0, 4));
    return date.slice(5) >= NEXT_NOTICE_FROM ? [year, year + 1] : [year];
  };
  const day = (date: CalendarDate): Day => {
    const weekend = isWeekend(date);
    const entry = named.get(date);
    if (entry) return { date, kind: kindOf(entry.works, weekend), name: entry.name, known: true };
    const known = deciders(date).every((year) => published.has(year));
    return { date, kind: weekend ? 'weekend' : 'workday', name: null, known };
  };
  const works = (date: CalendarDate) => worksOn(day(date));
  const yearsOf = (from: CalendarDate, until: CalendarDate) => {
    const found = new Set<number>();
    for (let date = from; date < until; date = addDays(date, 1)) {
      for (const year of deciders(date)) found.add(year);
    }
    return [...found].sort((a, b) => a - b);
  };

  return {
    ...workingTime((date) => lookup(day(date)), options.officeHours ?? DEFAULT_OFFICE_HOURS),
    years: sorted,
    own,
    day,
    deciders,
    dayKind: (date) => (day(date).known ? day(date).kind : 'unknown'),
    isWorkday: (date) => (day(date).known ? works(date) : 'unknown'),
    workdaysAfter(date, n) {
      if (!Number.isInteger(n) || n < 1) throw new RangeError(`workdaysAfter: not a count of days: ${n}`);
      let on = date;
      let provisional = false;
      for (let left = n; left > 0;) {
        on = addDays(on, 1);
        provisional ||= !day(on).known;
        if (works(on)) left -= 1;
      }
      return { on, provisional };
    },
    notices: (from, until) =>
      yearsOf(from, until).flatMap((year) =>
        (sorted.find((one) => one.year === year)?.notices ?? []).map((notice) => ({ ...notice, year })),
      ),
    missingYears(from, until) {
      const missing = new Set<number>();
      for (let date = from; date < until; date = addDays(date, 1)) {
        if (day(date).known) continue;
        for (const year of deciders(date)) if (!published.has(year)) missing.add(year);
      }
      return [...missing].sort((a, b) => a - b);
    },
  };
}

export const isWeekend = (date: CalendarDate): boolean => weekdayOf(date) % 6 === 0;

/** Is it worked, going by the kind (a guess where the day is not known)? */
export const worksOn = (day: Day): boolean => day.kind === 'workday' || day.kind === 'makeup';

const lookup = (day: Day) => ({ works: worksOn(day), known: day.known });

function kindOf(works: boolean, weekend: boolean): DayKind {
  if (!works) return 'holiday';
  return weekend ? 'makeup' : 'workday';
}

interface NamedEntry {
  readonly works: boolean;
  readonly name: string;
}

/** Later papers win: next year's notice over this year's, the institution's own calendar over both. */
function nameDays(years: readonly HolidayYear[], own: readonly OwnDay[]): Map<CalendarDate, NamedEntry> {
  const named = new Map<CalendarDate, NamedEntry>();
  for (const { off, work } of years) {
    for (const { date, name } of off) named.set(date, { works: false, name });
    for (const { date, name } of work) named.set(date, { works: true, name });
  }
  for (const { date, name, kind } of own) named.set(date, { works: kind === 'work', name });
  return named;
}
