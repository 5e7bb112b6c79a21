import { ROLES, type PersonActor, type Role } from '../../kernel/actor.ts';
import { dateOf, type CalendarDate } from '../../kernel/dates.ts';
import { groupBy } from '../../kernel/group-by.ts';
import type { Org, OrgPerson } from '../directory/index.ts';
import { affiliationsOf } from './category.ts';
import { isDelegationInForce, isInForce, type Delegation, type Grant, type HeldRole } from './held-rights.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import { scopeOf, type Scope } from './scope.ts';
import { qualifyingCategories } from './visibility.ts';

export interface RoleHolder {
  readonly personId: string;
  readonly since: CalendarDate;
}

/** The directory's read model with the rights people hold at one moment. */
export interface OrgWithRoles extends Org {
  /** Holders of a role given for exactly this unit (null: for the whole institution), longest-standing first. */
  roleHolders(role: string, unitId: string | null): readonly RoleHolder[];
  /** What a person holds: staff, unitHead per unit headed, then what was given. Empty for who is not active. */
  rolesOf(personId: string): readonly HeldRole[];
  /** Delegations in force; empty for who is not active. */
  delegationsOf(personId: string): readonly Delegation[];
  /** Delegations in force of all active people, longest-standing first. */
  delegations(): readonly Delegation[];
  /** What this person may administer; nothing for who is not active. */
  scopeOf(personId: string): Scope;
}

export interface Rights {
  readonly grantsByPerson: ReadonlyMap<string, readonly Grant[]>;
  readonly grantsByRole: ReadonlyMap<string, readonly Grant[]>;
  readonly delegations: readonly Delegation[];
  readonly delegationsByPerson: ReadonlyMap<string, readonly Delegation[]>;
}

/** @param grants oldest first, as are `delegations` */
export const indexRights = (grants: readonly Grant[], delegations: readonly Delegation[]): Rights => ({
  grantsByPerson: groupBy(grants, (grant) => grant.personId),
  grantsByRole: groupBy(grants, (grant) => grant.role),
  delegations,
  delegationsByPerson: groupBy(delegations, (one) => one.personId),
});

export function withRoles(org: Org, rights: Rights, modules: ModuleCatalog, now: number): OrgWithRoles {
  const inForce = (grants: readonly Grant[] = []) => grants.filter((grant) => isInForce(grant, now));
  const isActive = (personId: string) => org.person(personId)?.active ?? false;

  function rolesOf(personId: string): readonly HeldRole[] {
    if (!isActive(personId)) return [];
    const headed = org.assignmentsOf(personId).filter((post) => post.isHead);
    return [
      { role: 'staff', scopeUnitId: null },
      ...headed.map((post) => ({ role: 'unitHead', scopeUnitId: post.unitId })),
      ...inForce(rights.grantsByPerson.get(personId)).map(({ role, scopeUnitId }) => ({ role, scopeUnitId })),
    ];
  }

  /** B8: a module stays open only while one of the person's affiliations qualifies, whatever was given before. */
  function open(delegation: Delegation): Delegation[] {
    const person = org.person(delegation.personId);
    if (!person?.active || !isDelegationInForce(delegation, now)) return [];
    const affiliations = affiliationsOf(person);
    const visible = delegation.modules.filter((key) => {
      const module = modules.get(key);
      return module !== undefined && qualifyingCategories(affiliations, module).length > 0;
    });
    return visible.length > 0 ? [{ ...delegation, modules: visible }] : [];
  }

  const delegationsOf = (personId: string): readonly Delegation[] =>
    (rights.delegationsByPerson.get(personId) ?? []).flatMap(open);

  return {
    ...org,
    roleHolders: (role, unitId) =>
      inForce(rights.grantsByRole.get(role))
        .filter((grant) => grant.scopeUnitId === unitId)
        .map((grant) => ({ personId: grant.personId, since: dateOf(grant.sinceAt) })),
    rolesOf,
    delegationsOf,
    delegations: () => rights.delegations.flatMap(open),
    scopeOf: (personId) =>
      scopeOf({ roles: rolesOf(personId), delegations: delegationsOf(personId) }, org, now),
  };
}

export interface ActorOrigin {
  readonly via: PersonActor['via'];
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
}

const isKernelRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);

/** The actor behind an active person. Roles that no code asks about (分管领导 …) stay in the read model. */
export function actorFor(org: OrgWithRoles, person: OrgPerson, origin: ActorOrigin): PersonActor {
  const roles = new Set(org.rolesOf(person.personId).map(({ role }) => role));
  return {
    kind: 'person',
    personId: person.personId,
    name: person.name,
    roles: [...roles].filter(isKernelRole),
    ...origin,
  };
}
