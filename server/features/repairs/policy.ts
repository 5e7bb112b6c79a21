/** Who sees and dispatches which tickets. One answer for lists, counts, files, buttons and commands (H1). Pure. */
import { forbidden } from '../../kernel/errors.ts';
import type { OrgWithRoles } from '../access/index.ts';
import { deskOf, type DeskSettings } from './settings.ts';

type Org = Pick<
  OrgWithRoles,
  'scopeOf' | 'rolesOf' | 'unit' | 'root' | 'childrenOf' | 'formerUnits' | 'placeOf'
>;

/** What decides who may deal with a ticket: the reporter's department and the kind of fault. */
export interface Placed {
  readonly unitId: string | null;
  readonly category: string;
}

export interface Reach {
  /** Besides one's own. */
  sees(ticket: Placed): boolean;
  dispatches(ticket: Placed): boolean;
  /** Every ticket there is. */
  readonly seesAll: boolean;
  readonly seesSome: boolean;
  /** Says who mends this kind and what recurs of it, for the whole institution. */
  keeps(category: string): boolean;
  /** At least one kind; places are of all kinds. */
  readonly keepsSome: boolean;
  /** The same set as `sees`, as a condition in parentheses on the two columns. */
  filter(columns: { readonly unit: string; readonly category: string }, among: Among): Filter;
}

interface Filter {
  readonly sql: string;
  readonly params: readonly string[];
}

const EVERY_TICKET: Filter = { sql: '(1 = 1)', params: [] };

/** The database's: the column is one of these ids, however many they are. */
type Among = (column: string, ids: readonly string[]) => Filter;

/**
 * What a unit that is over left behind is judged by the unit that answers for it today.
 *
 * The heads of the units that dispatch see and give out everything, those of a unit with categories of its own what is
 * of these; whoever administers the module does so in their part; the head of any unit sees what was reported from there.
 */
export function reachOf(org: Org, settings: DeskSettings, actorId: string): Reach {
  const scope = org.scopeOf(actorId);
  const headed = org
    .rolesOf(actorId)
    .flatMap(({ role, scopeUnitId }) => (role === 'unitHead' && scopeUnitId !== null ? [scopeUnitId] : []));
  const codes = new Set(headed.map((id) => org.unit(id)?.code ?? ''));
  const heads = (units: readonly string[]): boolean => units.some((code) => codes.has(code));
  const isChief = heads(settings.dispatchUnits);
  const ownKinds = new Set(
    settings.categories.flatMap(({ key, dispatchUnits = [] }) => (heads(dispatchUnits) ? [key] : [])),
  );
  const covers = ({ unitId, category }: Placed, duty: 'view' | 'handle'): boolean =>
    scope.covers({
      unitIds: unitId === null ? [] : placeIds(org, unitId),
      moduleKey: deskOf(settings, category).moduleKey,
      category: null,
      duty,
    });
  const seesAll = isChief || scope.isGlobal;
  // A delegation always names a unit: the whole institution is its root.
  const rootId = org.root()?.unitId ?? '';
  const managesWhole = (category: string): boolean => {
    const managed = scope.unitsFor(deskOf(settings, category).moduleKey, 'manage');
    return managed === null || managed.has(rootId);
  };
  const keeps = (category: string): boolean => seesAll || ownKinds.has(category) || managesWhole(category);
  const units = withFormer(
    org,
    headed.flatMap((id) => subtree(org, id)),
  );
  const inHeaded = (unitId: string | null): boolean => unitId !== null && units.has(unitId);
  const parts = (columns: { unit: string; category: string }, among: Among): Filter[] => [
    ...(units.size > 0 ? [among(columns.unit, [...units])] : []),
    ...(ownKinds.size > 0 ? [among(columns.category, [...ownKinds])] : []),
    ...ofModules(settings, columns.category, among, (moduleKey) => {
      const seen = scope.unitsFor(moduleKey, 'view');
      return seen === null ? EVERY_TICKET : among(columns.unit, [...withFormer(org, [...seen])]);
    }),
  ];
  const seesInModule = modulesOf(settings).some((moduleKey) => {
    const seen = scope.unitsFor(moduleKey, 'view');
    return seen === null || seen.size > 0;
  });
  return {
    sees: (ticket) =>
      seesAll || ownKinds.has(ticket.category) || covers(ticket, 'view') || inHeaded(ticket.unitId),
    dispatches: (ticket) => isChief || ownKinds.has(ticket.category) || covers(ticket, 'handle'),
    seesAll,
    seesSome: seesAll || units.size > 0 || ownKinds.size > 0 || seesInModule,
    keeps,
    keepsSome: seesAll || settings.categories.some(({ key }) => keeps(key)),
    filter: (columns, among) => (seesAll ? EVERY_TICKET : anyOf(parts(columns, among))),
  };
}

const modulesOf = ({ moduleKey, categories }: DeskSettings): string[] => [
  ...new Set([moduleKey, ...categories.flatMap((one) => one.moduleKey ?? [])]),
];

/** A part for each module: its categories, and the units in which it may be seen. What has no module is of the first. */
function ofModules(
  settings: DeskSettings,
  column: string,
  among: Among,
  unitsOf: (moduleKey: string) => Filter,
): Filter[] {
  const elsewhere = settings.categories.filter(
    ({ moduleKey = settings.moduleKey }) => moduleKey !== settings.moduleKey,
  );
  return modulesOf(settings).map((moduleKey) => {
    const units = unitsOf(moduleKey);
    const isFirst = moduleKey === settings.moduleKey;
    const keys = elsewhere.filter((one) => isFirst || one.moduleKey === moduleKey).map(({ key }) => key);
    if (keys.length === 0) return units;
    const kinds = among(column, keys);
    const sql = `(${isFirst ? `not (${kinds.sql})` : kinds.sql} and ${units.sql})`;
    return { sql, params: [...kinds.params, ...units.params] };
  });
}

const anyOf = (parts: readonly Filter[]): Filter => ({
  sql: `(${parts.map(({ sql }) => sql).join(' or ')})`,
  params: parts.flatMap(({ params }) => params),
});

/** The units there are from this one down. */
const subtree = (org: Org, unitId: string): string[] =>
  org.unit(unitId)?.state === 'active'
    ? [unitId, ...org.childrenOf(unitId).flatMap((child) => subtree(org, child.unitId))]
    : [];

const placeIds = (org: Org, unitId: string): string[] => {
  const place = org.placeOf(unitId);
  return place === null ? [] : [place.unitId];
};

/** These and every unit that is over and for which one of them answers today. */
function withFormer(org: Org, unitIds: readonly string[]): ReadonlySet<string> {
  const active = new Set(unitIds);
  if (active.size === 0) return active;
  const former = org
    .formerUnits()
    .map(({ unitId }) => unitId)
    .filter((unitId) => placeIds(org, unitId).some((id) => active.has(id)));
  return new Set([...active, ...former]);
}

/** Who gives out this kind; null: for the whole. Null where no unit of either has a head who is there. */
export const firstDispatcher = (
  org: Pick<OrgWithRoles, 'units' | 'headsOf' | 'person'>,
  settings: DeskSettings,
  category: string | null,
): Dispatcher | null => dispatchersOf(org, settings, category)[0] ?? null;

export interface Dispatcher {
  readonly personId: string;
  readonly unitId: string;
}

/** With whom a ticket may lie until it is given to somebody, heads of the kind's own units first. */
export function dispatchersOf(
  org: Pick<OrgWithRoles, 'units' | 'headsOf' | 'person'>,
  settings: DeskSettings,
  category: string | null,
): readonly Dispatcher[] {
  const own = category === null ? [] : deskOf(settings, category).dispatchUnits;
  const codes = [...own, ...settings.dispatchUnits];
  return [...new Set(codes)].flatMap((code) => {
    const unit = org.units().find((one) => one.code === code);
    const heads = unit ? org.headsOf(unit.unitId) : [];
    return unit
      ? heads
          .filter(({ personId }) => org.person(personId)?.active)
          .map(({ personId }) => ({ personId, unitId: unit.unitId }))
      : [];
  });
}

/** @throws forbidden `repairs.not_yours` */
export function mustSee({ seesSome }: Reach): void {
  if (!seesSome) throw forbidden('repairs.not_yours');
}

/** @throws forbidden `repairs.managers_only` for a kind that is not theirs */
export function mustKeep({ keeps }: Reach, categories: readonly string[]): void {
  if (!categories.every(keeps)) throw forbidden('repairs.managers_only');
}

/** @throws forbidden `repairs.managers_only` */
export function mustKeepSome({ keepsSome }: Reach): void {
  if (!keepsSome) throw forbidden('repairs.managers_only');
}
