/** Rights in words, for the API. */
import type { Actor } from '../../kernel/actor.ts';
import { CATEGORY_NAMES, type Category } from './category.ts';
import { lastDayOf } from './commands/delegations.ts';
import type { DelegationAnswer, GrantBrief, ScopeAnswer } from './contract.ts';
import { DUTY_NAMES, isInForce } from './held-rights.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import { mayDelegate, mayGrantRole } from './policy.ts';
import type { OrgWithRoles } from './rights.ts';
import { DERIVED_ROLES, type RoleCatalog } from './role-catalog.ts';
import { subtreeOf, type HeldSlice, type Scope } from './scope.ts';
import type { DelegationRow, RoleGrantRow } from './tables.ts';

export interface Words {
  readonly org: OrgWithRoles;
  readonly roles: RoleCatalog;
  readonly modules: ModuleCatalog;
  readonly now: number;
}

export const roleName = (roles: RoleCatalog, code: string): string =>
  roles.get(code)?.name ?? DERIVED_ROLES[code] ?? code;

export const briefOf = (org: OrgWithRoles, personId: string) =>
  org.briefOf(personId) ?? { personId, name: '', unitName: '', title: '' };

export const unitOf = (org: OrgWithRoles, unitId: string) => ({
  unitId,
  name: org.unit(unitId)?.name ?? '',
});

/** A person's name, or the name of the mechanism that did it. */
const nameOf = (org: OrgWithRoles, actorId: string): string => org.person(actorId)?.name ?? actorId;

type GrantColumns = Omit<RoleGrantRow, 'revokedBy'>;

export function describeGrant({ org, roles, now }: Words, actor: Actor, row: GrantColumns): GrantBrief {
  return {
    grantId: row.id,
    role: row.role,
    roleName: roleName(roles, row.role),
    unit: row.scopeUnitId === null ? null : unitOf(org, row.scopeUnitId),
    sinceAt: row.sinceAt,
    lastOn: row.untilAt === null ? null : lastDayOf(row.untilAt),
    grantedBy: nameOf(org, row.grantedBy),
    can: { revoke: isInForce(row, now) && mayGrantRole(actor, row.personId, roles.get(row.role)) },
  };
}

/** Roles that follow from the directory: nobody gave them, nobody takes them. */
export const describeDerived = ({ org, roles }: Words, personId: string): GrantBrief[] =>
  org
    .rolesOf(personId)
    .filter(({ role }) => role in DERIVED_ROLES)
    .map(({ role, scopeUnitId }) => ({
      grantId: null,
      role,
      roleName: roleName(roles, role),
      unit: scopeUnitId === null ? null : unitOf(org, scopeUnitId),
      sinceAt: null,
      lastOn: null,
      grantedBy: null,
      can: { revoke: false },
    }));

export function describeDelegation(words: Words, actor: Actor, row: DelegationRow): DelegationAnswer {
  const { org, now } = words;
  const inForce = row.endedAt === null && now < row.untilAt;
  const mine = inForce && mayDelegate(actor, row.personId);
  return {
    delegationId: row.id,
    person: briefOf(org, row.personId),
    active: org.person(row.personId)?.active ?? false,
    unit: unitOf(org, row.unitId),
    duty: row.duty,
    dutyName: DUTY_NAMES[row.duty],
    modules: named(words, row.modules),
    categories: namedCategories(row.categories),
    note: row.note,
    grantedBy: nameOf(org, row.grantedBy),
    sinceAt: row.sinceAt,
    lastOn: lastDayOf(row.untilAt),
    ended: inForce
      ? null
      : {
          at: row.endedAt ?? row.untilAt,
          by: row.endedBy === null ? null : nameOf(org, row.endedBy),
          reason: row.endReason ?? 'expired',
        },
    can: { change: mine, end: mine },
  };
}

const named = ({ modules }: Words, keys: readonly string[]) =>
  keys.map((key) => ({ key, name: modules.get(key)?.name ?? key }));

export const namedCategories = (categories: readonly Category[]) =>
  categories.map((category) => ({ category, name: CATEGORY_NAMES[category] }));

export function describeScope(words: Words, personId: string, scope: Scope): ScopeAnswer {
  return {
    isGlobal: scope.isGlobal,
    slices: scope.slices.map((slice) => describeSlice(words, personId, slice)),
  };
}

function describeSlice(words: Words, personId: string, slice: HeldSlice): ScopeAnswer['slices'][number] {
  const { org, roles } = words;
  const { unitId, modules, categories, duty, from } = slice;
  const delegation =
    'delegationId' in from
      ? org.delegationsOf(personId).find((one) => one.delegationId === from.delegationId)
      : undefined;
  return {
    unit: unitId === null ? null : unitOf(org, unitId),
    unitCount: unitId === null ? org.units().length : subtreeOf(org, unitId).size,
    modules: modules === 'all' ? null : named(words, modules),
    categories: categories === 'all' ? null : namedCategories(categories),
    duty,
    dutyName: DUTY_NAMES[duty],
    from: 'role' in from ? roleName(roles, from.role) : `${nameOf(org, delegation?.grantedBy ?? '')} 授权`,
    lastOn: delegation ? lastDayOf(delegation.untilAt) : null,
  };
}
