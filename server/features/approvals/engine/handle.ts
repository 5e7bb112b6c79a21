/** 办理: somebody carries something out and says what came of it. Done lets the request go on, cannot ends it. */
import { refused } from '../../../kernel/errors.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import { clean, ownTask } from './acts.ts';
import { settle } from './advance.ts';
import { nextDecision } from './dedupe.ts';
import { applyEdit, seenForm } from './form-edits.ts';
import { emit, type Run } from './run.ts';

type Handle = Extract<InstanceCommand, { type: 'handle' }>;

export function handle(run: Run, command: Handle): Decision['outcome'] {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  if (held.step.role !== 'handle') throw refused('approvals.step_is_decided');
  const comment = clean(command.comment);
  if (comment === null) throw refused('approvals.result_required');
  applyEdit(run, held.task, command.edit);
  const { taskId, stepId } = held.task;
  emit(run, {
    type: 'taskHandled',
    taskId,
    stepId,
    result: command.result,
    comment,
    decidedAs: nextDecision(run.state),
    ...seenForm(run.state),
  });
  settle(run);
  return 'done';
}
