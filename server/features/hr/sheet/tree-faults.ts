import { fold } from './text-forms.ts';

/** API page 90205: at most 15 levels, the root included. */
export const MAX_LEVELS = 15;

/** A unit as it would stand; units of the file have a line. */
export interface TreeUnit {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string;
  readonly line: number | null;
}

export interface TreeFault {
  readonly line: number;
  readonly column: 'parentCode' | 'name';
  readonly hint: string;
  readonly otherLine?: number;
}

type Tree = ReadonlyMap<string, TreeUnit>;

/**
 * What keeps the units from being a tree: a unit below itself (C3), two of one name under one parent (C4), more than
 * 15 levels (C5). Only rows of the file are named: what is stored was a tree.
 * @param units without the institution itself, whose code is `rootCode`
 */
export function treeFaults(units: readonly TreeUnit[], rootCode: string): TreeFault[] {
  const tree: Tree = new Map(units.map((unit) => [fold(unit.code), unit]));
  return [...placeFaults(tree, fold(rootCode)), ...nameFaults(units)];
}

function placeFaults(tree: Tree, root: string): TreeFault[] {
  const levels = new Map<string, number>([[root, 1]]);
  const faults = new Map<number, TreeFault>();
  for (const code of tree.keys()) {
    const path = climb(tree, levels, code);
    const top = path.at(-1);
    const above = top && fold(top.parentCode);
    if (above !== undefined && !levels.has(above) && path.some((unit) => fold(unit.code) === above)) {
      const circle = path.slice(path.findIndex((unit) => fold(unit.code) === above));
      for (const unit of circle) blameCircle(faults, unit, circle);
    }
    settle(tree, levels, faults, path);
  }
  return [...faults.values()];
}

/** From a unit upwards to where the level is known, a parent is unknown or the path bites its tail. */
function climb(tree: Tree, levels: ReadonlyMap<string, number>, from: string): TreeUnit[] {
  const path: TreeUnit[] = [];
  const seen = new Set<string>();
  for (let code = from; !levels.has(code) && !seen.has(code);) {
    const unit = tree.get(code);
    if (!unit) break;
    seen.add(code);
    path.push(unit);
    code = fold(unit.parentCode);
  }
  return path;
}

function blameCircle(faults: Map<number, TreeFault>, unit: TreeUnit, circle: readonly TreeUnit[]): void {
  if (unit.line === null) return;
  const codes = circle.slice(0, 4).map(({ code }) => code);
  const hint =
    circle.length === 1
      ? '上级不能是自己'
      : `上级绕成一圈：${codes.join(' → ')}${circle.length > codes.length ? ' …' : ` → ${codes[0] ?? ''}`}`;
  faults.set(unit.line, { line: unit.line, column: 'parentCode', hint });
}

/** Levels along the path, top first; too deep is the doing of the nearest row of the file on the way up. */
function settle(
  tree: Tree,
  levels: Map<string, number>,
  faults: Map<number, TreeFault>,
  path: readonly TreeUnit[],
): void {
  for (const unit of path.toReversed()) {
    const level = (levels.get(fold(unit.parentCode)) ?? 1) + 1;
    levels.set(fold(unit.code), level);
    if (level <= MAX_LEVELS) continue;
    const line = lineAbove(tree, unit);
    if (line === null || faults.has(line)) continue;
    faults.set(line, { line, column: 'parentCode', hint: `最多 ${MAX_LEVELS} 级，本机构算第 1 级` });
  }
}

function lineAbove(tree: Tree, from: TreeUnit): number | null {
  const seen = new Set<TreeUnit>();
  for (
    let unit: TreeUnit | undefined = from;
    unit && !seen.has(unit);
    unit = tree.get(fold(unit.parentCode))
  ) {
    if (unit.line !== null) return unit.line;
    seen.add(unit);
  }
  return null;
}

function nameFaults(units: readonly TreeUnit[]): TreeFault[] {
  const places = new Map<string, TreeUnit[]>();
  for (const unit of units) {
    const place = JSON.stringify([fold(unit.parentCode), unit.name]);
    const there = places.get(place);
    if (there) there.push(unit);
    else places.set(place, [unit]);
  }
  return [...places.values()].filter((there) => there.length > 1).flatMap(blameNames);
}

function blameNames(there: readonly TreeUnit[]): TreeFault[] {
  return there.flatMap((unit) => {
    if (unit.line === null) return [];
    const other = there.find((one) => one !== unit && one.line !== null);
    const stored = there.find((one) => one.line === null);
    const hint = stored ? `同一上级下已有同名部门 ${stored.code}` : '同一上级下不能重名';
    return [
      { line: unit.line, column: 'name' as const, hint, ...(other?.line && { otherLine: other.line }) },
    ];
  });
}
