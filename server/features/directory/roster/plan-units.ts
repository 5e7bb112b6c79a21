import { checkTree, topDown, type TreeFault } from '../unit-tree.ts';
import type { UnitRow } from '../tables.ts';
import { changeOf, type Change } from './plan-posts.ts';
import type { UnitRecord } from './records.ts';

export interface UnitPlan {
  readonly created: readonly UnitRow[];
  readonly changed: readonly Change<UnitRow>[];
  /** Ids by unit code, of every unit there will be. */
  readonly idByCode: ReadonlyMap<string, string>;
  /** Any of these refuses the whole import before a write (C3-C5). */
  readonly faults: readonly TreeFault[];
  readonly nameOf: (unitId: string) => string;
}

export const ROOT_DEPARTMENT = 1;

/** Create, rename and move units; what the file does not name stays as it is (A1). */
export function planUnits(
  stored: readonly UnitRow[],
  records: readonly UnitRecord[],
  newId: () => string,
): UnitPlan {
  const idByCode = new Map(stored.map((unit) => [unit.code, unit.id]));
  const fresh = records.filter((record) => !idByCode.has(record.code));
  for (const record of fresh) idByCode.set(record.code, newId());
  const goalOf = (record: UnitRecord) => ({
    id: idByCode.get(record.code) ?? '',
    code: record.code,
    name: record.name,
    parentId: record.parentCode === null ? null : (idByCode.get(record.parentCode) ?? null),
    kind: record.kind,
    sortOrder: record.sortOrder,
  });
  const byCode = new Map(stored.map((unit) => [unit.code, unit]));
  const changed = records.flatMap((record) => {
    const row = byCode.get(record.code);
    return row ? changeOf(row, goalOf(record) as Partial<UnitRow>) : [];
  });
  const created = numbered(
    stored,
    fresh.map((record) => ({
      ...goalOf(record),
      sortOrder: record.sortOrder ?? 0,
      state: 'active',
      leaderInChargeId: null,
      successorId: null,
      category: null,
      version: 1,
    })),
  );
  const after = new Map(stored.map((unit) => [unit.id, unit]));
  for (const { row, changes } of changed) after.set(row.id, { ...row, ...changes });
  for (const row of created) after.set(row.id, row);
  const tree = [...after.values()].map((unit) => ({
    unitId: unit.id,
    parentId: unit.parentId,
    name: unit.name,
  }));
  const nameOf = (unitId: string) => after.get(unitId)?.name ?? '';
  return { created, changed, idByCode, faults: checkTree(tree), nameOf };
}

/** Give new units their 企业微信 department id: 1 for the root, the next free ones top-down for the others. */
function numbered(stored: readonly UnitRow[], fresh: readonly Omit<UnitRow, 'departmentId'>[]): UnitRow[] {
  let last = Math.max(ROOT_DEPARTMENT, ...stored.map((unit) => unit.departmentId));
  const ordered = topDown(
    fresh.map((row) => ({ unitId: row.id, parentId: row.parentId, name: row.name, row })),
  );
  return ordered.map(({ row }) => ({
    ...row,
    departmentId: row.parentId === null ? ROOT_DEPARTMENT : (last += 1),
  }));
}
