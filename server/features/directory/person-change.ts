import type { Tx } from '../../platform/db/unit-of-work.ts';

/**
 * What happened to a person, told to other rooms in the same unit of work (rules R22-R24, C13). `moved` covers any
 * change of posts, `left` is final (nothing of it comes back by itself), `returned` is a former person employed
 * again, `updated` everything else.
 */
export interface PersonChange {
  readonly personId: string;
  /** Another mobile number in place of the one there was; the numbers are told to nobody. */
  readonly newMobile?: true;
  readonly kind: 'hired' | 'moved' | 'updated' | 'locked' | 'unlocked' | 'left' | 'returned';
}

/** Runs inside the unit of work that changed the person; heavy work is enqueued, not done. */
export type PersonEffect = (tx: Tx, change: PersonChange) => Promise<void>;
