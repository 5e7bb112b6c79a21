import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';

/** Who answers for a desk that nobody can reach: the same who fill a seat nobody was found for (R18). */
const OVERSEERS = ['superAdmin'];

export const mayOversee = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.some((role) => OVERSEERS.includes(role));

/** @throws forbidden `delegations.overseers_only` */
export function mustOversee(actor: Actor): void {
  if (!mayOversee(actor)) throw forbidden('delegations.overseers_only');
}
