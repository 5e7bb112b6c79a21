/** Who may do what with a statement of HR. One answer for the page's buttons and for the commands. */
import { type Actor, actorId } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';

/** 组织部 and 人事处 (S2-8: no other department can), and super administrators. */
export function mayMaintain(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  return actor.roles.includes('hrMaintainer') || actor.roles.includes('superAdmin');
}

export function mustMaintain(actor: Actor): void {
  if (!mayMaintain(actor)) throw forbidden('hr.not_maintainer');
}

/** H6: a sheet is full of personal data in clear; only who brought it gets it back. */
export const mayTakeFile = (
  actor: Actor,
  { fileKey, createdBy }: { fileKey: string | null; createdBy: string },
): boolean => fileKey !== null && actorId(actor) === createdBy;

/** D3: whoever made the plan, or the batch it comes from, is not the one who confirms it. */
export function isInvolved(
  actor: Actor,
  { createdBy, uploadedBy }: { createdBy: string; uploadedBy: string },
): boolean {
  const id = actorId(actor);
  return id === createdBy || id === uploadedBy;
}
