/** May this person do this to that request? One answer for the page's buttons and for the commands. */
import { forbidden, notFound } from '../../kernel/errors.ts';
import type { Role } from '../../kernel/actor.ts';
import type { Can } from './contract.ts';
import { canRemind } from './engine/remind.ts';
import { waitingKeys } from './engine/tally.ts';
import type { InstanceState } from './model/state.ts';
import type { TaskState } from './model/tasks.ts';
import { takesPart } from './people/parties.ts';

export interface Viewer {
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** Those who may fill empty seats (R18). */
const QUEUE_KEEPERS: readonly Role[] = ['moduleManager', 'superAdmin'];

/** The viewer's own open task, if any. */
export function openTaskOf(state: InstanceState, personId: string): TaskState | null {
  return state.tasks.find((t) => t.status === 'pending' && t.person.personId === personId) ?? null;
}

/**
 * The applicant; everybody who held a task of it, or was stood in for; who was asked for an opinion, copied or sent it
 * to read; keepers of the queue while it waits there. R5: who would decide later sees nothing yet.
 */
export function maySee(state: InstanceState, viewer: Viewer): boolean {
  return takesPart(state, viewer.personId) || mayAssign(state, viewer);
}

export function mayAssign(state: InstanceState, viewer: Viewer): boolean {
  return waitingKeys(state).length > 0 && viewer.roles.some((role) => QUEUE_KEEPERS.includes(role));
}

/** Numbers of people in full: whoever filled them in, and whoever has to decide now. */
export const mayReveal = (state: InstanceState, { personId }: Viewer): boolean =>
  state.applicant.personId === personId || openTaskOf(state, personId) !== null;

/** A process administrator ends what is stuck; it needs no part in the request. */
export const mayTerminate = (state: InstanceState, { roles }: Viewer): boolean =>
  state.status === 'running' && roles.includes('superAdmin');

/** Ending needs the role alone; who lacks it learns nothing about the request. */
export function mustMayTerminate(state: InstanceState, viewer: Viewer): void {
  if (viewer.roles.includes('superAdmin')) return;
  if (!maySee(state, viewer)) throw notFound('approvals.not_visible');
  throw forbidden('approvals.not_super_admin');
}

/** 办理: done or cannot, neither of them an approval. */
export const isHandled = (state: InstanceState, task: TaskState): boolean =>
  state.steps.find((step) => step.stepId === task.stepId)?.role === 'handle';

/** Which buttons this person gets now. */
export function canOf(state: InstanceState, viewer: Viewer, now: number): Can {
  const held = openTaskOf(state, viewer.personId);
  const holds = held !== null;
  const decides = holds && !isHandled(state, held);
  const applied = state.applicant.personId === viewer.personId;
  return {
    approve: decides,
    reject: decides,
    transfer: holds,
    comment: maySee(state, viewer),
    withdraw: applied && state.status === 'running',
    remind: applied && canRemind(state, now),
    sendBack: holds,
    resubmit: applied && state.status === 'running' && Boolean(state.returned),
    revoke: applied && state.status === 'approved',
    terminate: mayTerminate(state, viewer),
  };
}

export type Verb = 'see' | 'reveal' | 'comment' | 'withdraw' | 'remind' | 'assign' | 'resubmit' | 'revoke';

/**
 * Asserts that the request exists and that the viewer may do this. Unknown and invisible look alike.
 * Deciding and transferring are checked by the engine against the task itself, because a late act is answered,
 * not refused (R1).
 */
export function mustBeAllowed(
  state: InstanceState | null,
  viewer: Viewer,
  verb: Verb,
): asserts state is InstanceState {
  if (state === null || !maySee(state, viewer)) throw notFound('approvals.not_visible');
  const applied = state.applicant.personId === viewer.personId;
  switch (verb) {
    case 'see':
    case 'comment':
      return;
    case 'reveal':
      if (!mayReveal(state, viewer)) throw forbidden('approvals.may_not_reveal');
      return;
    case 'withdraw':
    case 'remind':
    case 'resubmit':
    case 'revoke':
      if (!applied) throw forbidden('approvals.not_applicant');
      return;
    case 'assign':
      if (!viewer.roles.some((role) => QUEUE_KEEPERS.includes(role))) throw forbidden('approvals.not_keeper');
      return;
  }
}
