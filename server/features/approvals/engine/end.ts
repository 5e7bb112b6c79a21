/** Ends that no approver decides: 终止 by a process administrator, and 撤销 after approval by the applicant. */
import { refused } from '../../../kernel/errors.ts';
import type { Decision } from '../model/events.ts';
import type { ReturnCommand } from '../model/returns.ts';
import { clean, mustBeApplicant } from './acts.ts';
import { emit, type Run } from './run.ts';

type CommandOf<T extends ReturnCommand['type']> = Extract<ReturnCommand, { type: T }>;
type Outcome = Decision['outcome'];

/** Who may is asked by the command (policy.ts): it is a role, not a part in the request. */
export function terminate(run: Run, command: CommandOf<'terminate'>): Outcome {
  if (run.state.status !== 'running') return 'already';
  const reason = clean(command.reason);
  if (reason === null) throw refused('approvals.terminate_reason_required');
  emit(run, { type: 'terminated', reason });
  return 'done';
}

export function revoke(run: Run, command: CommandOf<'revoke'>): Outcome {
  mustBeApplicant(run);
  if (run.state.status === 'revoked') return 'already';
  if (run.state.status !== 'approved') throw refused('approvals.revoke_not_approved');
  const reason = clean(command.reason);
  if (reason === null) throw refused('approvals.revoke_reason_required');
  const { released, kept } = command;
  emit(run, { type: 'revoked', reason, released, kept });
  return 'done';
}
