import { MINUTE_MS } from '../../kernel/dates.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import { isOverdue, type ClockState } from './due.ts';

/** Warnings, in rising order: soon due, due, long overdue. */
export const RUNGS = ['amber', 'due', 'red'] as const;
export type Rung = (typeof RUNGS)[number];

/** When the rungs around the due time come, in working minutes. */
export interface RungPlan {
  readonly amberBeforeMinutes: number;
  readonly redAfterMinutes: number;
}

export interface PlannedRung {
  readonly rung: Rung;
  readonly at: number;
}

/** What rungs need of an obligation. `rungLevel` is how many of RUNGS are behind: fired, or overtaken by a higher one. */
export interface RungState extends ClockState {
  readonly rungPlan: RungPlan | null;
  readonly rungLevel: number;
  readonly breachedAt: number | null;
}

/**
 * The instants of all rungs. A short budget gets its amber halfway, not at once. A provisional due time warns
 * softly and accuses nobody: amber only (G4).
 */
export function rungsOf(state: RungState, calendar: Calendar): PlannedRung[] {
  const { dueAt, rungPlan, runningSinceAt } = state;
  if (dueAt === null || rungPlan === null || runningSinceAt === null) return [];
  const half = endsWithADay(state) ? Infinity : calendar.workingMsBetween(runningSinceAt, dueAt).ms / 2;
  const ahead = Math.min(rungPlan.amberBeforeMinutes * MINUTE_MS, half);
  const amber: PlannedRung = { rung: 'amber', at: calendar.subtractWorkingMs(dueAt, ahead).at };
  if (state.provisional) return [amber];
  return [
    amber,
    { rung: 'due', at: dueAt },
    { rung: 'red', at: calendar.addWorkingMs(dueAt, rungPlan.redAfterMinutes * MINUTE_MS).at },
  ];
}

/** The highest rung that is passed and not behind (R37: a late sweep fires that one only). */
export function rungToFire(state: RungState, now: number, calendar: Calendar): PlannedRung | null {
  if (!calendar.isOfficeDaytime(now)) return null;
  const passed = ahead(state, calendar).filter(({ at }) => at <= now);
  return passed.at(-1) ?? null;
}

/**
 * When somebody must look at this obligation again: at the due time to record the breach (or, where it is
 * provisional, to raise the alarm), or at the next rung, which is moved out of nights, weekends and holidays to
 * the next opening. Null: never.
 */
export function nextCheckAt(state: RungState, now: number, calendar: Calendar): number | null {
  const next = ahead(state, calendar)[0];
  const rungAt = next ? calendar.nextOfficeDaytime(Math.max(next.at, now)) : Infinity;
  const at = Math.min(rungAt, dueCheckAt(state, now) ?? Infinity);
  return at === Infinity ? null : at;
}

/** G9: it is a breach of whoever holds it at this moment, which callers settle before they change the holder. */
export const breachesNow = (state: RungState, now: number): boolean =>
  state.breachedAt === null && isOverdue(state, now);

const ahead = (state: RungState, calendar: Calendar): PlannedRung[] =>
  rungsOf(state, calendar).filter(({ rung }) => RUNGS.indexOf(rung) >= state.rungLevel);

function dueCheckAt({ dueAt, provisional, breachedAt }: RungState, now: number): number | null {
  if (dueAt === null || breachedAt !== null) return null;
  return provisional && dueAt <= now ? null : dueAt;
}

function endsWithADay({ budget }: ClockState): boolean {
  return 'workdays' in budget && budget.end !== 'sameTime';
}
