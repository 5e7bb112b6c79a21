import { addDays, dateOf, instantOf, type CalendarDate } from '../../kernel/dates.ts';
import type { Calendar, PeriodEnd } from '../../kernel/workdays.ts';
import type { Filled, RequestKind } from './model.ts';
import type { AccountsSettings } from './settings.ts';

/** The day the clock of a request counts from; null while it is not filled in. */
export function eventOn({ kind, form }: Filled): CalendarDate | null {
  switch (kind) {
    case 'open':
      return form.reportOn;
    case 'change':
    case 'concurrentPost':
    case 'unlock':
      return form.effectiveOn;
    case 'secondIn':
    case 'secondOut':
    case 'attach':
    case 'lock':
      return form.fromOn;
    case 'cancel':
      return form.leftOn;
  }
}

export interface DueDay {
  /** Last day in time. */
  readonly on: CalendarDate;
  readonly provisional: boolean;
}

/**
 * G2, S3-1a, 2a, 3a: the day of the event is not counted; 0 working days means the day itself, or the next working day
 * when it is none.
 */
export function dueDay(event: CalendarDate, workdays: number, calendar: Calendar): DueDay {
  if (workdays > 0) return calendar.workdaysAfter(event, workdays);
  return calendar.workdaysAfter(addDays(event, -1), 1);
}

export const unitWorkdays = (settings: AccountsSettings, kind: RequestKind): number =>
  settings.unitWorkdays[kind] ?? 0;

/** S3-5: how many working days late. Nobody is late by a provisional date (G4). */
export function lateWorkdays(due: DueDay, submittedOn: CalendarDate, calendar: Calendar): number {
  if (due.provisional || submittedOn <= due.on) return 0;
  let late = 0;
  for (let day = addDays(due.on, 1); day <= submittedOn; day = addDays(day, 1)) {
    if (calendar.isWorkday(day) === true) late += 1;
  }
  // Sent in on the Saturday after a Friday: late, though no working day has passed.
  return Math.max(1, late);
}

export interface Allowance {
  readonly openedAt: number;
  readonly budget: { readonly workdays: number; readonly end: PeriodEnd };
}

/**
 * The same due day as a clock of supervision: 24:00 of that day. A clock cannot start in the future, so an event
 * announced beforehand gets the working days from today on instead.
 */
export function allowanceUntil(
  event: CalendarDate,
  workdays: number,
  now: number,
  calendar: Calendar,
): Allowance {
  const startOn = workdays > 0 ? event : addDays(event, -1);
  const days = Math.max(1, workdays);
  if (startOn <= dateOf(now)) {
    return { openedAt: Math.min(instantOf(startOn), now), budget: { workdays: days, end: 'midnight' } };
  }
  const due = dueDay(event, workdays, calendar);
  return {
    openedAt: now,
    budget: { workdays: workdaysUntil(dateOf(now), due.on, calendar), end: 'midnight' },
  };
}

function workdaysUntil(from: CalendarDate, until: CalendarDate, calendar: Calendar): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) {
    const kind = calendar.day(day).kind;
    if (kind === 'workday' || kind === 'makeup') count += 1;
  }
  return Math.max(1, count);
}
