/**
 * Counting the votes of one step. The denominator is the step's frozen seats (R4), each seat speaks through its
 * last task, and only tasks of this step, hence of this round, count (R7).
 */
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { hostOf, isAfter, isHeardOnly } from './additions.ts';
import { quorumResult, type Vote } from './quorum.ts';

export type { Vote } from './quorum.ts';

/** Seats that carry a vote: all but those merged into another of the same person (R25) and those taken back. */
export function votingSeats(step: StepState): readonly Seat[] {
  return step.seats.filter((seat) => seat.mergedInto === null && seat.addition?.removed !== true);
}

/** Those of them that are counted: in 或签 and 票签 not those added before or after (R10). */
export function countedSeats(step: StepState): readonly Seat[] {
  return votingSeats(step).filter((seat) => !isHeardOnly(step, seat));
}

/** The task through which a seat speaks now, if one was opened. */
export function taskOfSeat(state: InstanceState, stepId: string, seat: number): TaskState | undefined {
  return state.tasks.findLast((t) => t.stepId === stepId && t.seat === seat);
}

export function voteOf(state: InstanceState, step: StepState, seat: Seat): Vote {
  const status = taskOfSeat(state, step.stepId, seat.seat)?.status;
  if (status === undefined) return isPassed(state, step, seat) ? 'approved' : 'open';
  return VOTES[status] ?? 'open';
}

/** R15: nobody is asked for this seat, because its person decided in this round already. */
const isPassed = ({ passed }: InstanceState, { stepId }: StepState, { seat }: Seat): boolean =>
  passed?.some((one) => one.stepId === stepId && one.seat === seat) ?? false;

/** 办理 is counted like a vote: done lets the request go on, cannot is a refusal. */
const VOTES: Partial<Record<TaskState['status'], Vote>> = {
  approved: 'approved',
  done: 'approved',
  rejected: 'rejected',
  cannot: 'rejected',
  timed_out: 'approved',
};

/** Its holder agreed, or carried out what was asked; what passed by itself nobody said (R46). */
export const saidYes = ({ status }: Pick<TaskState, 'status'>): boolean =>
  status === 'approved' || status === 'done';

/** Who let the request go on from this step. */
export const whoSaidYes = ({ tasks }: InstanceState, stepId: string): PersonSnapshot[] =>
  tasks.filter((task) => task.stepId === stepId && saidYes(task)).map(({ person }) => person);

export const isOpenTask = ({ status }: Pick<TaskState, 'status'>): boolean =>
  status === 'pending' || status === 'waiting';

/** The step's result as soon as it cannot change any more, not before (R3); null while open. */
export function resultOf(state: InstanceState, step: StepState): 'approved' | 'rejected' | null {
  const result = countVotes(state, step);
  return result === 'approved' && awaited(state, step) ? null : result;
}

/** R9: the vote has passed, and somebody added after it has not been heard yet. */
export const isVoteOver = (state: InstanceState, step: StepState): boolean =>
  awaited(state, step) && countVotes(state, step) === 'approved';

const awaited = (state: InstanceState, step: StepState): boolean =>
  votingSeats(step).some((seat) => isAfter(seat) && voteOf(state, step, seat) === 'open');

function countVotes(state: InstanceState, step: StepState): 'approved' | 'rejected' | null {
  const votes = countedSeats(step).map((seat) => voteOf(state, step, seat));
  if (step.mode === 'quorum') return quorumResult(step, votes);
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
      // R8: a refusal of somebody added ends it too; only a yes of theirs is none of the pool's.
      if (votingSeats(step).some((seat) => voteOf(state, step, seat) === 'rejected')) return 'rejected';
      return agreed ? 'approved' : null;
    case 'ANY_YES':
      if (agreed) return 'approved';
      return open ? null : 'rejected';
  }
}

/** Seats that wait for an administrator and stop the step from ending (R18). In 依次 only the one whose turn it is. */
export function waitingSeats(state: InstanceState, step: StepState): readonly Seat[] {
  if (step.outcome !== null) return [];
  return dueSeats(state, step).filter((seat) => seat.person === null);
}

/** Seats that should have a task now or have had one. */
export function dueSeats(state: InstanceState, step: StepState): readonly Seat[] {
  if (step.mode === 'sequential') return turnOf(state, step);
  return isVoteOver(state, step) ? votingSeats(step).filter(isAfter) : votingSeats(step);
}

/** 依次: the first seat that has not agreed yet (R5), with those added to it and not heard yet. */
export function turnOf(state: InstanceState, step: StepState): readonly Seat[] {
  const open = votingSeats(step).filter((seat) => voteOf(state, step, seat) === 'open');
  const turn = votingSeats(step).find(
    (seat) => seat.addition === undefined && open.some((one) => hostOf(step, one) === seat.seat),
  );
  return open.filter((seat) => hostOf(step, seat) === turn?.seat);
}

/** All waiting seats of a request, as `stepId/seat`. */
export function waitingKeys(state: InstanceState): string[] {
  if (state.status !== 'running') return [];
  return state.steps.flatMap((step) =>
    waitingSeats(state, step).map((seat) => `${step.stepId}/${String(seat.seat)}`),
  );
}
