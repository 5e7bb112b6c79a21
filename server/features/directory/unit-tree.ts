import { groupBy } from './group-by.ts';

/** 企业微信 holds at most 15 levels, the root included (rule C5). */
export const MAX_DEPTH = 15;

export interface TreeUnit {
  readonly unitId: string;
  readonly parentId: string | null;
  readonly name: string;
}

export type TreeFault =
  | { readonly kind: 'cycle' | 'tooDeep' | 'unknownParent' | 'secondRoot'; readonly unitId: string }
  | { readonly kind: 'sameName'; readonly unitId: string; readonly otherUnitId: string };

type ById = ReadonlyMap<string, Pick<TreeUnit, 'parentId'>>;

/** Nearest first, without the unit itself. Stops at an unknown parent or on a cycle instead of running for ever. */
export function ancestorIds(units: ById, unitId: string): string[] {
  const above: string[] = [];
  const seen = new Set([unitId]);
  let parentId = units.get(unitId)?.parentId ?? null;
  while (parentId !== null && units.has(parentId) && !seen.has(parentId)) {
    above.push(parentId);
    seen.add(parentId);
    parentId = units.get(parentId)?.parentId ?? null;
  }
  return above;
}

/** True when `unitId` is `aboveId` or lies under it. */
export function isWithin(units: ById, unitId: string, aboveId: string): boolean {
  return unitId === aboveId || ancestorIds(units, unitId).includes(aboveId);
}

/**
 * Everything wrong with a tree before anything is written: a unit under its own descendant (C3), two of one name
 * under one parent (C4), more than 15 levels (C5), a parent that does not exist, a second root.
 */
export function checkTree(units: readonly TreeUnit[]): TreeFault[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const rootId = units.find((unit) => unit.parentId === null)?.unitId;
  const siblings = new Map<string, string>();
  const faults: TreeFault[] = [];
  for (const unit of units) {
    const fault = placeFault(byId, unit, rootId);
    if (fault) faults.push({ kind: fault, unitId: unit.unitId });
    const place = JSON.stringify([unit.parentId, unit.name]);
    const otherUnitId = siblings.get(place);
    if (otherUnitId !== undefined) faults.push({ kind: 'sameName', unitId: unit.unitId, otherUnitId });
    else siblings.set(place, unit.unitId);
  }
  return faults;
}

function placeFault(byId: ReadonlyMap<string, TreeUnit>, unit: TreeUnit, rootId: string | undefined) {
  if (unit.parentId === null) return unit.unitId === rootId ? null : 'secondRoot';
  if (!byId.has(unit.parentId)) return 'unknownParent';
  const above = ancestorIds(byId, unit.unitId);
  const top = byId.get(above.at(-1) ?? unit.unitId);
  if (top && top.parentId !== null && byId.has(top.parentId)) return 'cycle';
  return above.length + 1 > MAX_DEPTH ? 'tooDeep' : null;
}

/** Parents before children, siblings in the order given. Units on a cycle are left out. */
export function topDown<U extends TreeUnit>(units: readonly U[]): U[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const children = groupBy(units, (unit) =>
    unit.parentId !== null && byId.has(unit.parentId) ? unit.parentId : null,
  );
  const ordered: U[] = [...(children.get(null) ?? [])];
  for (let at = 0; at < ordered.length; at += 1) {
    ordered.push(...(children.get(ordered[at]?.unitId ?? '') ?? []));
  }
  return ordered;
}
