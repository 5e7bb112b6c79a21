import { dateOf, MINUTE_MS } from '../../kernel/dates.ts';
import type { Calendar, PeriodEnd } from '../../kernel/workdays.ts';

/**
 * What is granted: working days with how the last one ends (R34), or working minutes. Stored with the obligation,
 * so that a later change of the setting does not rewrite running clocks.
 */
export type Budget = { readonly workdays: number; readonly end: PeriodEnd } | { readonly minutes: number };

/**
 * A clock (R36): the budget, what finished runs used of it, and since when it runs. The due time follows from
 * these and the calendar; pausing and resuming only add to them.
 */
export interface ClockState {
  readonly budget: Budget;
  readonly openedAt: number;
  /** Null while paused. */
  readonly runningSinceAt: number | null;
  /** Working time of finished runs, ms. */
  readonly consumedMs: number;
  /** Working days that ended during finished runs, the opening day left out (G2). */
  readonly consumedDays: number;
  /** Derived; kept beside the clock for sorting. Null while paused, unless the time had already run out. */
  readonly dueAt: number | null;
  /** Rests on days no notice decides (G4): never a breach. */
  readonly provisional: boolean;
}

export type ClockChange = Pick<
  ClockState,
  'runningSinceAt' | 'consumedMs' | 'consumedDays' | 'dueAt' | 'provisional'
>;

export function startClock(budget: Budget, at: number, calendar: Calendar): ClockState {
  const fresh = { budget, openedAt: at, runningSinceAt: at, consumedMs: 0, consumedDays: 0 };
  return { ...fresh, ...derive({ ...fresh, dueAt: null, provisional: false }, calendar) };
}

/** Has the time run out? Half-open: at the due instant itself it has. Provisional or paused clocks never run out. */
export function isOverdue(clock: Pick<ClockState, 'dueAt' | 'provisional'>, now: number): boolean {
  return clock.dueAt !== null && !clock.provisional && clock.dueAt <= now;
}

/** Stop counting (G6). What ran out stays run out: its due time is kept. A paused clock is left as it is. */
export function pauseClock(clock: ClockState, now: number, calendar: Calendar): ClockChange {
  const { runningSinceAt: since, dueAt } = clock;
  if (since === null) return pick(clock);
  const ranOut = dueAt !== null && dueAt <= now;
  return {
    runningSinceAt: null,
    consumedMs: clock.consumedMs + calendar.workingMsBetween(since, now).ms,
    consumedDays: clock.consumedDays + daysUsed(clock, since, now, calendar),
    dueAt: ranOut ? dueAt : null,
    provisional: ranOut && clock.provisional,
  };
}

/** Count again with what is left. A running clock is left as it is. */
export function resumeClock(clock: ClockState, now: number, calendar: Calendar): ClockChange {
  if (clock.runningSinceAt !== null) return pick(clock);
  const running = { ...pick(clock), runningSinceAt: now };
  if (clock.dueAt !== null) return running;
  return { ...running, ...derive({ ...clock, runningSinceAt: now }, calendar) };
}

/** G5: the due time of an open clock under the calendar of today; null when nothing moves. */
export function moveClock(
  clock: ClockState,
  calendar: Calendar,
): Pick<ClockState, 'dueAt' | 'provisional'> | null {
  if (clock.runningSinceAt === null || ranOutBefore(clock)) return null;
  const next = derive(clock, calendar);
  return next.dueAt === clock.dueAt && next.provisional === clock.provisional ? null : next;
}

/** Working time used so far (or until it was closed), ms: "已 1 个工作日", "用时 2 小时". */
export function usedMs(
  clock: Pick<ClockState, 'consumedMs' | 'runningSinceAt'>,
  until: number,
  calendar: Calendar,
): number {
  const { consumedMs, runningSinceAt } = clock;
  return consumedMs + (runningSinceAt === null ? 0 : calendar.workingMsBetween(runningSinceAt, until).ms);
}

function derive(clock: ClockState, calendar: Calendar): Pick<ClockState, 'dueAt' | 'provisional'> {
  const { budget, openedAt, consumedDays, consumedMs, runningSinceAt } = clock;
  const since = runningSinceAt ?? openedAt;
  const { at, provisional } = reckon();
  return { dueAt: at, provisional };

  function reckon() {
    if ('minutes' in budget) return rest(budget.minutes * MINUTE_MS - consumedMs);
    if (budget.end !== 'sameTime') {
      // One unit is used up by each working day that ends while the clock runs; the opening day never is one.
      return calendar.nthDayEnd(
        since,
        Math.max(1, budget.workdays - consumedDays),
        budget.end,
        dateOf(openedAt),
      );
    }
    if (since === openedAt) return calendar.addWorkdays(since, budget.workdays, 'sameTime');
    return rest(budget.workdays * calendar.workdayMs - consumedMs);
  }

  function rest(ms: number) {
    return calendar.addWorkingMs(calendar.nextOpening(since), Math.max(0, ms));
  }
}

function daysUsed(clock: ClockState, since: number, now: number, calendar: Calendar): number {
  const { budget, openedAt } = clock;
  if ('minutes' in budget || budget.end === 'sameTime') return 0;
  return calendar.dayEndsBetween(since, now, budget.end, dateOf(openedAt));
}

/** Resumed after its time had run out: the due time is history, not to be derived again. */
const ranOutBefore = (clock: ClockState): boolean =>
  clock.dueAt !== null && clock.runningSinceAt !== null && clock.dueAt <= clock.runningSinceAt;

const pick = ({ runningSinceAt, consumedMs, consumedDays, dueAt, provisional }: ClockState): ClockChange => ({
  runningSinceAt,
  consumedMs,
  consumedDays,
  dueAt,
  provisional,
});
