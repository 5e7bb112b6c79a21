/** How a request and its tasks are called by clocks and messages. */
import { TASK_CARD } from '../cards/task.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import type { NewClock } from './deps.ts';
import { pageOf, SUBJECT } from './happening.ts';

/** Working days a task's holder gets; null: no clock. */
export const allowance = (state: InstanceState, task: TaskState): number | null =>
  state.steps.find((step) => step.stepId === task.stepId)?.allowWorkdays ?? null;

export const clockOf = (state: InstanceState, task: TaskState): NewClock => ({
  kind: TASK_CARD,
  subjectType: SUBJECT,
  subjectId: state.instanceId,
  stepRef: task.taskId,
  title: `${state.applicant.name} ${state.title}`,
  path: pageOf(state.instanceId),
  holderPersonId: task.person.personId,
  holderUnitId: task.person.unitId,
  workdays: allowance(state, task) ?? 1,
});

export const to = (state: InstanceState, kind: string, personId: string, ref: string) => ({
  kind,
  personId,
  subjectType: SUBJECT,
  subjectId: state.instanceId,
  ref,
});
