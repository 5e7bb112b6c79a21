import { badRequest, notFound, refused } from '../../../kernel/errors.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { CODE, NAME } from '../forms.ts';
import { recordChange, type Fields } from '../history.ts';
import { mustMaintain } from '../policy.ts';
import { changeOf } from '../roster/plan-posts.ts';
import { ROOT_DEPARTMENT } from '../roster/plan-units.ts';
import { UnitTable, type UnitRow } from '../tables.ts';
import { setVersion } from '../unit-versions.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import type { UnitGoal } from './goals.ts';
import { lockDirectory } from './lock-directory.ts';
import { mustFit } from './unit-place.ts';

export interface PutUnit {
  readonly unitId: string;
  readonly changed: boolean;
}

/** Create, rename, move and order units; a unit is known by its code. A removed one of this code comes back. */
export function createPutUnit(consequences: Consequences) {
  return async function putUnit(tx: Tx, goal: UnitGoal): Promise<PutUnit> {
    mustMaintain(tx.actor);
    mustBeWellFormed(goal);
    const on = effectiveDay(tx.now, goal.on);
    await lockDirectory(tx);
    const row = await tx.em.getRepository(UnitTable).findOneBy({ code: goal.code });
    const parent = await parentOf(tx, row, goal);
    const put = row ? await changeUnit(tx, row, parent, goal, on) : await create(tx, parent, goal, on);
    if (put.changed) await consequences.unitChanged(tx);
    return put;
  };
}

function mustBeWellFormed({ code, name, category }: UnitGoal): void {
  const wrong = (field: string) => badRequest('directory.malformed', { field });
  if (!CODE.test(code)) throw wrong('code');
  if (name !== undefined && !NAME.test(name)) throw wrong('name');
  if (typeof category === 'string' && category.length > 64) throw wrong('category');
}

/** The unit above afterwards; null for the institution itself and for a first unit. Never a removed one (A4). */
async function parentOf(tx: Tx, row: UnitRow | null, { parentCode }: UnitGoal): Promise<UnitRow | null> {
  const units = tx.em.getRepository(UnitTable);
  const isRoot = row !== null && row.parentId === null;
  if (isRoot) {
    if (parentCode !== undefined && parentCode !== null) throw refused('directory.institution_fixed');
    return null;
  }
  const top = (await units.find({ where: { state: 'active' }, order: { departmentId: 'ASC' }, take: 1 }))[0];
  if (row && parentCode === undefined) {
    const parent = await units.findOneBy({ id: row.parentId ?? '' });
    // Coming back below a unit that is gone: it lies nowhere until somebody says where.
    if (parent?.state !== 'active') throw notFound('directory.unknown_unit');
    return parent;
  }
  if (parentCode === undefined || parentCode === null) return top ?? null;
  const parent = await units.findOneBy({ code: parentCode });
  if (parent?.state !== 'active') throw notFound('directory.unknown_unit');
  return parent;
}

async function create(tx: Tx, parent: UnitRow | null, goal: UnitGoal, on: CalendarDate): Promise<PutUnit> {
  const { code, name, category = null, sortOrder } = goal;
  if (name === undefined) throw badRequest('directory.malformed', { field: 'name' });
  if (parent) await mustFit(tx, null, name, parent, true);
  const fallback = parent ? (parent.parentId === null ? 'department' : 'office') : 'institution';
  const unit: UnitRow = {
    id: newId(),
    code,
    name,
    parentId: parent?.id ?? null,
    kind: goal.kind ?? fallback,
    state: 'active',
    sortOrder: sortOrder ?? 0,
    departmentId: parent ? await nextDepartment(tx) : ROOT_DEPARTMENT,
    leaderInChargeId: null,
    successorId: null,
    category,
    version: 1,
  };
  await insertRows(tx, UnitTable, [unit]);
  await setVersion(tx, unit, on);
  const after = { code, name, parentId: unit.parentId, kind: unit.kind, category };
  recordChange(tx, { type: 'unit', id: unit.id, kind: 'created', on, after });
  return { unitId: unit.id, changed: true };
}

/** Give a unit what the goal says, below `parent`, with history; pushing is the caller's. */
export async function changeUnit(
  tx: Tx,
  row: UnitRow,
  parent: UnitRow | null,
  goal: UnitGoal,
  on: CalendarDate,
): Promise<PutUnit> {
  const { name, kind, category, sortOrder } = goal;
  const wanted: Partial<UnitRow> = {
    state: 'active',
    parentId: parent?.id ?? null,
    // Back again, it answers for itself.
    successorId: null,
    ...(name !== undefined && { name }),
    ...(kind !== undefined && { kind }),
    ...(category !== undefined && { category }),
    ...(sortOrder !== undefined && { sortOrder: sortOrder ?? 0 }),
  };
  const [found] = changeOf(row, wanted);
  if (!found) return { unitId: row.id, changed: false };
  const { changes } = found;
  const isPlaced =
    changes.name !== undefined || changes.parentId !== undefined || changes.state !== undefined;
  const after = { ...row, ...changes };
  if (parent && isPlaced)
    await mustFit(tx, row.id, after.name, parent, after.parentId !== row.parentId || row.state !== 'active');
  await saveWithVersion(tx, UnitTable, row, changes);
  if (isPlaced) await setVersion(tx, after, on);
  recordChange(tx, {
    type: 'unit',
    id: row.id,
    kind: kindOf(changes),
    on,
    before: pick(row, changes),
    after: pick(after, changes),
  });
  return { unitId: row.id, changed: true };
}

function kindOf(changes: Partial<UnitRow>): string {
  if (changes.state !== undefined) return 'revived';
  if (changes.parentId !== undefined) return 'moved';
  return changes.name === undefined ? 'changed' : 'renamed';
}

const pick = (row: UnitRow, changes: Partial<UnitRow>): Fields =>
  Object.fromEntries((Object.keys(changes) as (keyof UnitRow)[]).map((key) => [key, row[key]]));

/** Never given out twice, also not after a removal: what 企业微信 knows under a number stays that. */
async function nextDepartment(tx: Tx): Promise<number> {
  const rows: { last: number | null }[] = await tx.em.query('select max(departmentId) as last from unit');
  return Math.max(ROOT_DEPARTMENT, Number(rows[0]?.last ?? 0)) + 1;
}
