import type { Reads } from '../db/unit-of-work.ts';

/**
 * What one kind of record does when its time is over, as the room that owns it says. How long it is kept, for what and
 * on what ground stands in config/keeping.json, under the same name.
 */
export interface Keeping {
  /** `room.thing`, unique. */
  readonly kind: string;
  /** A shorter period is refused at the start: the law or our own machinery needs so many days. */
  readonly atLeastDays: number;
  /** Null: nothing ends it by itself. */
  readonly ending: Ending | null;
}

export interface Ending {
  /** `delete`: the record goes; `blank`: it stays without its personal values. */
  readonly how: 'delete' | 'blank';
  /**
   * End at most about `limit` records whose time ran out before this instant, in units of work of its own; how many.
   * 0: none is left, or none may end now. Repeating it is harmless.
   */
  remove(before: number, limit: number): Promise<number>;
  /** How many are past their time. */
  overdue(reads: Reads, before: number): Promise<number>;
  /** Since when the oldest one that will end counts; null: there is none. */
  oldest(reads: Reads): Promise<number | null>;
}

/** A kind that nothing ends by itself. */
export const kept = (kind: string, atLeastDays = 0): Keeping => ({ kind, atLeastDays, ending: null });
