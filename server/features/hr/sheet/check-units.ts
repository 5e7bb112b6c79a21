import type { Fault, UnitRecord } from '../model.ts';
import { createBatchLines, lostZeros, type BatchLines } from './batch-lines.ts';
import { unitDuplicates } from './duplicates.ts';
import type { KnownForReading } from './known.ts';
import type { Draft } from './row-reader.ts';
import { bareNumber, type Suggestions } from './suggestions.ts';
import { fold } from './text-forms.ts';
import { treeFaults, type TreeUnit } from './tree-faults.ts';

export interface UnitsToCheck {
  readonly drafts: readonly Draft<UnitRecord>[];
  /** Staff numbers there are, as they are spelt, by their folded form. */
  readonly staffNos: ReadonlyMap<string, string>;
  readonly known: KnownForReading;
  readonly suggestions: Suggestions;
  readonly unitsComplete: boolean;
}

export interface CheckedUnits {
  readonly records: readonly UnitRecord[];
  readonly faults: readonly Fault[];
  readonly refusedLines: ReadonlySet<number>;
  /** Stored codes that refused rows were taken to mean, by line. */
  readonly meant: ReadonlyMap<number, string>;
  /** Units somebody may be in afterwards, as they are spelt, by their folded code. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Rows of 部门 against each other and against what is stored (A4, C3-C5). */
export function checkUnits(input: UnitsToCheck): CheckedUnits {
  const lines = createBatchLines(input.drafts);
  lines.add(unitDuplicates(input.drafts));
  const meant = checkZeros(input, lines);
  checkHeads(input, lines);
  // A refused row changes what the others hang on: until nothing more is refused.
  for (let before = -1; before !== lines.refused.size;) {
    before = lines.refused.size;
    checkParents(input, lines);
    checkTree(input, lines);
  }
  const codes = codesOf(input, lines);
  const records = taken(input, lines).map(({ record }) => spelled(record, codes, input.staffNos));
  return { records, faults: lines.faults, refusedLines: lines.refused, meant, codes };
}

const taken = ({ drafts }: UnitsToCheck, lines: BatchLines): Draft<UnitRecord>[] =>
  drafts.filter(({ row }) => !lines.refused.has(row.line));

function codesOf(input: UnitsToCheck, lines: BatchLines): Map<string, string> {
  const { known } = input;
  const codes = new Map([[fold(known.rootCode), known.rootCode]]);
  for (const { code, state } of known.units) if (state === 'active') codes.set(fold(code), code);
  for (const { record } of taken(input, lines)) codes.set(fold(record.code), record.code);
  return codes;
}

function checkZeros({ drafts, known }: UnitsToCheck, lines: BatchLines): Map<number, string> {
  const active = known.units.filter(({ state }) => state === 'active').map(({ code }) => code);
  const lost = lostZeros(
    drafts.map(({ record }) => record.code),
    active,
    bareNumber,
  );
  const meant = new Map<number, string>();
  for (const { row, record } of drafts) {
    const full = lost.get(record.code);
    if (full === undefined) continue;
    meant.set(row.line, full);
    lines.fault(row, 'code', 'malformed', { hint: `少了前面的 0？${full}` });
  }
  return meant;
}

function checkHeads({ drafts, staffNos, suggestions }: UnitsToCheck, lines: BatchLines): void {
  for (const { row, record } of drafts) {
    for (const column of ['headStaffNo', 'leaderStaffNo'] as const) {
      const staffNo = record[column];
      if (!staffNo || staffNos.has(fold(staffNo))) continue;
      lines.fault(row, column, 'unknownPerson', {
        hint: suggestions.staffNos(staffNo).join('、') || undefined,
      });
    }
  }
}

/** A unit whose parent neither is nor will be is refused; it is never put below the institution instead (A4). */
function checkParents(input: UnitsToCheck, lines: BatchLines): void {
  const lineOf = new Map(input.drafts.map(({ row, record }) => [fold(record.code), row.line]));
  for (let before = -1; before !== lines.refused.size;) {
    before = lines.refused.size;
    const codes = codesOf(input, lines);
    for (const { row, record } of taken(input, lines)) {
      if (!record.parentCode || codes.has(fold(record.parentCode))) continue;
      const otherLine = lineOf.get(fold(record.parentCode));
      const hint = otherLine === undefined ? hintOf(input.suggestions, record.parentCode) : undefined;
      lines.fault(row, 'parentCode', 'unknownUnit', { otherLine, hint });
    }
  }
}

const hintOf = (suggestions: Suggestions, code: string): string | undefined =>
  suggestions
    .units(code)
    .map((unit) => `${unit.code} ${unit.name}`)
    .join('、') || undefined;

function checkTree(input: UnitsToCheck, lines: BatchLines): void {
  const rows = taken(input, lines);
  const byLine = new Map(rows.map(({ row }) => [row.line, row]));
  for (const { row, record } of rows) {
    const isRoot = fold(record.code) === fold(input.known.rootCode);
    if (isRoot && record.parentCode) lines.fault(row, 'parentCode', 'treeBroken', { hint: '本机构没有上级' });
  }
  for (const { line, column, hint, otherLine } of treeFaults(after(input, rows), input.known.rootCode)) {
    const row = byLine.get(line);
    if (row && !lines.refused.has(line)) lines.fault(row, column, 'treeBroken', { hint, otherLine });
  }
}

/** The units as they would stand. A new one without a parent is directly below the institution. */
function after({ known, unitsComplete }: UnitsToCheck, rows: readonly Draft<UnitRecord>[]): TreeUnit[] {
  const { rootCode } = known;
  const stored = new Map(known.units.map((unit) => [fold(unit.code), unit]));
  const units: TreeUnit[] = [];
  const said = new Set<string>();
  for (const { row, record } of rows) {
    const key = fold(record.code);
    said.add(key);
    if (key === fold(rootCode)) continue;
    const given = record.parentCode === undefined ? stored.get(key)?.parentCode : record.parentCode;
    units.push({ code: record.code, name: record.name, parentCode: given ?? rootCode, line: row.line });
  }
  for (const [key, { code, name, parentCode, state }] of stored) {
    if (said.has(key) || state !== 'active' || key === fold(rootCode)) continue;
    // Nameless, it still is on the way up but clashes with nobody.
    units.push({
      code,
      name: unitsComplete ? `${code}/` : name,
      parentCode: parentCode ?? rootCode,
      line: null,
    });
  }
  return units;
}

function spelled(
  record: UnitRecord,
  codes: ReadonlyMap<string, string>,
  staffNos: ReadonlyMap<string, string>,
): UnitRecord {
  const spelling = (map: ReadonlyMap<string, string>, text: string | null | undefined) =>
    text ? (map.get(fold(text)) ?? text) : text;
  return {
    ...record,
    parentCode: spelling(codes, record.parentCode),
    headStaffNo: spelling(staffNos, record.headStaffNo),
    leaderStaffNo: spelling(staffNos, record.leaderStaffNo),
  };
}
