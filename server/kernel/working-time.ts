import {
  addDays,
  DAY_MS,
  dateOf,
  dateOfDayNumber,
  dayNumber,
  instantOf,
  MINUTE_MS,
  type CalendarDate,
} from './dates.ts';

/** Office hours of a working day, in minutes since midnight, half-open, ascending, not touching. */
export interface OfficeHours {
  readonly spans: readonly { readonly from: number; readonly until: number }[];
}

/** 8:30–12:00, 13:30–17:30: seven and a half hours. */
export const DEFAULT_OFFICE_HOURS: OfficeHours = {
  spans: [
    { from: 510, until: 720 },
    { from: 810, until: 1050 },
  ],
};

/**
 * When a period of n working days ends (R34, G2; stated by setting):
 * `close` at close of business of the n-th working day, `midnight` at its 24:00, `sameTime` at the wall time of
 * the start. Never after n × 24 hours, never after n × 24 working hours.
 */
export type PeriodEnd = 'close' | 'midnight' | 'sameTime';

/** An instant or an amount, and whether an undecided day went into it (G4). */
export interface Reckoned {
  readonly at: number;
  readonly provisional: boolean;
}

export interface Worked {
  readonly ms: number;
  readonly provisional: boolean;
}

/** Arithmetic that counts office hours of working days only. Instants are epoch ms, amounts ms. */
export interface WorkingTime {
  readonly officeHours: OfficeHours;
  /** Length of one working day, ms. */
  readonly workdayMs: number;
  /** Inside office hours (not at lunch). */
  isOpen(at: number): boolean;
  /** Between first opening and last closing of a working day, lunch included: a fair time to disturb somebody. */
  isOfficeDaytime(at: number): boolean;
  /** `at` if the office is open then, else the next opening (R35). */
  nextOpening(at: number): number;
  /** `at` if it is a fair time to disturb, else the next first opening of a working day. */
  nextOfficeDaytime(at: number): number;
  /** Working time in `[from, until)`; 0 when reversed. Additive. */
  workingMsBetween(from: number, until: number): Worked;
  /** The first instant by which `ms` of working time have passed since `from`. */
  addWorkingMs(from: number, ms: number): Reckoned;
  /** The last instant from which `ms` of working time pass until `until`. */
  subtractWorkingMs(until: number, ms: number): Reckoned;
  /** End of a period of n ≥ 1 working days. The start day is not counted (G2). */
  addWorkdays(from: number, n: number, end: PeriodEnd): Reckoned;
  /** The n-th end of a working day after `since`, leaving out the working day `except`. */
  nthDayEnd(since: number, n: number, end: 'close' | 'midnight', except?: CalendarDate): Reckoned;
  /** How many working days ended in `(since, until]`, leaving out `except`. */
  dayEndsBetween(since: number, until: number, end: 'close' | 'midnight', except?: CalendarDate): number;
}

interface Lookup {
  readonly works: boolean;
  readonly known: boolean;
}

/** A calendar with ten years without a working day is a mistake, not a reason to loop for ever. */
const MAX_DAYS = 3_660;

export function workingTime(lookup: (date: CalendarDate) => Lookup, officeHours: OfficeHours): WorkingTime {
  const { opening, closing, workdayMs } = checked(officeHours);
  const spansOf = (date: CalendarDate): readonly Span[] =>
    lookup(date).works
      ? officeHours.spans.map((s) => ({ from: instantOf(date, s.from), until: instantOf(date, s.until) }))
      : [];
  const endOf = (date: CalendarDate, end: 'close' | 'midnight') =>
    end === 'close' ? instantOf(date, closing) : instantOf(date) + DAY_MS;

  /** Visit days from that of `at` in steps of one day until `visit` answers. */
  function walk<T>(at: number, step: 1 | -1, visit: (date: CalendarDate) => T | undefined): T {
    let date = dateOf(at);
    for (let n = 0; n < MAX_DAYS; n += 1, date = addDays(date, step)) {
      const found = visit(date);
      if (found !== undefined) return found;
    }
    throw new RangeError('working time: no end within ten years');
  }

  const opensAt = (at: number, spans: (date: CalendarDate) => readonly Span[]) =>
    walk(at, 1, (date) => {
      const span = spans(date).find((s) => at < s.until);
      return span && Math.max(at, span.from);
    });
  const daytimeOf = (date: CalendarDate): readonly Span[] =>
    lookup(date).works ? [{ from: instantOf(date, opening), until: instantOf(date, closing) }] : [];

  const nextOpening = (at: number) => opensAt(at, spansOf);
  const nextOfficeDaytime = (at: number) => opensAt(at, daytimeOf);

  // A calendar never changes: what a day is gets worked out once. Lists ask for the same days again and again.
  const days = new Map<number, { readonly known: boolean; readonly spans: readonly Span[] }>();
  const dayNumbered = (number: number) => {
    const kept = days.get(number);
    if (kept) return kept;
    const date = dateOfDayNumber(number);
    const day = { known: lookup(date).known, spans: spansOf(date) };
    days.set(number, day);
    return day;
  };

  function workingMsBetween(from: number, until: number): Worked {
    let ms = 0;
    let provisional = false;
    if (until <= from) return { ms, provisional };
    const last = dayNumber(until - 1);
    for (let number = dayNumber(from); number <= last; number += 1) {
      const { known, spans } = dayNumbered(number);
      provisional ||= !known;
      for (const s of spans) ms += Math.max(0, Math.min(until, s.until) - Math.max(from, s.from));
    }
    return { ms, provisional };
  }

  function addWorkingMs(from: number, ms: number): Reckoned {
    if (ms <= 0) return { at: from, provisional: false };
    let left = ms;
    let provisional = false;
    return walk(from, 1, (date) => {
      provisional ||= !lookup(date).known;
      for (const s of spansOf(date)) {
        const start = Math.max(from, s.from);
        const here = Math.max(0, s.until - start);
        if (left <= here) return { at: start + left, provisional };
        left -= here;
      }
      return undefined;
    });
  }

  function subtractWorkingMs(until: number, ms: number): Reckoned {
    if (ms <= 0) return { at: until, provisional: false };
    let left = ms;
    let provisional = false;
    return walk(until - 1, -1, (date) => {
      provisional ||= !lookup(date).known;
      for (const s of [...spansOf(date)].reverse()) {
        const stop = Math.min(until, s.until);
        const here = Math.max(0, stop - s.from);
        if (left <= here) return { at: stop - left, provisional };
        left -= here;
      }
      return undefined;
    });
  }

  const nthDayEnd: WorkingTime['nthDayEnd'] = (since, n, end, except) => {
    counted(n);
    let left = n;
    let provisional = false;
    return walk(since, 1, (date) => {
      const endsAt = endOf(date, end);
      if (endsAt <= since || date === except) return undefined;
      provisional ||= !lookup(date).known;
      if (lookup(date).works) left -= 1;
      return left === 0 ? { at: endsAt, provisional } : undefined;
    });
  };

  const dayEndsBetween: WorkingTime['dayEndsBetween'] = (since, until, end, except) => {
    let count = 0;
    for (let date = dateOf(since); endOf(date, end) <= until; date = addDays(date, 1)) {
      if (endOf(date, end) > since && date !== except && lookup(date).works) count += 1;
    }
    return count;
  };

  /** R34: 14:10 on Wednesday plus one working day is 14:10 on Thursday; filed while closed starts at next opening (R35). */
  function sameTime(from: number, n: number): Reckoned {
    counted(n);
    const start = nextOpening(from);
    const startDay = dateOf(start);
    const { at, provisional } = nthDayEnd(start, n, 'midnight', startDay);
    const undecided = workingMsBetween(from, start).provisional || !lookup(startDay).known;
    return { at: at - DAY_MS + (start - instantOf(startDay)), provisional: provisional || undecided };
  }

  return {
    officeHours,
    workdayMs,
    isOpen: (at) => nextOpening(at) === at,
    isOfficeDaytime: (at) => nextOfficeDaytime(at) === at,
    nextOpening,
    nextOfficeDaytime,
    workingMsBetween,
    addWorkingMs,
    subtractWorkingMs,
    nthDayEnd,
    dayEndsBetween,
    addWorkdays: (from, n, end) =>
      end === 'sameTime' ? sameTime(from, n) : nthDayEnd(from, n, end, dateOf(from)),
  };
}

interface Span {
  readonly from: number;
  readonly until: number;
}

function counted(n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`working time: not a count of days: ${n}`);
}

function checked({ spans }: OfficeHours): { opening: number; closing: number; workdayMs: number } {
  let previous = -1;
  let minutes = 0;
  for (const { from, until } of spans) {
    const fits = Number.isInteger(from) && Number.isInteger(until) && from > previous && until > from;
    if (!fits || until > 1440)
      throw new RangeError('office hours: spans must be whole minutes and ascending');
    previous = until;
    minutes += until - from;
  }
  const first = spans[0];
  if (!first) throw new RangeError('office hours: at least one span is needed');
  return { opening: first.from, closing: previous, workdayMs: minutes * MINUTE_MS };
}
