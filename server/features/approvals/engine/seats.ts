/** Who sits at a step now. */
import type { InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import { taskOfSeat, votingSeats } from './tally.ts';

/** The person who holds a seat now: the holder of its last task, before that the person it was opened for. */
export function holderOfSeat(state: InstanceState, step: StepState, seat: Seat): string | null {
  if (seat.person === null) return null;
  const task = taskOfSeat(state, step.stepId, seat.seat);
  return task === undefined || task.status === 'transferred' ? seat.person.personId : task.person.personId;
}

/** The seat this person holds at the step, if any. */
export function sitsAt(state: InstanceState, step: StepState, personId: string): Seat | null {
  return votingSeats(step).find((seat) => holderOfSeat(state, step, seat) === personId) ?? null;
}
