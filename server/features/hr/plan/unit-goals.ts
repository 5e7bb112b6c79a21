import type { KnownUnit, Snapshot, UnitRecord } from '../model.ts';
import type { LeftOut } from './keys.ts';
import type { KnownIndex } from './known-index.ts';
import { depthsOf, findCycles, slotOf } from './unit-tree.ts';

/** 企业微信's limits (C5, department/create): levels with the institution, units, sub-units and members of a unit. */
export const MAX_DEPTH = 15;
export const MAX_UNITS = 30_000;
export const MAX_NODES = 30_000;

/** Refusals can pull others along; beyond so many rounds everything that would move stays where it is. */
const MAX_ROUNDS = 40;

/** A unit as it shall be when the plan is done. */
export interface UnitGoal {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string;
  /** The row that says so; null: it stays as it is. */
  readonly row: UnitRecord | null;
  /** Null: new. A removed unit that comes back keeps its id but is created again. */
  readonly known: KnownUnit | null;
}

export interface UnitGoals {
  readonly goals: ReadonlyMap<string, UnitGoal>;
  /** Known units a complete statement does not name any more. */
  readonly dissolving: ReadonlyMap<string, KnownUnit>;
}

/** Why a unit stays as it is (or is not created); null: a human or the reader took its row out. */
export type Held = Map<string, string | null>;

export const isActive = (unit: KnownUnit | null | undefined): unit is KnownUnit => unit?.state === 'active';

/** Units a row may name but nothing may be done with: unreadable, twice in the file, taken out by a human. */
export function heldFromStart(
  { units, refusedUnitCodes }: Snapshot,
  { rootCode }: KnownIndex,
  out: LeftOut,
): Held {
  const held: Held = new Map(refusedUnitCodes.map((code) => [code, null]));
  const seen = new Set<string>();
  for (const { code } of units) {
    if (seen.has(code)) held.set(code, `部门编码 ${code} 在表里出现了不止一次`);
    else if (out.has('unit', code)) held.set(code, null);
    seen.add(code);
  }
  held.delete(rootCode);
  return held;
}

/**
 * The tree as it shall be. Everything that would break it (C3-C5) is added to `held` and left as it is, until what
 * remains is a tree. Only a complete statement that names units dissolves any (A1).
 */
export function unitGoals(snapshot: Snapshot, index: KnownIndex, held: Held, out: LeftOut): UnitGoals {
  for (let round = 0; ; round += 1) {
    const tree = proposed(snapshot, index, held, out);
    const faults = round < MAX_ROUNDS ? treeFaults(tree, index) : allMoving(tree);
    if (faults.size === 0) return tree;
    for (const [code, why] of faults) held.set(code, why);
  }
}

function proposed(snapshot: Snapshot, index: KnownIndex, held: Held, out: LeftOut): UnitGoals {
  const { rootCode } = index;
  const dissolves = snapshot.complete && snapshot.units.length > 0;
  const rows = new Map(snapshot.units.map((row) => [row.code, row]));
  const found: UnitGoal[] = [];
  const dissolving = new Map<string, KnownUnit>();
  for (const known of index.units) {
    const { code } = known;
    if (!isActive(known) || code === rootCode) continue;
    const row = held.has(code) ? null : (rows.get(code) ?? null);
    const stays = row !== null || held.has(code) || !dissolves || out.has('unit', code);
    if (!stays) dissolving.set(code, known);
    else found.push(goalOf(code, row, known, rootCode));
  }
  for (const [code, row] of rows) {
    if (code === rootCode || held.has(code) || isActive(index.unitByCode.get(code))) continue;
    found.push(goalOf(code, row, null, rootCode));
  }
  found.sort((a, b) => (a.code < b.code ? -1 : 1));
  return { goals: new Map(found.map((goal) => [goal.code, goal])), dissolving };
}

function goalOf(code: string, row: UnitRecord | null, known: KnownUnit | null, rootCode: string): UnitGoal {
  const before = known?.parentCode ?? rootCode;
  // A5: not provided stays; a new unit without a parent stands directly below the institution.
  const parentCode = row?.parentCode === undefined ? before : (row.parentCode ?? rootCode);
  return { code, name: row?.name ?? known?.name ?? code, parentCode, row, known };
}

/** Does this unit get another place or name, or a first one? */
export const changesPlace = ({ known, name, parentCode }: UnitGoal, rootCode: string): boolean =>
  known === null || known.name !== name || (known.parentCode ?? rootCode) !== parentCode;

const allMoving = ({ goals }: UnitGoals): Map<string, string> =>
  new Map(
    [...goals.values()]
      .filter(({ row }) => row !== null)
      .map(({ code }) => [code, '部门变动互相牵连，排不出先后，请分批导入']),
  );

/** The first kind of trouble found; later ones may vanish with it. */
function treeFaults(tree: UnitGoals, { rootCode }: KnownIndex): ReadonlyMap<string, string> {
  const parents = parentFaults(tree, rootCode);
  if (parents.size > 0) return parents;
  const cycles = cycleFaults(tree, rootCode);
  if (cycles.size > 0) return cycles;
  const slots = slotFaults(tree, rootCode);
  if (slots.size > 0) return slots;
  return sizeFaults(tree, rootCode);
}

function parentFaults({ goals, dissolving }: UnitGoals, rootCode: string): Map<string, string> {
  const faults = new Map<string, string>();
  const staying = new Map<string, number>();
  for (const { code, parentCode, row } of goals.values()) {
    if (parentCode === rootCode || goals.has(parentCode)) continue;
    if (dissolving.has(parentCode)) staying.set(parentCode, (staying.get(parentCode) ?? 0) + 1);
    else if (row !== null) faults.set(code, `上级部门 ${parentCode} 不存在，或这次没有建成`);
  }
  for (const [code, count] of staying)
    faults.set(code, `表里没有这个部门，但还有 ${count} 个下级部门，先不撤销`);
  return faults;
}

/** C3: whoever moves on the circle is refused; a circle nobody moves on was there before and is not ours. */
function cycleFaults({ goals }: UnitGoals, rootCode: string): Map<string, string> {
  const faults = new Map<string, string>();
  for (const cycle of findCycles(goals.keys(), (code) => goals.get(code)?.parentCode ?? null)) {
    for (const code of cycle) {
      const goal = goals.get(code);
      if (!goal || (goal.known?.parentCode ?? (goal.known ? rootCode : null)) === goal.parentCode) continue;
      faults.set(code, '不能移到自己的下级部门之下');
    }
  }
  return faults;
}

/** C4: same name twice under one parent. Whoever was there keeps the name. */
function slotFaults({ goals }: UnitGoals, rootCode: string): Map<string, string> {
  const faults = new Map<string, string>();
  const holders = new Map<string, UnitGoal>();
  for (const goal of goals.values()) {
    const slot = slotOf(goal.parentCode, goal.name);
    const holder = holders.get(slot);
    if (holder) {
      for (const one of [holder, goal]) {
        if (one.row && changesPlace(one, rootCode)) faults.set(one.code, `同一上级下已有“${goal.name}”`);
      }
    }
    if (!holder || !changesPlace(goal, rootCode)) holders.set(slot, goal);
  }
  return faults;
}

/** C5. The new units stand beside the ones to be removed until the end. */
function sizeFaults({ goals, dissolving }: UnitGoals, rootCode: string): Map<string, string> {
  const faults = new Map<string, string>();
  const created = [...goals.values()].filter(({ known }) => known === null);
  if (created.length > 0 && goals.size + dissolving.size + 1 > MAX_UNITS)
    for (const { code } of created) faults.set(code, `部门总数会超过 ${MAX_UNITS} 个`);
  const depths = depthsOf(goals, rootCode);
  for (const [code, depth] of depths) {
    if (depth <= MAX_DEPTH) continue;
    const mover = nearestMover(goals, code, rootCode);
    if (mover) faults.set(mover, `部门层级会超过 ${MAX_DEPTH} 级`);
  }
  return faults;
}

function nearestMover(goals: ReadonlyMap<string, UnitGoal>, code: string, rootCode: string): string | null {
  for (let at = goals.get(code); at; at = goals.get(at.parentCode)) {
    const moved = at.known === null || (at.known.parentCode ?? rootCode) !== at.parentCode;
    if (at.row && moved) return at.code;
  }
  return null;
}
