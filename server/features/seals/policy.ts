/** Who sees which uses and numbers, and who keeps the register. One answer for lists, files, buttons and commands (H1). Pure. */
import { forbidden } from '../../kernel/errors.ts';
import type { OrgWithRoles } from '../access/index.ts';

type Org = Pick<
  OrgWithRoles,
  'scopeOf' | 'rolesOf' | 'unit' | 'units' | 'root' | 'childrenOf' | 'formerUnits' | 'placeOf'
>;

interface Filter {
  readonly sql: string;
  readonly params: readonly string[];
}
/** The database's: the column is one of these ids, however many they are. */
type Among = (column: string, ids: readonly string[]) => Filter;

export interface Reach {
  readonly seesAll: boolean;
  readonly seesSome: boolean;
  /** Registers what this unit manages. */
  manages(unitId: string): boolean;
  readonly managesSome: boolean;
  /** Besides one's own: of a thing that `ownerUnitId` manages, asked for from `unitId`. */
  sees(thing: { readonly ownerUnitId: string; readonly unitId: string | null }): boolean;
  /** The same set as `sees`, as a condition in parentheses. @param owned the condition on the thing's owner column */
  filter(unitColumn: string, owned: (among: Filter) => string, ownerColumn: string, among: Among): Filter;
}

/**
 * The heads of the units that answer for all, and whoever administers the module for the whole institution, see and
 * manage everything; the head of a unit manages what is that unit's or below it, and sees what was asked for from
 * there. Whoever administers the module for a part does so in that part. What a unit that is over left behind is judged
 * by the unit that answers for it today.
 */
export function reachOf(
  org: Org,
  { moduleKey, chiefUnits }: { readonly moduleKey: string; readonly chiefUnits: readonly string[] },
  actorId: string,
): Reach {
  const scope = org.scopeOf(actorId);
  const headed = org
    .rolesOf(actorId)
    .flatMap(({ role, scopeUnitId }) => (role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : []));
  const isChief = headed.some((id) => chiefUnits.includes(org.unit(id)?.code ?? ''));
  const managed = scope.unitsFor(moduleKey, 'manage');
  const viewed = scope.unitsFor(moduleKey, 'view');
  const rootId = org.root()?.unitId ?? '';
  const managesAll = isChief || scope.isGlobal || managed === null || managed.has(rootId);
  const seesAll = managesAll || viewed === null || viewed.has(rootId);
  const below = headed.flatMap((id) => subtree(org, id));
  const asks = withFormer(org, [...below, ...(viewed ?? [])]);
  const owns = withFormer(org, [...below, ...(managed ?? []), ...(viewed ?? [])]);
  const keeps = withFormer(org, [...below, ...(managed ?? [])]);
  return {
    seesAll,
    seesSome: seesAll || asks.size > 0,
    manages: (unitId) => managesAll || keeps.has(unitId),
    managesSome: managesAll || keeps.size > 0,
    sees: ({ ownerUnitId, unitId }) =>
      seesAll || owns.has(ownerUnitId) || (unitId !== null && asks.has(unitId)),
    filter(unitColumn, owned, ownerColumn, among) {
      if (seesAll) return { sql: '(1 = 1)', params: [] };
      const owner = among(ownerColumn, [...owns]);
      const unit = among(unitColumn, [...asks]);
      return { sql: `(${owned(owner)} or ${unit.sql})`, params: [...owner.params, ...unit.params] };
    },
  };
}

/** The units there are from this one down. */
const subtree = (org: Org, unitId: string): string[] =>
  org.unit(unitId)?.state === 'active'
    ? [unitId, ...org.childrenOf(unitId).flatMap((child) => subtree(org, child.unitId))]
    : [];

/** These and every unit that is over and for which one of them answers today. */
function withFormer(org: Org, unitIds: readonly string[]): ReadonlySet<string> {
  const active = new Set(unitIds);
  if (active.size === 0) return active;
  const former = org
    .formerUnits()
    .map(({ unitId }) => unitId)
    .filter((unitId) => active.has(org.placeOf(unitId)?.unitId ?? ''));
  return new Set([...active, ...former]);
}

/** @throws forbidden `seals.not_yours` */
export function mustSee({ seesSome }: Pick<Reach, 'seesSome'>): void {
  if (!seesSome) throw forbidden('seals.not_yours');
}

/** @throws forbidden `seals.managers_only` */
export function mustManage({ manages }: Pick<Reach, 'manages'>, unitId: string): void {
  if (!manages(unitId)) throw forbidden('seals.managers_only');
}
