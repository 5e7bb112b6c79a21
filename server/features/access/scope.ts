import { among } from '../../platform/db/among.ts';
import type { Org, OrgUnit } from '../directory/index.ts';
import type { Category } from './category.ts';
import { DUTIES, isDelegationInForce, type Delegation, type Duty, type HeldRole } from './held-rights.ts';
import { GLOBAL_ROLES } from './role-catalog.ts';

/** One right to a part of the institution: unit subtree ∩ modules ∩ categories (rule H1). */
export interface ScopeSlice {
  /** Null: the whole institution, what belongs to no unit included. */
  readonly unitId: string | null;
  readonly modules: readonly string[] | 'all';
  readonly categories: readonly Category[] | 'all';
  readonly duty: Duty;
}

export interface HeldSlice extends ScopeSlice {
  readonly from: { readonly role: string } | { readonly delegationId: string };
}

export interface ScopeTarget {
  /** Every unit it belongs to: one of them inside is enough. */
  readonly unitIds: readonly string[];
  readonly moduleKey: string;
  /** Of the person it is about; null for what is about no person (a room), where categories decide nothing. */
  readonly category: string | null;
  /** `view` when left out. */
  readonly duty?: Duty;
}

export interface ScopeFilter {
  /** A condition in parentheses for `where`, portable to every dialect. */
  readonly sql: string;
  readonly params: readonly string[];
}

/**
 * What one person may see and do now. Lists, counts, exports, searches and attachments all ask this one object, in
 * memory by `covers` or in the database by `toFilter`, so that they give the same set (H1).
 */
export interface Scope {
  /** Everything, everywhere (S2-9c). */
  readonly isGlobal: boolean;
  readonly slices: readonly HeldSlice[];
  covers(target: ScopeTarget): boolean;
  /** Is this right not more than what is held (H3)? */
  contains(slice: ScopeSlice): boolean;
  /** Active units in which this module may be dealt with; null: not bound to units. */
  unitsFor(moduleKey: string, duty?: Duty): ReadonlySet<string> | null;
  /**
   * The same set as `covers`, as a condition on columns of the caller's query. For what belongs to several units the
   * caller wraps it into `exists (select 1 …)`. Holds for any number of units.
   */
  toFilter(
    ask: { readonly moduleKey: string; readonly duty?: Duty },
    columns: { readonly unit: string; readonly category: string | null },
  ): ScopeFilter;
}

export interface ActorRights {
  readonly roles: readonly HeldRole[];
  readonly delegations: readonly Delegation[];
}

export type ScopeOrg = Pick<Org, 'unit' | 'units' | 'childrenOf'>;

/** Roles that reach further than the person's own affairs. The three duties of H4 are not among them. */
const REACH: Readonly<Record<string, Pick<ScopeSlice, 'modules' | 'duty'>>> = {
  ...Object.fromEntries(GLOBAL_ROLES.map((role) => [role, { modules: 'all', duty: 'manage' } as const])),
  hrMaintainer: { modules: ['directory'], duty: 'manage' },
  liaison: { modules: ['directory'], duty: 'view' },
};

/** Those who reach further; for whoever looks for holders before asking their scope. */
export const REACHING_ROLES: readonly string[] = Object.keys(REACH);

export function scopeOf(rights: ActorRights, org: ScopeOrg, now: number): Scope {
  const slices: HeldSlice[] = [
    ...rights.roles.flatMap(({ role, scopeUnitId }): HeldSlice[] => {
      const reach = REACH[role];
      return reach ? [{ ...reach, unitId: scopeUnitId, categories: 'all', from: { role } }] : [];
    }),
    ...rights.delegations
      .filter((one) => isDelegationInForce(one, now))
      .map(({ delegationId, unitId, modules, categories, duty }) => ({
        unitId,
        modules,
        categories,
        duty,
        from: { delegationId },
      })),
  ];
  return createScope(slices, org);
}

export function createScope(slices: readonly HeldSlice[], org: ScopeOrg): Scope {
  const within = (unitId: string | null) => (unitId === null ? null : subtreeOf(org, unitId));
  const fitting = (moduleKey: string, duty: Duty) =>
    slices.filter((slice) => has(slice.modules, moduleKey) && includesDuty(slice.duty, duty));
  return {
    isGlobal: slices.some(
      (slice) => slice.unitId === null && slice.modules === 'all' && slice.categories === 'all',
    ),
    slices,
    covers: ({ unitIds, moduleKey, category, duty = 'view' }) =>
      fitting(moduleKey, duty).some((slice) => {
        if (category !== null && !has(slice.categories, category)) return false;
        const units = within(slice.unitId);
        return units === null || unitIds.some((unitId) => units.has(unitId));
      }),
    contains: (wanted) =>
      each(wanted.modules).every((moduleKey) =>
        each(wanted.categories).every((category) =>
          fitting(moduleKey, wanted.duty).some(
            (slice) => has(slice.categories, category) && reaches(within(slice.unitId), wanted.unitId),
          ),
        ),
      ),
    unitsFor(moduleKey, duty = 'view') {
      const sets = fitting(moduleKey, duty).map((slice) => within(slice.unitId));
      return sets.includes(null) ? null : new Set(sets.flatMap((set) => [...(set ?? [])]));
    },
    toFilter: ({ moduleKey, duty = 'view' }, columns) => filterOf(fitting(moduleKey, duty), within, columns),
  };
}

const has = (list: readonly string[] | 'all', item: string): boolean => list === 'all' || list.includes(item);

/** In no list: only who has all has it. */
const EVERYTHING = '*';
const each = (list: readonly string[] | 'all'): readonly string[] => (list === 'all' ? [EVERYTHING] : list);

const includesDuty = (held: Duty, wanted: Duty): boolean => DUTIES.indexOf(held) >= DUTIES.indexOf(wanted);

const reaches = (units: ReadonlySet<string> | null, unitId: string | null): boolean =>
  units === null || (unitId !== null && units.has(unitId));

/** The list of active units is made anew with every change of the directory, so it names the tree it belongs to. */
const subtrees = new WeakMap<readonly OrgUnit[], Map<string, ReadonlySet<string>>>();

/** Active units from this one down. Read from the tree of now: a unit that was moved away is out at once (H1). */
export function subtreeOf(org: ScopeOrg, unitId: string): ReadonlySet<string> {
  const known = subtrees.get(org.units()) ?? new Map<string, ReadonlySet<string>>();
  subtrees.set(org.units(), known);
  const units = known.get(unitId) ?? walk(org, unitId);
  known.set(unitId, units);
  return units;
}

function walk(org: ScopeOrg, unitId: string): ReadonlySet<string> {
  const found = new Set<string>();
  if (org.unit(unitId)?.state !== 'active') return found;
  const waiting = [unitId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    found.add(id);
    for (const child of org.childrenOf(id)) if (!found.has(child.unitId)) waiting.push(child.unitId);
  }
  return found;
}

type Within = (unitId: string | null) => ReadonlySet<string> | null;

function filterOf(
  slices: readonly HeldSlice[],
  within: Within,
  columns: Parameters<Scope['toFilter']>[1],
): ScopeFilter {
  const conditions = mergeByCategories(slices, within, columns.category !== null).map(
    ({ categories, units }) => {
      const parts: ScopeFilter[] = [];
      if (units !== null) parts.push(among(columns.unit, [...units]));
      if (columns.category !== null && categories !== 'all') parts.push(among(columns.category, categories));
      return {
        sql: parts.map((part) => part.sql).join(' and ') || '1 = 1',
        params: parts.flatMap((p) => p.params),
      };
    },
  );
  const params = conditions.flatMap((condition) => condition.params);
  const sql = conditions.map((condition) => `(${condition.sql})`).join(' or ');
  return { sql: `(${sql || '1 = 0'})`, params };
}

interface Part {
  readonly categories: readonly Category[] | 'all';
  units: ReadonlySet<string> | null;
}

/** Slices of the same categories list each unit once. */
function mergeByCategories(
  slices: readonly HeldSlice[],
  within: Within,
  byCategory: boolean,
): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const { categories, unitId } of slices) {
    const wanted = byCategory ? categories : 'all';
    const key = String(wanted);
    const units = within(unitId);
    const known = parts.get(key);
    if (!known) parts.set(key, { categories: wanted, units });
    else known.units = known.units === null || units === null ? null : new Set([...known.units, ...units]);
  }
  return [...parts.values()];
}
