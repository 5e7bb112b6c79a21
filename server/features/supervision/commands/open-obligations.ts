import { newId } from '../../../kernel/id.ts';
import type { PeriodEnd } from '../../../kernel/workdays.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { startClock, type Budget } from '../due.ts';
import { nextCheckAt, type RungPlan } from '../rungs.ts';
import type { ClockSettings } from '../settings.ts';
import { ObligationTable, type ObligationRow } from '../tables.ts';

export interface NewObligation {
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly stepRef: string;
  readonly title: string;
  readonly path: string;
  readonly holderPersonId: string | null;
  /** The unit that answers for it, as it is now. */
  readonly holderUnitId: string | null;
  readonly budget: { readonly workdays: number; readonly end?: PeriodEnd } | { readonly minutes: number };
  /** Left out: the site's plan. Null: no reminders. */
  readonly rungs?: RungPlan | null;
  /** Epoch ms; now when left out. May lie in the past (an event told late), never in the future. */
  readonly openedAt?: number;
}

/**
 * Open clocks: one INSERT for all of them at commit. Returns the rows, for words and for the caller's own lists;
 * until the commit they cannot be found by the other commands.
 */
export function openObligations(
  tx: Tx,
  settings: ClockSettings,
  wanted: readonly NewObligation[],
): ObligationRow[] {
  const rows = wanted.map((one) => openRow(one, tx.now, settings));
  for (const row of rows) tx.append(ObligationTable, row);
  return rows;
}

/** As long as the column, in characters. */
const MAX_TITLE = 191;

function openRow(wanted: NewObligation, now: number, settings: ClockSettings): ObligationRow {
  const openedAt = wanted.openedAt ?? now;
  if (openedAt > now) throw new RangeError('openObligations: a clock cannot start in the future');
  const clock = startClock(budgetOf(wanted, settings), openedAt, settings.calendar);
  const row: ObligationRow = {
    id: newId(),
    kind: wanted.kind,
    subjectType: wanted.subjectType,
    subjectId: wanted.subjectId,
    stepRef: wanted.stepRef,
    title: [...wanted.title].slice(0, MAX_TITLE).join(''),
    path: wanted.path,
    holderPersonId: wanted.holderPersonId,
    holderUnitId: wanted.holderUnitId,
    ...clock,
    rungPlan: wanted.rungs === undefined ? settings.rungPlan : wanted.rungs,
    pausedReason: null,
    firstDueAt: clock.dueAt,
    state: 'open',
    closedAt: null,
    outcome: null,
    breachedAt: null,
    breachPersonId: null,
    breachUnitId: null,
    rungLevel: 0,
    nextCheckAt: null,
    version: 1,
  };
  return { ...row, nextCheckAt: nextCheckAt(row, now, settings.calendar) };
}

function budgetOf({ budget }: NewObligation, { periodEnd }: ClockSettings): Budget {
  const amount = 'minutes' in budget ? budget.minutes : budget.workdays;
  if (!Number.isInteger(amount) || amount < 1)
    throw new RangeError(`openObligations: not a budget: ${JSON.stringify(budget)}`);
  if ('minutes' in budget) return { minutes: budget.minutes };
  return { workdays: budget.workdays, end: budget.end ?? periodEnd };
}
