/** Who sees which forms, who reads what was written in them, who imports. One answer for lists, pages and commands (H1). Pure. */
import { forbidden } from '../../kernel/errors.ts';
import type { OrgWithRoles } from '../access/index.ts';

type Org = Pick<OrgWithRoles, 'rolesOf' | 'unit' | 'childrenOf' | 'formerUnits' | 'placeOf'>;

/** They see every form's way, names, times and opinions; what was filled in only where they took part. */
const OVERSEERS: readonly string[] = ['creator', 'superAdmin', 'auditAdmin'];
const IMPORTERS: readonly string[] = ['superAdmin', 'systemAdmin'];

const holdsWhole = (org: Org, actorId: string, roles: readonly string[]): boolean =>
  org.rolesOf(actorId).some(({ role, scopeUnitId }) => roles.includes(role) && scopeUnitId === null);

export interface Reach {
  readonly seesAll: boolean;
  /** What somebody of these units handed in, or holds or held: heads answer for their unit's steps (S1-6.1b). */
  readonly unitIds: ReadonlySet<string>;
  readonly seesSome: boolean;
  readonly mayImport: boolean;
}

export function reachOf(org: Org, actorId: string): Reach {
  const headed = org
    .rolesOf(actorId)
    .flatMap(({ role, scopeUnitId }) => (role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : []));
  const below = new Set(headed.flatMap((id) => subtree(org, id)));
  const former =
    below.size === 0
      ? []
      : org.formerUnits().filter(({ unitId }) => below.has(org.placeOf(unitId)?.unitId ?? ''));
  const seesAll = holdsWhole(org, actorId, OVERSEERS);
  const mayImport = holdsWhole(org, actorId, IMPORTERS);
  const unitIds = new Set([...below, ...former.map(({ unitId }) => unitId)]);
  return { seesAll, unitIds, seesSome: seesAll || unitIds.size > 0, mayImport };
}

const subtree = (org: Org, unitId: string): string[] =>
  org.unit(unitId)?.state === 'active'
    ? [unitId, ...org.childrenOf(unitId).flatMap((child) => subtree(org, child.unitId))]
    : [];

/** @throws forbidden `native.not_yours` */
export function mustOversee({ seesSome, mayImport }: Pick<Reach, 'seesSome' | 'mayImport'>): void {
  if (!seesSome && !mayImport) throw forbidden('native.not_yours');
}

/** @throws forbidden `native.may_not_import` */
export function mustImport({ mayImport }: Pick<Reach, 'mayImport'>): void {
  if (!mayImport) throw forbidden('native.may_not_import');
}
