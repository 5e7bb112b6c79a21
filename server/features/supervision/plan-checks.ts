import { groupBy } from '../../kernel/group-by.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import { breachesNow, nextCheckAt, type PlannedRung, RUNGS, rungToFire } from './rungs.ts';
import type { ObligationRow } from './tables.ts';

/** What a look at one clock found, and how it stands afterwards. */
export interface Check {
  readonly row: ObligationRow;
  readonly next: ObligationRow;
  /** R37: the one rung that fires now; null when none does. */
  readonly rung: PlannedRung | null;
  /** Provisional and past its due time: nobody is blamed, somebody must load the notice (G4). */
  readonly isProvisionalDue: boolean;
}

/** Rows that change alike: one UPDATE writes them all. */
export interface SameChange {
  readonly version: number;
  readonly rungLevel: number;
  /** The time ran out just now: the breach is dated to the due time and belongs to the present holder (G9). */
  readonly breached: boolean;
  readonly rows: readonly { readonly id: string; readonly nextCheckAt: number | null }[];
}

/** Look at clocks, all at this moment. Many were opened alike, so the calendar is asked for each question once. */
export function planChecks(rows: readonly ObligationRow[], now: number, calendar: Calendar): Check[] {
  const asked = askedOnce(calendar);
  return rows.map((row) => planCheck(row, now, asked));
}

function planCheck(row: ObligationRow, now: number, calendar: Calendar): Check {
  const rung = rungToFire(row, now, calendar);
  const rungLevel = rung ? RUNGS.indexOf(rung.rung) + 1 : row.rungLevel;
  const breach = breachesNow(row, now)
    ? { breachedAt: row.dueAt, breachPersonId: row.holderPersonId, breachUnitId: row.holderUnitId }
    : {};
  const checked = { ...row, ...breach, rungLevel };
  const next = { ...checked, nextCheckAt: nextCheckAt(checked, now, calendar), version: row.version + 1 };
  return { row, next, rung, isProvisionalDue: row.provisional && row.dueAt !== null && row.dueAt <= now };
}

export function sameChanges(checks: readonly Check[]): SameChange[] {
  const breached = ({ row, next }: Check) => row.breachedAt === null && next.breachedAt !== null;
  const alike = groupBy(checks, (check) => `${check.row.version}:${check.next.rungLevel}:${breached(check)}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return {
      version: first.row.version,
      rungLevel: first.next.rungLevel,
      breached: breached(first),
      rows: group.map(({ next }) => ({ id: next.id, nextCheckAt: next.nextCheckAt })),
    };
  });
}

/** The same calendar; what rungs ask of it is reckoned once for equal instants. */
function askedOnce(calendar: Calendar): Calendar {
  return {
    ...calendar,
    isOfficeDaytime: once(calendar.isOfficeDaytime),
    nextOfficeDaytime: once(calendar.nextOfficeDaytime),
    addWorkingMs: once(calendar.addWorkingMs),
    subtractWorkingMs: once(calendar.subtractWorkingMs),
    workingMsBetween: once(calendar.workingMsBetween),
  };
}

function once<Args extends readonly number[], Answer>(ask: (...args: Args) => Answer) {
  const known = new Map<string, Answer>();
  return (...args: Args): Answer => {
    const key = args.join();
    const answer = known.get(key) ?? ask(...args);
    known.set(key, answer);
    return answer;
  };
}
