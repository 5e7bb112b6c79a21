import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Change, ChangeKind, KnownPerson, Plan } from '../model.ts';

/** A human's word on a doubt, or on a change that shall stay out of the plan (`leaveOut`). */
export interface Decision {
  readonly decision: 'left' | 'stays' | 'same' | 'different' | 'leaveOut';
  /** Which candidate `same` means; may be left out when there is only one. */
  readonly personId?: string | undefined;
}

/** By key of the doubt; for `leaveOut` also by key of any change of the person or unit. */
export type Decisions = ReadonlyMap<string, Decision>;

/** What a field is set to: codes, staff numbers, dates, words of model.ts; personal values as their print. */
export type SetValue = string | number | null | readonly string[];

/**
 * A change with what a machine needs to do it. `fields` shows two mobiles that are masked alike as equal, `set`
 * does not: so the hash of a plan is over both.
 */
export interface PlannedChange extends Change {
  readonly set: Readonly<Record<string, SetValue>>;
  /**
   * Keys of changes this one makes no sense without: what stands earlier in the plan has to be done first, what
   * stands later has to be allowed as well. Whoever leaves part of a plan out leaves out what needs it
   * (`harmlessPart`).
   */
  readonly needs: readonly string[];
}

/** A destructive step an incomplete source asked for (A1): not planned, but not silent either. */
export interface Withheld {
  readonly kind: ChangeKind;
  readonly ref: string;
  readonly name: string;
  readonly line: number;
}

/** What the statement held; the guard's floors compare with it (A2). */
export interface Figures {
  readonly unitRows: number;
  /** Rows of people, unreadable ones included: they are not missing (A4). */
  readonly peopleRows: number;
  /** Rows of people by code of their top unit. */
  readonly peopleByTopUnit: Readonly<Record<string, number>>;
}

export interface MadePlan extends Plan {
  readonly changes: readonly PlannedChange[];
  /** Changes stored for a later day that this statement no longer says: to be dropped when the plan is done. */
  readonly withdrawn: readonly PlannedChange[];
  readonly withheld: readonly Withheld[];
  readonly figures: Figures;
}

export interface PlanOptions {
  /** The plan's day. */
  readonly today: CalendarDate;
  readonly decisions: Decisions;
  /** Working days after `from` up to and including `to`; null when the calendar does not know (G4). */
  readonly workdaysBetween: (from: CalendarDate, to: CalendarDate) => number | null;
  /** SHA-256 of a text, as 64 hex digits. */
  readonly hash: (text: string) => string;
  /** Changes of earlier plans that wait for their day (A6): said again, they are not planned again (A3). */
  readonly pending?: readonly PlannedChange[] | undefined;
}

export type MatchedBy = 'sourceId' | 'staffNo' | 'idNumber' | 'mobileAndName' | 'decision';

export interface Candidate {
  readonly person: KnownPerson;
  readonly by: Exclude<MatchedBy, 'decision'>;
}
