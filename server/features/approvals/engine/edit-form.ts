/** The form is changed without deciding; with a decision it is part of that act. */
import type { Decision } from '../model/events.ts';
import type { EditFormCommand } from '../model/edits.ts';
import { ownTask } from './acts.ts';
import { applyEdit } from './form-edits.ts';
import type { Run } from './run.ts';

export function editForm(run: Run, command: EditFormCommand): Decision['outcome'] {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  return applyEdit(run, held.task, command.edit) ? 'done' : 'already';
}
