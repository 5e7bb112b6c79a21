import type { Change, KnownUnit } from '../model.ts';
import type { KnownIndex } from './known-index.ts';
import type { UnitView } from './reconciling.ts';
import { FieldList, type Scribe } from './scribe.ts';
import type { PlannedChange } from './types.ts';
import type { UnitGoal, UnitGoals } from './unit-goals.ts';
import { categoryOf, type UnitOrder, type UnitStep } from './unit-order.ts';

export interface UnitWriting {
  readonly index: KnownIndex;
  readonly scribe: Scribe;
  readonly units: UnitView;
}

export const unitTarget = (index: KnownIndex, code: string, name: string): Change['target'] => ({
  type: 'unit',
  id: index.unitByCode.get(code)?.unitId ?? null,
  ref: code,
  name: index.unitByCode.get(code)?.name ?? name,
});

const WHY: Readonly<Record<UnitStep['act'], string>> = {
  create: '表里有，系统里没有',
  change: '表里的内容和系统不同',
  temporary: '和别的部门交换位置，先临时放到学校之下',
  aside: '名称要给别的部门用，先改名让出',
};

/** Creating, renaming and moving, in the order of doing. */
export const writeUnitSteps = (order: UnitOrder, run: UnitWriting): PlannedChange[] =>
  order.steps.map((step) => writeStep(step, run));

function writeStep(step: UnitStep, run: UnitWriting): PlannedChange {
  const { act, code, goal, before, after } = step;
  const { units, index, scribe } = run;
  const list = new FieldList();
  list.given('name', after.name, before?.name ?? null);
  if (before?.parentCode !== after.parentCode) {
    const from = before && units.nameOf(before.parentCode);
    const to = units.nameOf(after.parentCode);
    const same = before !== null && from === to;
    list.add(
      'parentCode',
      same ? `${from}（${before.parentCode}）` : from,
      same ? `${to}（${after.parentCode}）` : to,
      after.parentCode,
    );
  }
  const category = goal && act !== 'temporary' ? categoryOf(goal) : undefined;
  list.given('category', category, act === 'create' ? null : (goal?.known?.category ?? null));
  if (act === 'create') list.given('sortOrder', goal?.row?.sortOrder ?? undefined, null);
  const kind =
    act === 'create' ? 'unitCreate' : before?.parentCode === after.parentCode ? 'unitChange' : 'unitMove';
  return {
    ...scribe.write({
      kind,
      stage: 'units',
      target: unitTarget(index, code, after.name),
      topUnitCode: act === 'create' ? units.topAfter(code) : units.topBefore(code),
      list,
      effectiveOn: scribe.days.saidOn,
      lines: goal?.row ? [goal.row.line] : [],
      why: WHY[act],
      needs: step.needs,
    }),
    key: step.key,
  };
}

/** Orders of units that were there before; a new one is created with its own. */
export function writeUnitOrders({ goals }: UnitGoals, run: UnitWriting): PlannedChange[] {
  return [...goals.values()].flatMap((goal) => {
    const list = new FieldList();
    const { row, known } = goal;
    if (!row || !known) return [];
    list.given('sortOrder', row.sortOrder === null ? 0 : row.sortOrder, known.sortOrder);
    return list.isEmpty ? [] : [writeOnUnit(goal, known, 'order', list, run)];
  });
}

function writeOnUnit(goal: UnitGoal, known: KnownUnit, detail: 'order', list: FieldList, run: UnitWriting) {
  const { units, index, scribe } = run;
  return scribe.write({
    kind: 'unitChange',
    detail,
    stage: 'order',
    target: unitTarget(index, goal.code, known.name),
    topUnitCode: units.topBefore(goal.code),
    list,
    effectiveOn: scribe.days.saidOn,
    lines: goal.row ? [goal.row.line] : [],
    why: '表里的排序不同',
  });
}

/** Bottom-up, each after everything that has to be out of it (C1, C6). */
export function writeRemovals(
  order: UnitOrder,
  outOf: ReadonlyMap<string, readonly string[]>,
  run: UnitWriting,
): PlannedChange[] {
  const { units, index, scribe } = run;
  return order.removals.map((unit) => {
    const list = new FieldList();
    list.add('state', '在用', '撤销', 'removed');
    return scribe.write({
      kind: 'unitDissolve',
      stage: 'removals',
      target: unitTarget(index, unit.code, unit.name),
      topUnitCode: units.topBefore(unit.code),
      list,
      effectiveOn: scribe.days.saidOn,
      lines: [],
      why: '表里没有这个部门，人和下级部门都已移出',
      needs: outOf.get(unit.code) ?? [],
    });
  });
}
