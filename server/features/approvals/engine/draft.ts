/**
 * A request's state while one decision is being made. Its fields are set anew as events come, so that ten events do
 * not copy the whole state ten times. Lists and what is in them are never written to: the state it was made from shares
 * them, and so may whoever looks at a list while events come.
 */
import type { InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';

export type Draft = { -readonly [K in keyof InstanceState]: InstanceState[K] };

export const draftOf = (state: InstanceState): Draft => ({ ...state });

export function set(draft: Draft, changes: Partial<Draft>): void {
  Object.assign(draft, changes);
}

/** Not by two spreads: where a field is new to the task, V8 takes five times as long. */
export function changeTask(draft: Draft, taskId: string, changes: Partial<TaskState>): void {
  draft.tasks = draft.tasks.map((task) => (task.taskId === taskId ? Object.assign({}, task, changes) : task));
}

export function changeStep(draft: Draft, stepId: string, change: (step: StepState) => StepState): void {
  draft.steps = draft.steps.map((step) => (step.stepId === stepId ? change(step) : step));
}

export function changeSeat(
  draft: Draft,
  at: { readonly stepId: string; readonly seat: number },
  change: (seat: Seat) => Seat,
): void {
  changeStep(draft, at.stepId, (step) => ({
    ...step,
    seats: step.seats.map((seat) => (seat.seat === at.seat ? change(seat) : seat)),
  }));
}
