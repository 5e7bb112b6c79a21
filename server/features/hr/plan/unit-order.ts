import type { KnownUnit } from '../model.ts';
import { changeKey } from './keys.ts';
import { changesPlace, MAX_DEPTH, type Held, type UnitGoal, type UnitGoals } from './unit-goals.ts';
import { asideOf, put, sceneOf, type Place, type Scene } from './unit-scene.ts';
import { depthsOf, slotOf } from './unit-tree.ts';

/** One operation on a unit, at its place in the order of doing. */
export interface UnitStep {
  /**
   * `temporary`: below the institution for the time being, because two units take each other's place (C3, C4).
   * `aside`: another name for a unit that will be removed, because a new one takes its name (C2).
   */
  readonly act: 'create' | 'change' | 'temporary' | 'aside';
  readonly key: string;
  readonly code: string;
  readonly goal: UnitGoal | null;
  readonly before: Place | null;
  readonly after: Place;
  readonly needs: readonly string[];
}

export interface UnitOrder {
  readonly steps: readonly UnitStep[];
  /** Bottom-up: everything below a unit stands before it. */
  readonly removals: readonly KnownUnit[];
  /** What cannot be done on the way although the end would be a tree. */
  readonly stuck: Held;
}

/**
 * Operations top-down (C1). Each waits for its nearest ancestor that changes, so that every move goes below a line
 * that is final already: that alone makes a circle on the way impossible, also when parent and child swap. And it
 * waits for whoever has its name under its parent to go first (C4). Units that wait for each other are untied by
 * moving one of them below the institution for the time being.
 */
export function orderUnits(
  { goals, dissolving }: UnitGoals,
  known: readonly KnownUnit[],
  rootCode: string,
): UnitOrder {
  const scene = sceneOf(known, rootCode);
  const depths = depthsOf(goals, rootCode);
  const todo = [...goals.values()]
    .filter((goal) => depths.has(goal.code) && hasStep(goal, rootCode))
    .sort((a, b) => (depths.get(a.code) ?? 0) - (depths.get(b.code) ?? 0) || (a.code < b.code ? -1 : 1));
  const run: Run = {
    scene,
    goals,
    dissolving,
    rootCode,
    depths,
    pending: new Set(todo.map(({ code }) => code)),
    lastKey: new Map(),
    freedBy: new Map(),
    steps: [],
    stuck: new Map(),
  };
  performAll(todo, run);
  return { steps: run.steps, removals: removalOrder(run), stuck: run.stuck };
}

function performAll(todo: readonly UnitGoal[], run: Run): void {
  const { count, by } = waits(todo, run);
  const ready = todo.filter(({ code }) => count.get(code) === 0);
  let [next, tied] = [0, 0];
  while (run.pending.size > 0) {
    // Nothing is free: the topmost unit left has all its ancestors done, so only its name is taken.
    const goal = next < ready.length ? ready[next++] : todo[tied++];
    if (!goal) return;
    if (!run.pending.has(goal.code)) continue;
    perform(goal, run);
    for (const freed of by.get(goal.code) ?? []) {
      const left = (count.get(freed.code) ?? 0) - 1;
      count.set(freed.code, left);
      if (left === 0) ready.push(freed);
    }
  }
}

interface Run extends UnitGoals {
  readonly scene: Scene;
  readonly rootCode: string;
  readonly depths: ReadonlyMap<string, number>;
  readonly pending: Set<string>;
  /** The last step of a unit: what others wait for. */
  readonly lastKey: Map<string, string>;
  /** The step by which a place became free. */
  readonly freedBy: Map<string, string>;
  readonly steps: UnitStep[];
  readonly stuck: Held;
}

const hasStep = (goal: UnitGoal, rootCode: string): boolean =>
  goal.row !== null && (changesPlace(goal, rootCode) || categoryOf(goal) !== undefined);

/** The new category; undefined: not given or as it was (A5). */
export function categoryOf({ row, known }: UnitGoal): string | null | undefined {
  if (row?.category === undefined) return undefined;
  return row.category === (known?.category ?? null) ? undefined : row.category;
}

/** Who waits for whom at the start, and for how many. */
function waits(todo: readonly UnitGoal[], run: Run) {
  const count = new Map<string, number>();
  const by = new Map<string, UnitGoal[]>();
  for (const goal of todo) {
    const blockers = new Set([changingAncestor(goal, run), occupantOf(goal, run)]);
    let waitsFor = 0;
    for (const blocker of blockers) {
      if (blocker === null || !run.pending.has(blocker)) continue;
      waitsFor += 1;
      const freed = by.get(blocker);
      if (freed) freed.push(goal);
      else by.set(blocker, [goal]);
    }
    count.set(goal.code, waitsFor);
  }
  return { count, by };
}

/** The nearest ancestor with a step of its own, done or not. */
function changingAncestor(
  { parentCode }: UnitGoal,
  { goals, rootCode, pending, lastKey }: Run,
): string | null {
  for (let code = parentCode; code !== rootCode; code = goals.get(code)?.parentCode ?? rootCode) {
    if (pending.has(code) || lastKey.has(code)) return code;
  }
  return null;
}

function occupantOf({ code, parentCode, name }: UnitGoal, { scene }: Run): string | null {
  const occupant = scene.bySlot.get(slotOf(parentCode, name));
  return occupant === undefined || occupant === code ? null : occupant;
}

function perform(goal: UnitGoal, run: Run): void {
  const { code, parentCode, name } = goal;
  const { scene, lastKey, freedBy } = run;
  const ancestor = changingAncestor(goal, run);
  const occupant = occupantOf(goal, run);
  if (occupant !== null) makeRoom(occupant, run);
  run.pending.delete(code);
  const before = scene.places.get(code) ?? null;
  const moved = before !== null && before.parentCode !== parentCode;
  if (moved && tooDeep(code, run)) {
    run.stuck.set(code, `移动途中部门层级会超过 ${MAX_DEPTH} 级，请先移走它的下级部门`);
    return;
  }
  // Where it was put for the time being may be its place already.
  if (before && !moved && before.name === name && categoryOf(goal) === undefined) return;
  const key = changeKey('unit', code, before === null ? 'unitCreate' : moved ? 'unitMove' : 'unitChange');
  const needs = [
    ancestor === null ? undefined : lastKey.get(ancestor),
    freedBy.get(slotOf(parentCode, name)),
    lastKey.get(code),
  ];
  put(scene, code, { parentCode, name });
  if (before) freedBy.set(slotOf(before.parentCode, before.name), key);
  lastKey.set(code, key);
  run.steps.push({
    act: before === null ? 'create' : 'change',
    key,
    code,
    goal,
    before,
    after: { parentCode, name },
    needs: present(needs),
  });
}

const present = (keys: readonly (string | undefined)[]): string[] => [
  ...new Set(keys.filter((key) => key !== undefined)),
];

/** Somebody stands where another unit shall be: away for the time being, or renamed until it is removed. */
function makeRoom(code: string, run: Run): void {
  const { scene, rootCode, dissolving, lastKey, freedBy } = run;
  const before = scene.places.get(code);
  if (!before) return;
  const leaves = dissolving.has(code);
  const toRoot =
    !leaves && before.parentCode !== rootCode && !scene.bySlot.has(slotOf(rootCode, before.name));
  const after = toRoot ? { parentCode: rootCode, name: before.name } : asideOf(code, before, leaves, scene);
  const key = changeKey('unit', code, toRoot ? 'unitMove' : 'unitChange', toRoot ? 'temporary' : 'aside');
  const own = lastKey.get(code);
  // A unit about to be removed is renamed only together with its removal.
  const needs = [
    own,
    freedBy.get(slotOf(after.parentCode, after.name)),
    leaves ? changeKey('unit', code, 'unitDissolve') : undefined,
  ];
  put(scene, code, after);
  freedBy.set(slotOf(before.parentCode, before.name), key);
  lastKey.set(code, key);
  run.steps.push({
    act: toRoot ? 'temporary' : 'aside',
    key,
    code,
    goal: null,
    before,
    after,
    needs: present(needs),
  });
}

/** A unit moves with everything that is below it at that moment, also with what will leave it later. */
function tooDeep(code: string, { scene, depths }: Run): boolean {
  let level = [code];
  for (let depth = depths.get(code) ?? 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => [...(scene.children.get(one) ?? [])]);
  }
  return false;
}

function removalOrder({ scene, dissolving, rootCode }: Run): KnownUnit[] {
  const placed = new Map([...scene.places].map(([code, { parentCode }]) => [code, { parentCode }]));
  const depths = depthsOf(placed, rootCode);
  return [...dissolving.values()].sort(
    (a, b) => (depths.get(b.code) ?? 0) - (depths.get(a.code) ?? 0) || (a.code < b.code ? -1 : 1),
  );
}
