import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { InspectionWindow } from './window.ts';

export interface SourceReading {
  /** Until when the data reaches. */
  readonly cutOffAt: number;
  /** One act by person id: the last inside the window where one is known, else the last at all. */
  readonly last: ReadonlyMap<string, number>;
}

/** A room's evidence of use: last app entry, sessions, acts, pulled operation logs. */
export interface EvidenceSource {
  readonly code: string;
  readonly systemCodes: readonly string[];
  /** Null: it could not be had. "Nobody did anything" is an empty map, which is something else. */
  read(reads: Reads, window: InspectionWindow): Promise<SourceReading | null>;
}

export interface Leave {
  readonly personId: string;
  readonly fromOn: CalendarDate;
  /** First day back. */
  readonly untilOn: CalendarDate;
  /** 病假到 11-30 */
  readonly words: string;
}

/** Registered leave that touches the window. */
export type LeaveSource = (reads: Reads, window: InspectionWindow) => Promise<readonly Leave[]>;

/** A system tells us when somebody opens it. */
export interface EntryLog {
  readonly systemCode: string;
  /**
   * The next entries of `[from, before)`, epoch ms, oldest first, taken out of where they were kept. Those of somebody
   * nobody knows have no person.
   */
  take(
    tx: Tx,
    range: { readonly from: number; readonly before: number; readonly limit: number },
  ): Promise<readonly { readonly personId: string | null; readonly at: number }[]>;
}

/** A system's own log of what its members did, which it keeps for some months only. */
export interface MemberLog {
  readonly systemCode: string;
  /** Both epoch ms, half-open. Acts of somebody nobody knows have no person. */
  read(range: {
    readonly from: number;
    readonly until: number;
  }): AsyncIterable<{ readonly personId: string | null; readonly at: number }>;
}
