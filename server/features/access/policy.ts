/** May this actor change these rights? Pure: what is held and by whom is handed in. */
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused, type AppError } from '../../kernel/errors.ts';
import { qualifyingCategories } from './visibility.ts';
import type { Category } from './category.ts';
import type { HeldRole } from './held-rights.ts';
import type { ModuleCatalog } from './module-catalog.ts';
import {
  DELEGATION,
  GLOBAL_ROLES,
  isExclusive,
  type RoleCatalog,
  type RoleDefinition,
} from './role-catalog.ts';
import type { Scope, ScopeSlice } from './scope.ts';

export interface GrantRequest {
  readonly personId: string;
  readonly role: string;
  readonly scopeUnitId: string | null;
  /** First instant it no longer holds, epoch ms; open when null. */
  readonly untilAt: number | null;
}

/** A post of today as the lists of roles.json name posts. */
export interface NamedPost {
  readonly unitName: string;
  readonly unitCode: string;
  readonly title: string;
}

/** The state a grant is judged by. */
export interface GrantFacts {
  /** What the person holds already. */
  readonly held: readonly HeldRole[];
  readonly hasDelegation: boolean;
  readonly posts: readonly NamedPost[];
  /** Who else holds this role for the same unit. */
  readonly otherHolders: number;
}

/**
 * May this actor give this role? H3: nobody gives to themselves, and nobody more than they have: the creator and
 * super administrators hold everything; who else gives a role stands in roles.json. Named mechanisms (the seed)
 * stand for the installation, but the role's own conditions bind them too.
 */
export function whyNotGrant(
  actor: Actor,
  request: GrantRequest,
  catalog: RoleCatalog,
  facts: GrantFacts,
  now: number,
): AppError | null {
  const role = catalog.get(request.role);
  return (
    whyNotChangeRole(actor, request.personId, role) ??
    (role
      ? unfit(role, request, catalog, facts, now)
      : refused('access.unknown_role', { role: request.role }))
  );
}

function unfit(
  role: RoleDefinition,
  { scopeUnitId, untilAt }: GrantRequest,
  catalog: RoleCatalog,
  { held, hasDelegation, posts, otherHolders }: GrantFacts,
  now: number,
): AppError | null {
  if (untilAt !== null && untilAt <= now) return refused('access.end_date_passed');
  if (scopeUnitId !== null && !role.scoped) return refused('access.role_not_scoped', { role: role.name });
  if (scopeUnitId === null && role.unitOnly) return refused('access.role_needs_unit', { role: role.name });
  const other = [...held.map((one) => one.role), ...(hasDelegation ? [DELEGATION] : [])].find((code) =>
    isExclusive(catalog, role.code, code),
  );
  if (other !== undefined)
    return refused('access.exclusive', { role: role.name, other: nameOf(catalog, other) });
  if (!holdsListedPost(role, posts)) return refused('access.post_not_listed', { role: role.name });
  return role.onePerScope && otherHolders > 0
    ? conflict('access.held_by_another', { role: role.name })
    : null;
}

export const nameOf = (catalog: RoleCatalog, code: string): string =>
  code === DELEGATION ? '分级管理员' : (catalog.get(code)?.name ?? code);

/** S2-9b: some roles are for holders of listed posts only. */
export const holdsListedPost = (role: Pick<RoleDefinition, 'posts'>, posts: readonly NamedPost[]): boolean =>
  role.posts === null ||
  role.posts.some(({ units, titles }) =>
    posts.some(
      (post) =>
        (units.includes(post.unitName) || units.includes(post.unitCode)) &&
        (titles.length === 0 || titles.includes(post.title)),
    ),
  );

/** May this actor take this role from the person? Whoever may give it. */
export const whyNotRevoke = (
  actor: Actor,
  { personId, role }: Pick<GrantRequest, 'personId' | 'role'>,
  catalog: RoleCatalog,
): AppError | null => whyNotChangeRole(actor, personId, catalog.get(role));

function whyNotChangeRole(actor: Actor, personId: string, role: RoleDefinition | undefined): AppError | null {
  if (actor.kind === 'system') return null;
  if (actor.personId === personId) return forbidden('access.own_rights');
  if (isGlobal(actor)) return null;
  return role?.alsoGrantedBy.some((code) => holds(actor, code)) ? null : forbidden('access.may_not_grant');
}

const holds = (actor: Actor, role: string): boolean =>
  actor.kind === 'person' && (actor.roles as readonly string[]).includes(role);

const isGlobal = (actor: Actor): boolean => GLOBAL_ROLES.some((role) => holds(actor, role));

/** May this actor give, change or end a delegation of this person? S2-9d: the creator or a super administrator. */
export function whyNotChangeDelegation(actor: Actor, personId: string): AppError | null {
  if (actor.kind === 'person' && actor.personId === personId) return forbidden('access.own_rights');
  return isGlobal(actor) ? null : forbidden('access.may_not_delegate');
}

export interface DelegationRequest extends ScopeSlice {
  readonly personId: string;
  readonly unitId: string;
  readonly modules: readonly string[];
  readonly categories: readonly Category[];
  readonly untilAt: number;
}

export interface DelegationFacts {
  /** What the granter may administer. */
  readonly scope: Scope;
  readonly held: readonly HeldRole[];
  readonly affiliations: readonly Category[];
  readonly isUnitActive: boolean;
}

/**
 * May this actor give this part of the institution to this person until then? What is given lies wholly inside what
 * the granter holds (H3), the person's duties allow it (H4), and each module is open to one of the person's own
 * affiliations (B8).
 */
export function whyNotDelegate(
  actor: Actor,
  request: DelegationRequest,
  catalogs: { readonly roles: RoleCatalog; readonly modules: ModuleCatalog },
  facts: DelegationFacts,
  now: number,
): AppError | null {
  const objection = whyNotChangeDelegation(actor, request.personId);
  if (objection) return objection;
  if (!facts.isUnitActive) return notFound('access.unknown_unit');
  const unknown = request.modules.find((key) => !catalogs.modules.has(key));
  if (unknown !== undefined) return refused('access.unknown_module', { module: unknown });
  if (!facts.scope.contains(request)) return forbidden('access.exceeds_granter');
  if (request.untilAt <= now) return refused('access.end_date_passed');
  const duty = facts.held.find(({ role }) => isExclusive(catalogs.roles, role, DELEGATION));
  if (duty)
    return refused('access.exclusive', {
      role: nameOf(catalogs.roles, DELEGATION),
      other: nameOf(catalogs.roles, duty.role),
    });
  const closed = request.modules
    .flatMap((key) => catalogs.modules.get(key) ?? [])
    .find((module) => qualifyingCategories(facts.affiliations, module).length === 0);
  return closed ? refused('access.module_not_for_person', { module: closed.name }) : null;
}

/**
 * Rule H3: somebody must be left who can give rights. Asked before a super administrator loses the role, is locked or
 * leaves. Whoever holds it until a day stands in for nobody who holds it without an end: on that day nobody would be
 * left.
 * @param holders everybody who holds the role now
 * @param active those of them who can sign in
 */
export function whyNotRemove(
  leavingId: string,
  holders: readonly Pick<GrantRequest, 'personId' | 'untilAt'>[],
  active: readonly string[],
): AppError | null {
  const leaving = holders.filter(({ personId }) => personId === leavingId);
  if (leaving.length === 0) return null;
  const isLasting = leaving.some(({ untilAt }) => untilAt === null);
  const stays = holders.some(
    ({ personId, untilAt }) =>
      personId !== leavingId && active.includes(personId) && (untilAt === null || !isLasting),
  );
  return stays ? null : refused('access.last_super_admin');
}

/**
 * May this actor settle what the administrators' log shows about this person? H3: nobody settles what is about
 * themselves.
 */
export function whyNotSettle(actor: Actor, personId: string | null): AppError | null {
  if (!isGlobal(actor)) return forbidden('access.may_not_settle');
  return actor.kind === 'person' && actor.personId === personId ? forbidden('access.own_finding') : null;
}

/** Who reads the rights of others: those who give them, and the one who inspects (H4). */
const RIGHTS_READERS = [...GLOBAL_ROLES, 'securityAdmin', 'auditAdmin'];

export const mayReadRights = (actor: Actor): boolean =>
  actor.kind === 'system' || RIGHTS_READERS.some((role) => holds(actor, role));

export function mustReadRightsOf(actor: Actor, personId: string): void {
  if (actor.kind === 'person' && actor.personId === personId) return;
  mustReadRights(actor);
}

export function mustReadRights(actor: Actor): void {
  if (!mayReadRights(actor)) throw forbidden('access.may_not_read_rights');
}

export const mayGrantRole = (actor: Actor, personId: string, role: RoleDefinition | undefined): boolean =>
  whyNotChangeRole(actor, personId, role) === null;

export const mayDelegate = (actor: Actor, personId: string): boolean =>
  whyNotChangeDelegation(actor, personId) === null;
