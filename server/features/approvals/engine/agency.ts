/** An agency begins while tasks are open, or a task goes back to its principal (R33). */
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { isActive, snapshot } from '../model/org.ts';
import { moveTask } from './acts.ts';
import { settle, type StandIn } from './advance.ts';
import { openSteps } from './lanes.ts';
import type { Run } from './run.ts';
import { agencyWords, agentOf } from './stand-in.ts';
import { sitsAt } from './seats.ts';
import { isOpenTask } from './tally.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;

/** What this person holds goes to their agent, where the agency applies; what they stand in for themselves does not. */
export function handToAgent(run: Run, { personId }: CommandOf<'handToAgent'>): Decision['outcome'] {
  const own = (task: TaskState) => task.person.personId === personId && task.onBehalfOf === undefined;
  for (const task of openTasks(run, own)) {
    const step = stepOf(run, task);
    const agent = step ? agentOf(run, step, task.person) : null;
    if (step === undefined || agent === null) continue;
    const standIn = { onBehalfOf: task.person };
    moveTask(run, step, task, agent, null, agencyWords(task.person, agent), standIn);
  }
  settle(run);
  return 'done';
}

/** @returns false where it stays: the principal cannot act, or came to sit at the step meanwhile */
export function giveBack(
  run: Run,
  step: StepState,
  task: TaskState,
  principal: PersonSnapshot,
  standIn: StandIn = 'ask',
): boolean {
  const { org } = run.ctx;
  const person = snapshot(org, principal.personId, principal.assignmentId);
  if (person === null || !isActive(org, person.personId)) return false;
  if (sitsAt(run.state, step, person.personId) !== null) return false;
  moveTask(run, step, task, person, null, '代理已结束', standIn);
  return true;
}

/** Of the steps that are under way. */
export function openTasks(run: Run, which: (task: TaskState) => boolean): readonly TaskState[] {
  const open = new Set(openSteps(run.state).map(({ stepId }) => stepId));
  return run.state.tasks.filter((task) => open.has(task.stepId) && isOpenTask(task) && which(task));
}

export const stepOf = ({ state }: Run, task: TaskState): StepState | undefined =>
  openSteps(state).find(({ stepId }) => stepId === task.stepId);
