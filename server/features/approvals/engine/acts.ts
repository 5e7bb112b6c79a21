/** The acts of holders and applicants. Each checks, records what happened, and lets the request settle. */
import { forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { COMMENT_MAX } from '../contract.ts';
import type {
  Decision,
  InstanceCommand,
  InstanceState,
  PersonSnapshot,
  StepState,
  TaskState,
} from '../model.ts';
import { isActive, snapshot } from '../org.ts';
import { openStepOf, openTask, settle } from './advance.ts';
import { emit, type Run } from './run.ts';
import { remindable } from './remind.ts';
import { sitsAt } from './seats.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;
type Outcome = Decision['outcome'];

export function approve(run: Run, command: CommandOf<'approve'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  const comment = clean(command.comment);
  if (held.step.requiresComment && comment === null) throw refused('approvals.comment_required');
  return decided(run, held.task, 'approved', comment);
}

export function reject(run: Run, command: CommandOf<'reject'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  const comment = clean(command.comment);
  if (comment === null) throw refused('approvals.reason_required', { applicant: run.state.applicant.name });
  return decided(run, held.task, 'rejected', comment);
}

function decided(
  run: Run,
  task: TaskState,
  decision: 'approved' | 'rejected',
  comment: string | null,
): Outcome {
  emit(run, { type: 'taskDecided', taskId: task.taskId, stepId: task.stepId, decision, comment });
  settle(run);
  return 'done';
}

/** R30: responsibility moves; the seat, and with it the denominator, stays (R4). */
export function transfer(run: Run, command: CommandOf<'transfer'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  if (command.toPersonId === run.by.personId) throw refused('approvals.transfer_to_self');
  const to = newHolder(run, held.step, command.toPersonId);
  moveTask(run, held.step, held.task, to, clean(command.comment), `由${held.task.person.name}转交`);
  return 'done';
}

/** Close a task as moved and open its successor on the same seat. */
export function moveTask(
  run: Run,
  step: StepState,
  task: TaskState,
  to: PersonSnapshot,
  comment: string | null,
  why: string,
): void {
  const seat = step.seats.find((s) => s.seat === task.seat);
  if (seat === undefined) throw new Error(`task ${task.taskId} has no seat`);
  const newTaskId = run.ctx.newId();
  const { taskId, stepId } = task;
  emit(run, { type: 'taskTransferred', taskId, stepId, toTaskId: newTaskId, toPerson: to, comment });
  openTask(run, step, seat, to, { taskId, newTaskId, why });
}

/** Somebody who may take a seat of this step: active, not the applicant (R17), not already at it (R25). */
export function newHolder(run: Run, step: StepState, personId: string): PersonSnapshot {
  const person = snapshot(run.ctx.org, personId);
  if (person === null || !isActive(run.ctx.org, personId)) throw refused('approvals.person_inactive');
  const data = { name: person.name };
  if (personId === run.state.applicant.personId) throw refused('approvals.person_is_applicant', data);
  if (sitsAt(run.state, step, personId) !== null) throw refused('approvals.person_on_step', data);
  return person;
}

/** R28: of an approval and a withdrawal at once the first saved wins; the other finds the request ended. */
export function withdraw(run: Run, command: CommandOf<'withdraw'>): Outcome {
  mustBeApplicant(run);
  if (run.state.status !== 'running') return 'already';
  emit(run, { type: 'withdrawn', reason: clean(command.reason) });
  return 'done';
}

export function comment(run: Run, command: CommandOf<'comment'>): Outcome {
  const text = clean(command.text);
  if (text === null) throw refused('approvals.comment_empty');
  emit(run, { type: 'commented', commentId: run.ctx.newId(), text });
  return 'done';
}

export function remind(run: Run): Outcome {
  mustBeApplicant(run);
  if (run.state.status !== 'running') return 'already';
  const tasks = remindable(run.state, run.ctx.now);
  emit(run, {
    type: 'reminded',
    taskIds: tasks.map((t) => t.taskId),
    personIds: tasks.map((t) => t.person.personId),
  });
  return 'done';
}

/** Repeats leave no trace. */
export function markRead(run: Run): Outcome {
  const { personId } = run.by;
  if (personId === null) return 'done';
  const rows = [...run.state.tasks, ...run.state.copies];
  if (rows.some((row) => row.person.personId === personId && row.readAt === null)) {
    emit(run, { type: 'readMarked', personId });
  }
  return 'done';
}

function mustBeApplicant(run: Run): void {
  if (run.by.personId !== run.state.applicant.personId) throw forbidden('approvals.not_applicant');
}

/** The actor's own open task with its step, or `closed` when it has been closed already. */
function ownTask(run: Run, taskId: string): { task: TaskState; step: StepState } | 'closed' {
  const task = findTask(run.state, taskId);
  if (task.person.personId !== run.by.personId) throw forbidden('approvals.not_holder');
  if (task.status !== 'pending') return 'closed';
  const step = openStepOf(run);
  if (step === undefined || step.stepId !== task.stepId) return 'closed';
  return { task, step };
}

function findTask(state: InstanceState, taskId: string): TaskState {
  const task = state.tasks.find((t) => t.taskId === taskId);
  if (task === undefined) throw notFound('approvals.not_visible');
  return task;
}

function clean(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > COMMENT_MAX) throw refused('approvals.comment_too_long', { max: COMMENT_MAX });
  return trimmed === '' ? null : trimmed;
}
