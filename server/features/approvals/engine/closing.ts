/** Closing a step when its result is certain, and what a refusal ends besides: its branch, or the request (R3). */
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { GroupRun } from '../model/branches.ts';
import { branchesAround, liesIn, openSteps } from './lanes.ts';
import { emit, ENGINE, type Run } from './run.ts';
import { isOpenTask, resultOf } from './tally.ts';

export function closeIfDecided(run: Run, step: StepState): boolean {
  const outcome = resultOf(run.state, step);
  if (outcome === null) return false;
  closeStep(run, step, outcome);
  if (outcome === 'rejected') refuseIn(run, step.branchId, step);
  return true;
}

/** Everybody was heard, and somebody refused. */
export function refuseGroup(run: Run, { inBranch }: GroupRun): void {
  const last = refusedSteps(run.state).at(-1);
  if (last !== undefined) refuseIn(run, inBranch ?? undefined, last);
}

/**
 * What was refused in this branch ends the innermost branch around it that others are heard beside, else the request.
 * Nobody is asked any more in what ends.
 */
function refuseIn(run: Run, branchId: string | undefined, { stepId }: StepState): void {
  const heard = branchesAround(run.state, branchId).findLast(({ group }) => group.refusal === 'COLLECT_ALL');
  const ends = heard?.branch.branchId ?? null;
  for (const open of openSteps(run.state))
    if (liesIn(run.state, open.branchId, ends)) closeStep(run, open, 'not_needed');
  if (ends !== null) emit(run, { type: 'branchEnded', branchId: ends, refused: true }, ENGINE);
  else emit(run, { type: 'rejected', stepId, comment: refusalComment(run) });
}

function closeStep(run: Run, { stepId }: StepState, outcome: 'approved' | 'rejected' | 'not_needed'): void {
  for (const task of run.state.tasks) {
    if (task.stepId === stepId && isOpenTask(task))
      emit(run, { type: 'taskNotNeeded', taskId: task.taskId, stepId });
  }
  emit(run, { type: 'stepFinished', stepId, outcome });
}

/** Refusals that hold, in the order they were made: not those of branches that were opened anew since. */
export function refusedSteps(state: InstanceState): StepState[] {
  return state.steps
    .filter(({ outcome }) => outcome === 'rejected')
    .filter(({ branchId }) =>
      branchesAround(state, branchId).every(({ group }) => group.outcome !== 'returned'),
    )
    .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0));
}

/** The reason of the only one who refused; of several each with their name. */
function refusalComment({ state }: Run): string | null {
  const refused = new Set(refusedSteps(state).map(({ stepId }) => stepId));
  const refusals = state.tasks.filter(
    ({ stepId, status }) => refused.has(stepId) && (status === 'rejected' || status === 'cannot'),
  );
  return refusals.length === 1
    ? (refusals[0]?.comment ?? null)
    : refusals.map((task) => `${task.person.name}：${task.comment ?? ''}`).join('\n') || null;
}
