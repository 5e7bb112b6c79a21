/** Who looks at how many and at whom. One answer for counts, lists, files, buttons and commands (H1). Pure. */
import { forbidden } from '../../kernel/errors.ts';
import { visibleTo, type OrgWithRoles } from '../access/index.ts';

/** They answer for information security, or check those who do: of everybody, in numbers. */
const OVERSEERS: readonly string[] = ['securityAdmin', 'auditAdmin'];

export interface Reach {
  /** In numbers. */
  counts(personId: string): boolean;
  /** By name. */
  names(personId: string): boolean;
  reminds(personId: string): boolean;
  readonly mayCount: boolean;
  readonly mayName: boolean;
  readonly mayRemind: boolean;
}

/** Names and reminders follow the directory's scope; heads see the numbers of their units. */
export function reachOf(org: OrgWithRoles, actorId: string): Reach {
  const scope = org.scopeOf(actorId);
  const seen = visibleTo(org, scope, 'view');
  const managed = visibleTo(org, scope, 'manage');
  const roles = org.rolesOf(actorId);
  const oversees = roles.some(({ role, scopeUnitId }) => scopeUnitId === null && OVERSEERS.includes(role));
  const headed = roles.flatMap(({ role, scopeUnitId }) =>
    role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : [],
  );
  const inHeaded = (personId: string): boolean =>
    headed.length > 0 &&
    org.assignmentsOf(personId).some((post) => headed.some((unitId) => org.isWithin(post.unitId, unitId)));
  const mayName = seen.units === null || seen.units.size > 0;
  return {
    counts: (personId) => oversees || seen.has(personId) || inHeaded(personId),
    names: (personId) => seen.has(personId),
    reminds: (personId) => managed.has(personId),
    mayCount: oversees || mayName || headed.length > 0,
    mayName,
    mayRemind: managed.units === null || managed.units.size > 0,
  };
}

/** @throws forbidden `undertakings.not_yours` */
export function mustCount({ mayCount }: Reach): void {
  if (!mayCount) throw forbidden('undertakings.not_yours');
}

/** @throws forbidden `undertakings.numbers_only` */
export function mustName({ mayName }: Reach): void {
  if (!mayName) throw forbidden('undertakings.numbers_only');
}

/** @throws forbidden `undertakings.not_yours` */
export function mustRemind({ mayRemind }: Reach): void {
  if (!mayRemind) throw forbidden('undertakings.not_yours');
}
