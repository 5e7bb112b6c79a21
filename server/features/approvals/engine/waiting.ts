/** What settling does for 加签: whose task waits, and who is asked no more because the vote is over. */
import type { InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import { hostOf, isAfter, isHeardOnly } from './additions.ts';
import { emit, ENGINE, type Run } from './run.ts';
import { isOpenTask, isVoteOver, voteOf, votingSeats } from './tally.ts';

/** R8: a task waits exactly as long as somebody added before it is undecided. */
export function alignWaiting(run: Run, step: StepState): void {
  for (const task of run.state.tasks) {
    if (task.stepId !== step.stepId || !isOpenTask(task)) continue;
    const waits = votingSeats(step).some(
      (seat) =>
        seat.addition?.placement === 'before' &&
        seat.seat !== task.seat &&
        hostOf(step, seat) === task.seat &&
        voteOf(run.state, step, seat) === 'open',
    );
    const { taskId, stepId } = task;
    if (waits && task.status === 'pending') emit(run, { type: 'taskPaused', taskId, stepId });
    if (!waits && task.status === 'waiting') emit(run, { type: 'taskResumed', taskId, stepId }, ENGINE);
  }
}

/** R9: the pool has decided; only those added after are still asked. */
export function closeOverVote(run: Run, step: StepState): void {
  if (!isVoteOver(run.state, step)) return;
  const after = new Set(step.seats.filter(isAfter).map((seat) => seat.seat));
  for (const task of run.state.tasks) {
    if (task.stepId !== step.stepId || !isOpenTask(task) || after.has(task.seat)) continue;
    emit(run, { type: 'taskNotNeeded', taskId: task.taskId, stepId: step.stepId, voteOver: true });
  }
}

/**
 * R25: one person, one vote, also when the successor of a seat was added to the step. The added seat goes into the
 * one it takes over, because a step must keep the seats it opened with. Only a counted decision that exists stays
 * where it is, so that nobody is asked twice.
 */
export function yieldsTo(state: InstanceState, step: StepState, added: Seat, opened: Seat): boolean {
  if (added.addition === undefined || opened.addition !== undefined) return false;
  const undecided = voteOf(state, step, added) === 'open';
  return undecided || step.mode === 'sequential' || isHeardOnly(step, added);
}
