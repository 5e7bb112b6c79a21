import type { RawRow, UnitRecord } from '../model.ts';
import { readCode, readNumber, readReference, readText, readUnitName } from './read-values.ts';
import { createRowReader, readingOf, type Draft, type RowReading } from './row-reader.ts';

const MAX_CATEGORY = 64;

/** One row of 部门 by itself; what it refers to is looked up by `readBatch`. */
export const readUnit = (row: RawRow): RowReading<UnitRecord> => readingOf(draftUnit(row));

export function draftUnit(row: RawRow): Draft<UnitRecord> {
  const cells = createRowReader(row);
  const record: UnitRecord = {
    line: row.line,
    code: cells.required('code', readCode, ''),
    name: cells.required('name', readUnitName, ''),
    parentCode: cells.optional('parentCode', readReference),
    headStaffNo: cells.optional('headStaffNo', readReference),
    leaderStaffNo: cells.optional('leaderStaffNo', readReference),
    sortOrder: cells.optional('sortOrder', readNumber),
    category: cells.optional('category', readText(MAX_CATEGORY)),
  };
  return { row, record, faults: cells.faults };
}
