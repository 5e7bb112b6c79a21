/**
 * Seats added while a step is open (加签), and how they stand to the seats the step opened with.
 *
 * In 会签 and 依次 every seat is required, so an added one simply is one more (R10). In 或签 and 票签 only those added
 * alongside take part in the count. Those added before or after must be heard: the one before keeps its host's task
 * waiting (R8), the one after keeps the step open (R9); neither is a vote of the pool.
 */
import type { Seat, StepState } from '../model/steps.ts';

/** Counting modes: a pool decides, not every single seat. */
const counts = ({ mode }: Pick<StepState, 'mode'>): boolean => mode === 'any' || mode === 'quorum';

/** Must be heard, but is no vote of the pool. */
export function isHeardOnly(step: Pick<StepState, 'mode'>, seat: Seat): boolean {
  return counts(step) && seat.addition !== undefined && seat.addition.placement !== 'parallel';
}

export const isAfter = (seat: Seat): boolean => seat.addition?.placement === 'after';

/** The number of the seat this one was added from, or its own; where that was merged, the one it went into. */
export function hostOf(step: StepState, seat: Seat): number {
  let host = seat.addition?.bySeat ?? seat.seat;
  for (;;) {
    const into = step.seats.find((one) => one.seat === host)?.mergedInto ?? null;
    if (into === null) return host;
    host = into;
  }
}
