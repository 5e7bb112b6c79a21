import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';

/**
 * `choose`: somebody must take it; `auto`: follows the post by itself; `revoke`: a right, taken back, never handed
 * over; `statement`: we cannot see inside (drive, mail), the person's own word counts.
 */
export type Mode = 'choose' | 'auto' | 'revoke' | 'statement';
export type Verdict = 'takes' | 'merges' | 'refuses' | 'auto' | 'revokes' | 'stated' | 'missing';
export type ItemResult = 'done' | 'merged' | 'revoked' | 'failed' | 'undone' | 'kept';

/** One thing a person holds, as the room that owns it names it. */
export interface Holding {
  /** Unique within the kind; at most 64 characters. */
  readonly ref: string;
  readonly title: string;
  readonly detail: string;
  readonly mode: Mode;
}

/** R25: `merged` when the successor sits there already: one task, one vote. */
export interface HandedOver {
  readonly result: 'done' | 'merged' | 'revoked';
  readonly words: string;
  /** Kept for `undo`; left out where there is no way back. */
  readonly undo?: unknown;
}

/**
 * How a room lets its holdings be handed over. `handOver` runs in a unit of work of its own per holding; an AppError
 * is the reason shown, and the rest goes on. It looks at the present state first: the same call twice has one effect.
 */
export interface HoldingProvider {
  /** `approvals.task` */
  readonly kind: string;
  /** 待办审批 */
  readonly label: string;
  list(reads: Reads, personId: string): Promise<readonly Holding[]>;
  /** Changes nothing. `successorId` is null for `auto` and `revoke`. */
  dryRun(
    reads: Reads,
    holding: Holding,
    successorId: string | null,
    personId: string,
  ): Promise<{
    readonly verdict: 'takes' | 'merges' | 'refuses' | 'auto' | 'revokes';
    readonly words: string;
  }>;
  handOver(tx: Tx, holding: Holding, successorId: string | null, personId: string): Promise<HandedOver>;
  /** Take it back; `kept` when the successor has done with it meanwhile. */
  undo?(
    tx: Tx,
    holding: Holding,
    undo: unknown,
    personId: string,
  ): Promise<{ readonly result: 'undone' | 'kept'; readonly words: string }>;
}
