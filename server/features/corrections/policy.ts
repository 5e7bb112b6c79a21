/** Who answers for which correction. One answer for lists, counts, files, buttons and commands (H1). Pure. */
import type { OrgWithRoles } from '../access/index.ts';
import type { Owner } from './contract.ts';
import { LAST_RESORT, OWNERS } from './owner.ts';

export type CorrectionsOrg = Pick<
  OrgWithRoles,
  | 'person'
  | 'briefOf'
  | 'unit'
  | 'pathOf'
  | 'assignmentsOf'
  | 'mainAssignmentOf'
  | 'departmentOf'
  | 'rolesOf'
  | 'roleHolders'
  | 'delegations'
  | 'scopeOf'
>;

/** Does this actor own this part of that person's record? H3: nobody answers their own correction. */
export function mayAnswer(org: CorrectionsOrg, actorId: string, owner: Owner, personId: string): boolean {
  return actorId !== personId && createReach(org, actorId)(owner, personId);
}

/** The same for many people: the actor's scope is made once. */
export function createReach(
  org: CorrectionsOrg,
  actorId: string,
): (owner: Owner, personId: string) => boolean {
  const scope = org.scopeOf(actorId);
  const held = org.rolesOf(actorId);
  return (owner, personId) => {
    const person = org.person(personId);
    if (!person) return false;
    const { roles, moduleKey } = OWNERS[owner];
    if (held.some(({ role, scopeUnitId }) => scopeUnitId === null && roles.includes(role))) return true;
    const unitIds = org.assignmentsOf(personId).map(({ unitId }) => unitId);
    return scope.covers({ unitIds, moduleKey, category: person.category, duty: 'manage' });
  };
}

/** For whom this actor answers at all, whoever it is about. */
export function ownersFor(org: CorrectionsOrg, actorId: string): Owner[] {
  const scope = org.scopeOf(actorId);
  const held = org.rolesOf(actorId);
  return (Object.keys(OWNERS) as Owner[]).filter((owner) => {
    const { roles, moduleKey } = OWNERS[owner];
    if (held.some(({ role, scopeUnitId }) => scopeUnitId === null && roles.includes(role))) return true;
    const units = scope.unitsFor(moduleKey, 'manage');
    return units === null || units.size > 0;
  });
}

/**
 * Everybody who can answer now, who is asked first in front: holders of the owner's role, delegated administrators
 * whose scope holds the person; the super administrators where there is none of them.
 */
export function answerersOf(org: CorrectionsOrg, owner: Owner, personId: string): string[] {
  const { roles, moduleKey } = OWNERS[owner];
  const holders = (all: readonly string[]) =>
    all.flatMap((role) => org.roleHolders(role, null).map((holder) => holder.personId));
  const delegates = org
    .delegations()
    .filter(({ modules }) => modules.includes(moduleKey))
    .map((delegation) => delegation.personId);
  const fitting = (ids: readonly string[]) =>
    [...new Set(ids)].filter((id) => org.person(id)?.active === true && mayAnswer(org, id, owner, personId));
  const first = fitting([...holders(roles), ...delegates]);
  return first.length > 0 ? first : fitting(holders(LAST_RESORT));
}
