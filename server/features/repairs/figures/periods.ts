/** Weeks, months and terms as periods of days. Pure; `untilOn` is the first day that no longer counts. */
import { addDays, weekdayOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { PeriodKind } from '../contract.ts';
import type { RepairSettings } from '../settings.ts';

export interface Period {
  readonly kind: PeriodKind;
  readonly title: string;
  readonly fromOn: CalendarDate;
  readonly untilOn: CalendarDate;
}

type Terms = RepairSettings['terms'];

/** The period a day lies in; null: no such term is known. */
export function periodOf(kind: PeriodKind, on: CalendarDate, terms: Terms): Period | null {
  if (kind === 'week') {
    const fromOn = addDays(on, -((weekdayOf(on) + 6) % 7));
    return { kind, title: `${fromOn} 起的一周`, fromOn, untilOn: addDays(fromOn, 7) };
  }
  if (kind === 'month') {
    const fromOn = `${on.slice(0, 8)}01`;
    const untilOn = `${addDays(fromOn, 31).slice(0, 8)}01`;
    return { kind, title: `${Number(on.slice(0, 4))} 年 ${Number(on.slice(5, 7))} 月`, fromOn, untilOn };
  }
  const term = terms.find(({ fromOn, untilOn }) => fromOn <= on && on < untilOn);
  return term ? { kind, title: term.name, fromOn: term.fromOn, untilOn: term.untilOn } : null;
}

/** The last that is over by this day; null: none is known. Between two terms may lie days of neither. */
export function lastOver(kind: PeriodKind, on: CalendarDate, terms: Terms): Period | null {
  if (kind === 'term') {
    const over = terms.findLast(({ untilOn }) => untilOn <= on);
    return over ? periodOf(kind, over.fromOn, terms) : null;
  }
  const running = periodOf(kind, on, terms);
  return running && periodOf(kind, addDays(running.fromOn, -1), terms);
}

/** The one before this; null: none is known. */
export const periodBefore = ({ kind, fromOn }: Period, terms: Terms): Period | null =>
  lastOver(kind, fromOn, terms);

/** The one after this; null: none is known. */
export function periodAfter({ kind, untilOn }: Period, terms: Terms): Period | null {
  const next = kind === 'term' ? terms.find(({ fromOn }) => fromOn >= untilOn)?.fromOn : untilOn;
  return next === undefined ? null : periodOf(kind, next, terms);
}
