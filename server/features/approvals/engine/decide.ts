/**
 * decide(state, command, context) → events. Pure: time, ids, template and organisation come in by parameter.
 * A late or repeated act is answered `already` with no events (R1, R27, R28); a forbidden or impossible one
 * throws an AppError whose code has words in server/phrases/approvals.ts.
 */
import { assertNever, forbidden, refused } from '../../../kernel/errors.ts';
import type { Command, InstanceCommand, SubmitCommand } from '../model/commands.ts';
import type { Decision, InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import { isActive, snapshot } from '../model/org.ts';
import { settle } from './advance.ts';
import { handToAgent } from './agency.ts';
import { handBack } from './hand-back.ts';
import { begin } from './begin.ts';
import { assignSeats, replacePerson } from './replace.ts';
import { resubmit, sendBack } from './send-back.ts';
import { revoke, terminate } from './end.ts';
import { startRun, type DecideContext, type Run } from './run.ts';
import { addApprovers, removeApprover } from './add-approvers.ts';
import { answerConsult, consult, dropConsults } from './consult.ts';
import { circulate, confirmRead } from './circulate.ts';
import { editForm } from './edit-form.ts';
import { mustSignHandIn } from './form-signatures.ts';
import { handle } from './handle.ts';
import { timeOut } from './timeout.ts';
import { approve, markRead, reject, remind, transfer, withdraw } from './acts.ts';
import { comment } from './comment.ts';

export type { DecideContext } from './run.ts';

/** Shapes: see model/. Errors: approvals.* codes. The answered state has the events already in it. */
export function decide(state: InstanceState | null, command: Command, ctx: DecideContext): Decision {
  if (command.type === 'submit') return submit(state, command, ctx);
  if (state === null) throw new Error(`no request to ${command.type}`);
  const run = startRun(state, command.by, ctx);
  const outcome = act(run, command);
  return { outcome, events: run.events, state: run.state };
}

function submit(state: InstanceState | null, command: SubmitCommand, ctx: DecideContext): Decision {
  // The same filled form again (same client key, hence same instance) has no second effect.
  if (state !== null) return { outcome: 'already', events: [], state };
  mustSignHandIn(ctx.template, null, command.by, command.form);
  const event = submitted(command, ctx);
  const run = startRun(begin(event), command.by, ctx);
  run.events.push(event);
  settle(run);
  return { outcome: 'done', events: run.events, state: run.state };
}

/** R21: the request starts from a post of the applicant, and that post drives the chain. */
function submitted(
  command: SubmitCommand,
  ctx: DecideContext,
): Extract<InstanceEvent, { type: 'submitted' }> {
  const personId = command.by.personId ?? '';
  const applicant = snapshot(ctx.org, personId, command.assignmentId);
  if (applicant === null || !isActive(ctx.org, personId)) throw forbidden('approvals.not_active');
  if (applicant.assignmentId !== command.assignmentId) throw refused('approvals.post_not_yours');
  return {
    type: 'submitted',
    at: ctx.now,
    by: command.by,
    instanceId: command.instanceId,
    number: command.number,
    templateKey: ctx.template.key,
    templateVersion: ctx.template.version,
    title: command.title,
    applicant,
    form: command.form,
    values: command.values,
    chosen: command.chosen,
    forecast: command.forecast,
  };
}

function act(run: Run, command: InstanceCommand): Decision['outcome'] {
  switch (command.type) {
    case 'approve':
      return approve(run, command);
    case 'reject':
      return reject(run, command);
    case 'transfer':
      return transfer(run, command);
    case 'withdraw':
      return withdraw(run, command);
    case 'comment':
      return comment(run, command);
    case 'remind':
      return remind(run);
    case 'markRead':
      return markRead(run);
    case 'assignSeats':
      return assignSeats(run, command);
    case 'replacePerson':
      dropConsults(run, command.personId);
      return replacePerson(run, command);
    case 'handToAgent':
      return handToAgent(run, command);
    case 'handBack':
      return handBack(run, command);
    case 'sendBack':
      return sendBack(run, command);
    case 'resubmit':
      return resubmit(run, command);
    case 'terminate':
      return terminate(run, command);
    case 'revoke':
      return revoke(run, command);
    case 'handle':
      return handle(run, command);
    case 'editForm':
      return editForm(run, command);
    case 'timeOut':
      return timeOut(run, command);
    case 'circulate':
      return circulate(run, command);
    case 'confirmRead':
      return confirmRead(run);
    case 'addApprovers':
      return addApprovers(run, command);
    case 'removeApprover':
      return removeApprover(run, command);
    case 'consult':
      return consult(run, command);
    case 'answerConsult':
      return answerConsult(run, command);
    default:
      return assertNever(command);
  }
}
