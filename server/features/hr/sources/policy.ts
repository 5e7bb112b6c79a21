/** Who may do what with a source. Its connection is the system administrator's; what it says is the maintainers'. */
import type { Actor } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/errors.ts';
import { mayMaintain } from '../policy.ts';

export function mayManage(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  return actor.roles.includes('systemAdmin') || actor.roles.includes('superAdmin');
}

export function mustManage(actor: Actor): void {
  if (!mayManage(actor)) throw forbidden('hr.not_source_manager');
}

export function mustSee(actor: Actor): void {
  if (!mayManage(actor) && !mayMaintain(actor)) throw forbidden('hr.not_source_manager');
}
