/** A native form as we keep it: what the API said, with the people our directory knew by then. */
import type { CaseState } from './contract.ts';

export interface Seat {
  readonly userid: string;
  /** Null: nobody the directory knows. Kept: a userid given to somebody else later leads to nobody's past (R23). */
  readonly personId: string | null;
  /** 1 pending, 2 agreed, 3 rejected, 4 handed on, 11 sent back, 12 added, 13 agreed and added, 14 done, 15 passed on. */
  readonly status: number;
  readonly words: string;
  readonly at: number | null;
}

export interface Step {
  readonly kind: 'approve' | 'copy' | 'handle';
  readonly mode: 'any' | 'all' | 'sequential';
  readonly status: number;
  readonly seats: readonly Seat[];
}

export interface Field {
  readonly title: string;
  readonly text: string;
}

export interface Form {
  readonly state: CaseState;
  readonly appliedAt: number;
  readonly steps: readonly Step[];
  readonly fields: readonly Field[];
}

export const PENDING = 1;
/** By whoever was asked; the pages do not say what stands in the form afterwards. */
export const SENT_BACK = 11;
/** Nothing more is expected of a step with one of these. */
export const STEP_OVER: ReadonlySet<number> = new Set([2, 3, 13, 14]);
/** The seat behind took it over. */
export const GAVE_ON: ReadonlySet<number> = new Set([4, 12, 13, 15]);

const STATE_OF: Readonly<Record<number, CaseState>> = {
  1: 'running',
  2: 'approved',
  3: 'rejected',
  4: 'withdrawn',
  6: 'revoked',
  7: 'deleted',
  // Paid, after it was approved.
  10: 'approved',
};

/** A number the page does not know is not running: nobody is asked to act on what we cannot read. */
export const stateOf = (status: number): CaseState => STATE_OF[status] ?? 'unreadable';
