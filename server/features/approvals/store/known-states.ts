import { isOpenTask } from '../engine/tally.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';

interface Known {
  readonly version: number;
  readonly state: InstanceState;
}

/**
 * Documents by version. What a version says never changes, so whoever acts on a request reads only its version: two
 * hundred approvers of one step parse its long document once instead of two hundred times.
 */
const known = new Map<string, Known>();
const MAX = 300;
/** Where to look for a task that is closed: a closed task stays closed. */
const closedTasks = new Map<string, TaskState>();

export function knownState(id: string, version: number): InstanceState | null {
  const found = known.get(id);
  return found?.version === version ? found.state : null;
}

/** Of this person and certainly closed; false where that is not known here. */
export const isKnownClosed = (taskId: string, personId: string): boolean =>
  closedTasks.get(taskId)?.person.personId === personId;

export function rememberState(id: string, version: number, state: InstanceState): void {
  forget(id);
  known.set(id, { version, state });
  for (const task of state.tasks) if (!isOpenTask(task)) closedTasks.set(task.taskId, task);
  const [oldest] = known.keys();
  if (known.size > MAX && oldest !== undefined) forget(oldest);
}

function forget(id: string): void {
  for (const { taskId } of known.get(id)?.state.tasks ?? []) closedTasks.delete(taskId);
  known.delete(id);
}
