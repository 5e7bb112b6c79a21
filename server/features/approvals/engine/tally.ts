/**
 * Counting the votes of one step. The denominator is the step's frozen seats (R4), each seat speaks through its
 * last task, and only tasks of this step, hence of this round, count (R7).
 */
import type { InstanceState, Seat, StepState, TaskState } from '../model.ts';

export type Vote = 'approved' | 'rejected' | 'open';

/** Seats that carry a vote: all but those merged into another of the same person (R25). */
export function votingSeats(step: StepState): readonly Seat[] {
  return step.seats.filter((seat) => seat.mergedInto === null);
}

/** The task through which a seat speaks now, if one was opened. */
export function taskOfSeat(state: InstanceState, stepId: string, seat: number): TaskState | undefined {
  return state.tasks.findLast((t) => t.stepId === stepId && t.seat === seat);
}

export function voteOf(state: InstanceState, step: StepState, seat: Seat): Vote {
  const status = taskOfSeat(state, step.stepId, seat.seat)?.status;
  return status === 'approved' || status === 'rejected' ? status : 'open';
}

/** The step's result as soon as it cannot change any more, not before (R3); null while open. */
export function resultOf(state: InstanceState, step: StepState): 'approved' | 'rejected' | null {
  const votes = votingSeats(step).map((seat) => voteOf(state, step, seat));
  const open = votes.includes('open');
  const refused = votes.includes('rejected');
  const agreed = votes.includes('approved');
  switch (step.refusal) {
    case 'FAIL_FAST':
      if (refused) return 'rejected';
      return open ? null : 'approved';
    case 'COLLECT_ALL':
      if (open) return null;
      return refused ? 'rejected' : 'approved';
    case 'FIRST_ACTION':
      if (refused) return 'rejected';
      return agreed ? 'approved' : null;
    case 'ANY_YES':
      if (agreed) return 'approved';
      return open ? null : 'rejected';
  }
}

/** Seats that wait for an administrator and stop the step from ending (R18). In 依次 only the one whose turn it is. */
export function waitingSeats(state: InstanceState, step: StepState): readonly Seat[] {
  if (step.outcome !== null) return [];
  const due = step.mode === 'sequential' ? turnOf(state, step) : votingSeats(step);
  return due.filter((seat) => seat.person === null);
}

/** 依次: the first seat that has not agreed yet, as a list of at most one (R5). */
export function turnOf(state: InstanceState, step: StepState): readonly Seat[] {
  return votingSeats(step)
    .filter((seat) => voteOf(state, step, seat) === 'open')
    .slice(0, 1);
}

/** All waiting seats of a request, as `stepId/seat`. */
export function waitingKeys(state: InstanceState): string[] {
  if (state.status !== 'running') return [];
  return state.steps.flatMap((step) =>
    waitingSeats(state, step).map((seat) => `${step.stepId}/${String(seat.seat)}`),
  );
}
