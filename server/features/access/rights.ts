import { ROLES, type PersonActor, type Role } from '../../kernel/actor.ts';
import { dateOf, type CalendarDate } from '../../kernel/dates.ts';
import type { Org, OrgPerson } from '../directory/index.ts';

export interface Grant {
  readonly grantId: string;
  readonly personId: string;
  readonly role: string;
  readonly scopeUnitId: string | null;
  readonly sinceAt: number;
  readonly untilAt: number | null;
}

export interface RoleHolder {
  readonly personId: string;
  readonly since: CalendarDate;
}

export interface HeldRole {
  readonly role: string;
  readonly scopeUnitId: string | null;
}

/** The directory's read model with the roles people hold at one moment. */
export interface OrgWithRoles extends Org {
  /** Holders of a role given for exactly this unit (null: for the whole institution), longest-standing first. */
  roleHolders(role: string, unitId: string | null): readonly RoleHolder[];
  /** What a person holds: staff, unitHead per unit headed, then what was given. Empty for who is not active. */
  rolesOf(personId: string): readonly HeldRole[];
}

/** Half-open: a grant holds from `sinceAt` until just before `untilAt`. */
export const isInForce = (grant: Pick<Grant, 'sinceAt' | 'untilAt'>, now: number): boolean =>
  grant.sinceAt <= now && (grant.untilAt === null || now < grant.untilAt);

export function withRoles(org: Org, grants: readonly Grant[], now: number): OrgWithRoles {
  const held = (fits: (grant: Grant) => boolean) =>
    grants.filter((grant) => isInForce(grant, now) && fits(grant));
  return {
    ...org,
    roleHolders: (role, unitId) =>
      held((grant) => grant.role === role && grant.scopeUnitId === unitId).map((grant) => ({
        personId: grant.personId,
        since: dateOf(grant.sinceAt),
      })),
    rolesOf(personId) {
      if (!org.person(personId)?.active) return [];
      const headed = org.assignmentsOf(personId).filter((post) => post.isHead);
      const given = held((grant) => grant.personId === personId);
      return [
        { role: 'staff', scopeUnitId: null },
        ...headed.map((post) => ({ role: 'unitHead', scopeUnitId: post.unitId })),
        ...given.map(({ role, scopeUnitId }) => ({ role, scopeUnitId })),
      ];
    },
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
