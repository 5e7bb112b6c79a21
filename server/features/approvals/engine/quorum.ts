/** 票签: how many must agree, and when that is certain (R3). */
import type { Needed, StepState } from '../model/steps.ts';

export type Vote = 'approved' | 'rejected' | 'open';

/**
 * How many of so many people must agree. A share is rounded up; with fewer people than the number all of them,
 * because seats merge when one person takes over from another (R25).
 */
export function thresholdOf(needed: Needed | undefined, people: number): number {
  if (needed === undefined) return people;
  const wanted = typeof needed === 'number' ? needed : Math.ceil((people * needed.percent) / 100);
  return Math.max(1, Math.min(wanted, people));
}

/** FAIL_FAST: as soon as the result cannot change any more. COLLECT_ALL: when everybody was heard. */
export function quorumResult(
  step: Pick<StepState, 'needed' | 'refusal'>,
  votes: readonly Vote[],
): 'approved' | 'rejected' | null {
  const count = (vote: Vote): number => votes.filter((one) => one === vote).length;
  const threshold = thresholdOf(step.needed, votes.length);
  const open = count('open');
  if (step.refusal === 'COLLECT_ALL' && open > 0) return null;
  if (count('approved') >= threshold) return 'approved';
  return count('approved') + open < threshold ? 'rejected' : null;
}

/** How many people are lacking to reach a number; a share of nobody is reached by nobody, so at least one is. */
export function lackOf(needed: Needed, people: number): number {
  return Math.max(0, (typeof needed === 'number' ? needed : 1) - people);
}
