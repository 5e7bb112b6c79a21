/** The acts of holders and applicants. Each checks, records what happened, and lets the request settle. */
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { COMMENT_MAX } from '../contract.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Signature, TaskState } from '../model/tasks.ts';
import type { StepState } from '../model/steps.ts';
import { isActive, snapshot } from '../model/org.ts';
import { openTask, settle, type StandIn } from './advance.ts';
import { nextDecision } from './dedupe.ts';
import { applyEdit, changedSinceOpened, changedSinceSeen, seenForm } from './form-edits.ts';
import { isUsedInForm } from './form-signatures.ts';
import { openSteps } from './lanes.ts';
import { readersOf } from './readers.ts';
import { emit, type Run } from './run.ts';
import { remindable } from './remind.ts';
import { isAtStep } from './stand-in.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;
type Outcome = Decision['outcome'];

export function approve(run: Run, command: CommandOf<'approve'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  mustBeDecided(held.step);
  const comment = clean(command.comment);
  if (held.step.requiresComment && comment === null) throw refused('approvals.comment_required');
  mustHaveSeen(run, held.task, command);
  applyEdit(run, held.task, command.edit);
  // After the changes: a picture given in the form is none of the decision.
  mustBeSigned(run, held.step, command.signature);
  return decided(run, held.task, 'approved', comment, command.signature);
}

export function reject(run: Run, command: CommandOf<'reject'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  mustBeDecided(held.step);
  const comment = clean(command.comment);
  if (comment === null) throw refused('approvals.reason_required', { applicant: run.state.applicant.name });
  return decided(run, held.task, 'rejected', comment);
}

function decided(
  run: Run,
  task: TaskState,
  decision: 'approved' | 'rejected',
  comment: string | null,
  signature?: Signature,
): Outcome {
  const { taskId, stepId } = task;
  const signed = signature === undefined ? {} : { signature };
  const decidedAs = nextDecision(run.state);
  const seen = seenForm(run.state);
  emit(run, { type: 'taskDecided', taskId, stepId, decision, comment, decidedAs, ...seen, ...signed });
  settle(run);
  return 'done';
}

/** R40: nobody agrees to words that somebody else changed behind them. */
function mustHaveSeen(
  { ctx, state }: Run,
  task: TaskState,
  { onCard, sawForm }: Pick<CommandOf<'approve'>, 'onCard' | 'sawForm'>,
): void {
  const isOld =
    (onCard === true && changedSinceOpened(ctx.template, state, task)) ||
    (sawForm !== undefined && changedSinceSeen(ctx.template, state, task, sawForm));
  if (isOld) throw refused('approvals.form_changed');
}

/** R15: by their own hand and anew each time; a picture that was used in this request is no signature. */
function mustBeSigned({ state }: Run, step: StepState, signature: Signature | undefined): void {
  if (step.signature !== true) {
    if (signature !== undefined) throw refused('approvals.signature_not_asked');
    return;
  }
  if (signature === undefined) throw refused('approvals.signature_required');
  const used = state.tasks.some((task) => task.signature?.hash === signature.hash);
  if (used || isUsedInForm(state, signature.hash)) throw refused('approvals.signature_used');
}

/** 办理 is never called an approval: its holders say what came of it (engine/handle.ts). */
function mustBeDecided(step: StepState): void {
  if (step.role === 'handle') throw refused('approvals.step_is_handled');
}

/** R30: responsibility moves; the seat, and with it the denominator, stays (R4). */
export function transfer(run: Run, command: CommandOf<'transfer'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  if (command.toPersonId === run.by.personId) throw refused('approvals.transfer_to_self');
  const to = newHolder(run, held.step, command.toPersonId, held.task);
  const why = `由${held.task.person.name}转交`;
  moveTask(run, held.step, held.task, to, clean(command.comment), why, standInAfter(run, held.task, to));
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
  standIn: StandIn,
): void {
  const seat = step.seats.find((s) => s.seat === task.seat);
  if (seat === undefined) throw new Error(`task ${task.taskId} has no seat`);
  const newTaskId = run.ctx.newId();
  const { taskId, stepId } = task;
  emit(run, { type: 'taskTransferred', taskId, stepId, toTaskId: newTaskId, toPerson: to, comment });
  openTask(run, step, seat, to, { taskId, newTaskId, why, standIn });
}

/** An agent who hands it to the one they stand in for is not asked again, nor anybody who has just passed it on. */
const standInAfter = (run: Run, task: TaskState, { personId }: PersonSnapshot): StandIn =>
  task.onBehalfOf?.personId === personId || run.ctx.agentOf?.(personId) === run.by.personId ? 'none' : 'ask';

/**
 * Somebody who may take a seat of this step: active, not the applicant (R17), not already at it (R25).
 * @param moved the task they would take; whoever holds it for them is no reason against it
 */
export function newHolder(run: Run, step: StepState, personId: string, moved?: TaskState): PersonSnapshot {
  const person = snapshot(run.ctx.org, personId);
  if (person === null || !isActive(run.ctx.org, personId)) throw refused('approvals.person_inactive');
  const data = { name: person.name };
  if (personId === run.state.applicant.personId) throw refused('approvals.person_is_applicant', data);
  if (isAtStep(run.state, step, personId, moved)) throw refused('approvals.person_on_step', data);
  return person;
}

/** R28: of an approval and a withdrawal at once the first saved wins; the other finds the request ended. */
export function withdraw(run: Run, command: CommandOf<'withdraw'>): Outcome {
  mustBeApplicant(run);
  if (run.state.status !== 'running') return 'already';
  emit(run, { type: 'withdrawn', reason: clean(command.reason) });
  return 'done';
}

export function remind(run: Run): Outcome {
  mustBeApplicant(run);
  if (run.state.status !== 'running') return 'already';
  if (run.state.returned) throw refused('approvals.lies_with_you');
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
  const rows = [...run.state.tasks, ...run.state.copies, ...readersOf(run.state)];
  if (rows.some((row) => row.person.personId === personId && row.readAt === null)) {
    emit(run, { type: 'readMarked', personId });
  }
  return 'done';
}

export function mustBeApplicant(run: Run): void {
  if (run.by.personId !== run.state.applicant.personId) throw forbidden('approvals.not_applicant');
}

export interface HeldTask {
  readonly task: TaskState;
  readonly step: StepState;
}

/** The actor's own open task with its step, or `closed` when it has been closed already. */
export function ownTask(run: Run, taskId: string): HeldTask | 'closed' {
  const task = findTask(run.state, taskId);
  if (task.person.personId !== run.by.personId) throw forbidden('approvals.not_holder');
  if (task.status === 'waiting') throw conflict('approvals.task_waits');
  if (task.status !== 'pending') return 'closed';
  const step = openSteps(run.state).find(({ stepId }) => stepId === task.stepId);
  return step === undefined ? 'closed' : { task, step };
}

export function findTask(state: InstanceState, taskId: string): TaskState {
  const task = state.tasks.find((t) => t.taskId === taskId);
  if (task === undefined) throw notFound('approvals.not_visible');
  return task;
}

export function clean(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > COMMENT_MAX) throw refused('approvals.comment_too_long', { max: COMMENT_MAX });
  return trimmed === '' ? null : trimmed;
}
