import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { compareDepartment } from './compare-department.ts';
import { UNIT_FIELDS, type UnitField } from './fields.ts';
import { ourUnits, type OurUnit } from './our-side.ts';
import type { DepartmentTree } from './read-wecom.ts';
import { record, subjectsWithRows, type Compared, type Recorded, type Source } from './store.ts';

const ROOT = 1;

export interface UnitsCompared extends Recorded {
  readonly units: number;
  /** Different, but written so recently that the reading may be older: to be read again. */
  readonly unsure: readonly number[];
}

/** Every department against every unit: existence, name, place, order; and departments nobody here knows. */
export async function compareUnits(tx: Tx, tree: DepartmentTree, source: Source): Promise<UnitsCompared> {
  const units = await ourUnits(tx);
  const withRows = new Set(await subjectsWithRows(tx, 'unit', UNIT_FIELDS));
  const judged = units.map((unit) => ({
    unit,
    compared: compareUnit(unit, tree, withRows.has(unit.unitId)),
  }));
  const differs = (compared: Compared) => compared.found.length > 0;
  const unsure = judged.filter(({ unit, compared }) => unit.isFresh && differs(compared));
  const sure = judged.filter((one) => !unsure.includes(one)).map(({ compared }) => compared);
  const foreign = await foreignDepartments(tx, units, tree);
  const worth = sure.filter((one) => differs(one) || withRows.has(one.subjectId));
  return {
    ...(await record(tx, [...worth, ...foreign], source)),
    units: units.filter(({ written }) => written !== null).length,
    unsure: unsure.map(({ unit }) => unit.departmentId),
  };
}

function compareUnit(unit: OurUnit, tree: DepartmentTree, hasRows: boolean): Compared {
  const subject = { subjectType: 'unit', subjectId: unit.unitId } as const;
  const read = tree.departments.get(unit.departmentId);
  // Dissolved here, or the institution: nothing of it is wanted there.
  if (!unit.desired) return { ...subject, fields: UNIT_FIELDS, found: [] };
  const isMissing = read === undefined && (unit.written !== null || hasRows);
  if (isMissing)
    return {
      ...subject,
      fields: ['unitPresence'],
      found: [{ field: 'unitPresence', ours: true, theirs: false }],
    };
  if (read === undefined || unit.written === null) return { ...subject, fields: ['unitPresence'], found: [] };
  const told: UnitField[] =
    read.name === undefined ? ['unitPresence', 'unitParent', 'unitOrder'] : [...UNIT_FIELDS];
  return { ...subject, fields: told, found: compareDepartment(read, unit.desired, unit.written) };
}

/** In 企业微信 and not ours: neither written by us nor about to be. One that took an id of ours is among them. */
async function foreignDepartments(
  tx: Tx,
  units: readonly OurUnit[],
  { departments }: DepartmentTree,
): Promise<Compared[]> {
  const ours = new Set(units.filter(isOurs).map((unit) => unit.departmentId));
  const foreign = [...departments.values()].filter(({ id }) => id !== ROOT && !ours.has(id));
  const found: Compared[] = foreign.map(({ id, name, parentid }) => ({
    subjectType: 'department',
    subjectId: String(id),
    fields: ['foreignDepartment'],
    found: [{ field: 'foreignDepartment', ours: null, theirs: { name: name ?? null, parentId: parentid } }],
  }));
  const there = new Set(found.map(({ subjectId }) => subjectId));
  const gone = (await subjectsWithRows(tx, 'department', ['foreignDepartment'])).filter(
    (id) => !there.has(id),
  );
  return [...found, ...gone.map((id) => settledForeign('department', id))];
}

const isOurs = ({ written, mirror, state }: OurUnit): boolean =>
  written !== null || mirror?.state === 'writing' || (mirror === undefined && state === 'active');

export const settledForeign = (subjectType: 'department' | 'member', subjectId: string): Compared => ({
  subjectType,
  subjectId,
  fields: [subjectType === 'member' ? 'stranger' : 'foreignDepartment'],
  found: [],
});
