/** May this person do this to that request? One answer for the page's buttons and for the commands. */
import { forbidden, notFound } from '../../kernel/errors.ts';
import type { Role } from '../../kernel/actor.ts';
import type { Can } from './contract.ts';
import { canRemind } from './engine/remind.ts';
import { waitingKeys } from './engine/tally.ts';
import type { InstanceState, TaskState } from './model.ts';

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
 * Applicant, everybody who ever held a task of it, everybody copied; keepers of the queue while it waits there.
 * R5: who would decide later sees nothing yet.
 */
export function maySee(state: InstanceState, viewer: Viewer): boolean {
  const { personId } = viewer;
  return (
    state.applicant.personId === personId ||
    state.tasks.some((t) => t.person.personId === personId) ||
    state.copies.some((c) => c.person.personId === personId) ||
    mayAssign(state, viewer)
  );
}

export function mayAssign(state: InstanceState, viewer: Viewer): boolean {
  return waitingKeys(state).length > 0 && viewer.roles.some((role) => QUEUE_KEEPERS.includes(role));
}

/** Which buttons this person gets now. */
export function canOf(state: InstanceState, viewer: Viewer, now: number): Can {
  const holds = openTaskOf(state, viewer.personId) !== null;
  const applied = state.applicant.personId === viewer.personId;
  return {
    approve: holds,
    reject: holds,
    transfer: holds,
    comment: maySee(state, viewer),
    withdraw: applied && state.status === 'running',
    remind: applied && canRemind(state, now),
  };
}

export type Verb = 'see' | 'comment' | 'withdraw' | 'remind' | 'assign';

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
    case 'withdraw':
    case 'remind':
      if (!applied) throw forbidden('approvals.not_applicant');
      return;
    case 'assign':
      if (!viewer.roles.some((role) => QUEUE_KEEPERS.includes(role))) throw forbidden('approvals.not_keeper');
      return;
  }
}
