/** The undecided seats a person holds at the open steps, or left behind without a successor. */
import type { InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import { openSteps } from './lanes.ts';
import { sitsAt } from './seats.ts';
import { taskOfSeat, voteOf, votingSeats } from './tally.ts';

export interface HeldSeat {
  readonly step: StepState;
  readonly seat: Seat;
  /** Nobody sits there since this person went; an administrator would have to name somebody (R18). */
  readonly abandoned: boolean;
}

/** More than one only in branches. None where this person decided already, was never asked, or somebody else has the seat now. */
export const heldSeats = (state: InstanceState, personId: string): readonly HeldSeat[] =>
  openSteps(state).flatMap((step) => heldAt(state, step, personId) ?? []);

function heldAt(state: InstanceState, step: StepState, personId: string): HeldSeat | null {
  const own = sitsAt(state, step, personId);
  if (own !== null && taskOfSeat(state, step.stepId, own.seat)?.status === 'not_needed') return null;
  if (own !== null) return voteOf(state, step, own) === 'open' ? { step, seat: own, abandoned: false } : null;
  const left = votingSeats(step).find(
    (seat) => seat.person === null && taskOfSeat(state, step.stepId, seat.seat)?.person.personId === personId,
  );
  return left === undefined ? null : { step, seat: left, abandoned: true };
}
