/** One unit as a row of 部门, in the words a sheet would use. Pure. */
import type { ColumnMatch } from '../contract.ts';
import type { RawRow } from '../model.ts';
import { columnOf, labelOf } from '../sheet/index.ts';
import type { StateUnitRequest } from './contract.ts';

/** The first line under a sheet's head. */
const LINE = 2;
const CLEAR = '[清空]';
const OPTIONAL = ['parentCode', 'headStaffNo', 'leaderStaffNo', 'sortOrder', 'category'] as const;

/** What is left out is not provided, null is cleared (A5). */
export function rowOfUnit(wish: StateUnitRequest): RawRow {
  const cells: Record<string, string> = { code: wish.code, name: wish.name };
  for (const key of OPTIONAL) {
    const value = wish[key];
    if (value !== undefined) cells[key] = value === null ? CLEAR : String(value);
  }
  return { kind: 'units', line: LINE, cells };
}

/** As if the row had come with a head. */
export const columnsOf = ({ kind, cells }: RawRow): ColumnMatch[] =>
  Object.keys(cells).map((column) => ({
    kind,
    header: labelOf(kind, column),
    column,
    label: labelOf(kind, column),
    how: 'name',
    required: columnOf(kind, column)?.required ?? false,
  }));
