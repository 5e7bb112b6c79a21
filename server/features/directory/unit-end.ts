import type { CalendarDate } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';

/** A unit is over, merged into another one or dissolved. */
export interface UnitEnd {
  readonly unitId: string;
  readonly successorId: string | null;
  /** First day without it. */
  readonly on: CalendarDate;
}

/** Runs in the unit of work of the act that ended it. */
export type UnitEffect = (tx: Tx, end: UnitEnd) => Promise<void>;
