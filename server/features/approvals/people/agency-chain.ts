/** The tasks that follow each other on one seat while one and the same principal answers for it (R36). Pure. */
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';

/** Whose responsibility a task is: an agent acts for somebody. */
export const principalOf = ({ person, onBehalfOf }: TaskState): string => (onBehalfOf ?? person).personId;

/** The task this one goes on with, where only who acts for the principal changed. */
export function beforeAgency({ tasks }: Pick<InstanceState, 'tasks'>, task: TaskState): TaskState | null {
  const from = tasks.find(({ taskId }) => taskId === task.fromTaskId);
  return from !== undefined && principalOf(from) === principalOf(task) ? from : null;
}

/** With this task all before and after it, oldest first; empty for a task that is not known. */
export function agencyChain(state: Pick<InstanceState, 'tasks'>, taskId: string): readonly TaskState[] {
  const task = state.tasks.find((one) => one.taskId === taskId);
  if (task === undefined) return [];
  const chain = [task];
  for (let from = beforeAgency(state, task); from !== null; from = beforeAgency(state, from))
    chain.unshift(from);
  for (let next = after(state, task); next !== undefined; next = after(state, next)) chain.push(next);
  return chain;
}

const after = (state: Pick<InstanceState, 'tasks'>, task: TaskState): TaskState | undefined =>
  state.tasks.find((one) => one.fromTaskId === task.taskId && principalOf(one) === principalOf(task));
