import type { Fault, PersonRecord, UnitRecord } from '../model.ts';
import { faultOf, type Draft } from './row-reader.ts';
import { fold } from './text-forms.ts';

/** Codes said twice: both rows are told, and neither is taken, for nobody knows which one is right. */
export const unitDuplicates = (drafts: readonly Draft<UnitRecord>[]): Fault[] =>
  repeated(drafts, 'code', (record) => record.code);

/**
 * People of whom a number is said twice. Staff numbers always; mobile, email and ID number only among those who
 * stay: the mobile of somebody who leaves may already be a newcomer's (B4, B5), and whoever comes back has a row for
 * each time (B7).
 */
export function personDuplicates(drafts: readonly Draft<PersonRecord>[]): Fault[] {
  const staying = drafts.filter(({ record }) => record.status !== 'left' && record.status !== 'retired');
  return [
    ...repeated(drafts, 'staffNo', (record) => record.staffNo),
    ...repeated(staying, 'mobile', (record) => record.mobile),
    ...repeated(staying, 'email', (record) => record.email),
    ...repeated(staying, 'idNumber', (record) => record.idNumber),
  ];
}

function repeated<T>(
  drafts: readonly Draft<T>[],
  column: string,
  keyOf: (record: T) => string | null | undefined,
): Fault[] {
  const first = new Map<string, Draft<T>>();
  const faults: Fault[] = [];
  const told = new Set<Draft<T>>();
  for (const draft of drafts) {
    const key = keyOf(draft.record);
    if (!key) continue;
    const before = first.get(fold(key));
    if (!before) {
      first.set(fold(key), draft);
      continue;
    }
    if (!told.has(before))
      faults.push(faultOf(before.row, column, 'duplicate', { otherLine: draft.row.line }));
    told.add(before);
    faults.push(faultOf(draft.row, column, 'duplicate', { otherLine: before.row.line }));
  }
  return faults;
}
