/** A step of a request and the seats at it, frozen when it opens (R4). */
import type { PersonSnapshot } from './people.ts';

/** 会签 all · 或签 any · 依次 sequential · 票签 quorum */
export type StepMode = 'all' | 'any' | 'sequential' | 'quorum';

/** 票签: how many must agree, as a number of people or as a share of those who count, in percent (R3). */
export type Needed = number | { readonly percent: number };

/** 加签 前 before · 后 after · 并 parallel (R8, R9, R10). */
export type Placement = 'before' | 'after' | 'parallel';

/** What makes a seat an added one: who added it from which seat, and where it stands. */
export interface Addition {
  /** Seats added by one act share it. */
  readonly additionId: string;
  readonly placement: Placement;
  readonly bySeat: number;
  readonly byName: string;
  readonly at: number;
  /** What the one who added asks; null when they said nothing. */
  readonly note: string | null;
  /** Taken back by the one who added, before it was decided. */
  readonly removed: boolean;
}

/**
 * What a refusal does. all: FAIL_FAST or COLLECT_ALL (R3). any: FIRST_ACTION or ANY_YES (R2, always stated by the
 * template). sequential: always FAIL_FAST (R5).
 */
export type Refusal = 'FAIL_FAST' | 'COLLECT_ALL' | 'FIRST_ACTION' | 'ANY_YES';

/**
 * One place at the table of a step, frozen when the step opens (R4). `person` is null while the seat waits for an
 * administrator (R18); then `missing` says why. `why` says why this person sits here.
 */
export interface Seat {
  readonly seat: number;
  readonly label: string;
  readonly person: PersonSnapshot | null;
  readonly why: string;
  readonly missing: string | null;
  /** R25: set when its person's vote is cast from this other seat. */
  readonly mergedInto: number | null;
  /** Set on seats added while the step was open (R4: a logged act). */
  readonly addition?: Addition;
}

/** not_needed: the request, or the branch around it, ended by a refusal in another branch. */
export type StepOutcome = 'approved' | 'rejected' | 'withdrawn' | 'returned' | 'terminated' | 'not_needed';

export interface StepState {
  readonly stepId: string;
  readonly stepKey: string;
  readonly title: string;
  readonly mode: StepMode;
  readonly refusal: Refusal;
  readonly round: number;
  readonly seats: readonly Seat[];
  /** Why this step takes part: "请假超过 3 个工作日，需人事处负责人和分管院领导都同意". */
  readonly why: string;
  /** Working days each holder gets; null: no clock. */
  readonly allowWorkdays: number | null;
  readonly requiresComment: boolean;
  /** Only in 票签. */
  readonly needed?: Needed;
  /** 办理: its holders carry something out; nothing there is an approval. */
  readonly role?: 'handle';
  /** 手写签名: whoever agrees signs by hand. */
  readonly signature?: true;
  /** The branch it lies in; absent on the main line. */
  readonly branchId?: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly outcome: StepOutcome | null;
}
