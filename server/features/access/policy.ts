import { actorId, type Actor } from '../../kernel/actor.ts';
import { forbidden, refused, type AppError } from '../../kernel/errors.ts';
import type { RoleCatalog } from './role-catalog.ts';

export interface GrantRequest {
  readonly personId: string;
  readonly role: string;
  readonly scopeUnitId: string | null;
}

/**
 * May this actor give or take this role? Rule H3: nobody grants to themselves, nobody more than they have; super
 * administrators hold everything, so they alone grant. Named mechanisms (the seed) stand for the installation.
 */
export function whyNotGrant(actor: Actor, request: GrantRequest, catalog: RoleCatalog): AppError | null {
  const definition = catalog.get(request.role);
  if (!definition) return refused('access.unknown_role', { role: request.role });
  if (request.scopeUnitId !== null && !definition.scoped)
    return refused('access.role_not_scoped', { role: definition.name });
  return whyNotAdminister(actor, request.personId);
}

function whyNotAdminister(actor: Actor, personId: string): AppError | null {
  if (actor.kind === 'system') return null;
  if (actorId(actor) === personId) return forbidden('access.own_rights');
  return actor.roles.includes('superAdmin') ? null : forbidden('access.may_not_grant');
}
