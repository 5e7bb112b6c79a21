import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';

const MAINTAINERS = ['hrMaintainer', 'superAdmin'] as const;

/** May change people, posts and units: HR's maintainers, super administrators, and named mechanisms (the seed). */
export function mayMaintain(actor: Actor): boolean {
  return actor.kind === 'system' || MAINTAINERS.some((role) => actor.roles.includes(role));
}

export function mustMaintain(actor: Actor): void {
  if (!mayMaintain(actor)) throw forbidden('directory.not_maintainer');
}

/** Being a head is a right, so nobody changes their own posts or lock (rule H3). */
export function mustMaintainAnother(actor: Actor, personId: string): void {
  mustMaintain(actor);
  if (actor.kind === 'person' && actor.personId === personId) throw forbidden('directory.own_record');
}
