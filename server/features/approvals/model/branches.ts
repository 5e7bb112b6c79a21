/**
 * The part of a request's model about branches. Every field here is optional in the state, so that requests from before
 * there were branches replay to what they always were. Positions are those of template/plan.ts.
 */

/** One branch that is gone. */
export interface BranchRun {
  readonly branchId: string;
  readonly key: string;
  readonly title: string;
  /** Why it is gone: "金额超过 10000 元"; '' where it always is. */
  readonly why: string;
  /** The next step of it to look at. */
  readonly position: number;
  readonly endedAt: number | null;
  /** It ended by a refusal, and the others are heard (COLLECT_ALL). */
  readonly refused?: true;
}

export interface BranchNotTaken {
  readonly key: string;
  readonly title: string;
  readonly why: string;
}

/** A group of branches that was opened; in a later round it is another. */
export interface GroupRun {
  readonly groupId: string;
  readonly groupKey: string;
  readonly title: string;
  /** first: 条件分支, one is gone. all: 并行分支, at the same time. */
  readonly mode: 'first' | 'all';
  /** Everybody is heard before a refusal counts; absent: the first one ends the request. */
  readonly refusal?: 'COLLECT_ALL';
  readonly round: number;
  /** The branch it lies in; null on the main line. */
  readonly inBranch: string | null;
  readonly branches: readonly BranchRun[];
  readonly notTaken: readonly BranchNotTaken[];
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly outcome: 'joined' | 'rejected' | 'returned' | 'withdrawn' | 'terminated' | null;
}

export interface BranchesInState {
  readonly groups?: readonly GroupRun[];
}

export type BranchFact =
  | {
      readonly type: 'branchesOpened';
      readonly groupId: string;
      readonly groupKey: string;
      readonly title: string;
      readonly mode: 'first' | 'all';
      readonly refusal?: 'COLLECT_ALL';
      readonly round: number;
      readonly inBranch: string | null;
      readonly branches: readonly Omit<BranchRun, 'endedAt' | 'refused'>[];
      readonly notTaken: readonly BranchNotTaken[];
      /** Where the path goes on when they are joined. */
      readonly next: number;
    }
  | { readonly type: 'branchEnded'; readonly branchId: string; readonly refused?: true }
  | { readonly type: 'branchesJoined'; readonly groupId: string };
