import type { SheetKind } from '../model.ts';
import { SHEET_NAMES } from './columns.ts';
import { headsOf, mapColumns, valuesOf, type MappedSheet, type SheetTable } from './map-columns.ts';
import { cleanText, fold, halfWidth, looseWord } from './text-forms.ts';

export interface MappedFile {
  /** At most one of each kind, units first. */
  readonly sheets: readonly MappedSheet[];
  /** Names of tables that are neither, are hidden or come second. */
  readonly ignored: readonly string[];
}

const HEAD_WITHIN = 10;
const KINDS: readonly SheetKind[] = ['units', 'people'];
const NAMED: Readonly<Record<SheetKind, RegExp>> = {
  units: /部门|单位|机构|组织|units?\b|departments?\b/iu,
  people: /人员|员工|职工|教工|花名册|people|persons?\b|staff/iu,
};
const NO_LIST = /说明|字典|参考|示例|样例/u;

/**
 * Find the two sheets of a file and what their columns are. A sheet is recognised by its columns, its name deciding
 * between the kinds; the head stands in the first ten rows.
 * @param knownUnitCodes lets a column of unit codes be recognised by what is in it
 */
export function mapFile(tables: readonly SheetTable[], knownUnitCodes: readonly string[] = []): MappedFile {
  const found = tables.flatMap((table) => recognise(table) ?? []);
  const best = KINDS.flatMap((kind) => {
    const ofKind = found.filter((one) => one.kind === kind).sort((a, b) => b.score - a.score);
    return ofKind[0] ?? [];
  });
  const unitCodes = new Set(knownUnitCodes.map(fold));
  const sheets: MappedSheet[] = [];
  for (const { table, kind, headAt } of best) {
    const sheet = mapColumns(table, kind, headAt, unitCodes);
    if (kind === 'units') for (const code of codesIn(sheet)) unitCodes.add(code);
    sheets.push(sheet);
  }
  const taken = new Set(best.map(({ table }) => table));
  return { sheets, ignored: tables.filter((table) => !taken.has(table)).map(({ name }) => name) };
}

interface Recognised {
  readonly table: SheetTable;
  readonly kind: SheetKind;
  readonly headAt: number;
  readonly score: number;
}

/** Columns that tell the kinds apart: no list of people has 部门名称 as its key, no list of units has 姓名. */
const TELLING: Readonly<Record<SheetKind, readonly string[]>> = {
  units: ['code', 'name', 'parentCode', 'headStaffNo'],
  people: ['staffNo', 'name', 'idNumber', 'mobile'],
};
const LEAST_TELLING = 2;
const NAME_BONUS = 3;
const EXACT_BONUS = 3;

function recognise(table: SheetTable): Recognised | undefined {
  if (table.hidden || NO_LIST.test(table.name)) return undefined;
  const candidates = KINDS.flatMap((kind) => bestHead(table, kind) ?? []);
  return candidates.sort((a, b) => b.score - a.score)[0];
}

function bestHead(table: SheetTable, kind: SheetKind): Recognised | undefined {
  let best: Recognised | undefined;
  const byHead = headsOf(kind);
  const bonus = nameBonus(table.name, kind);
  table.rows.slice(0, HEAD_WITHIN).forEach((row, headAt) => {
    const keys = new Set(row.flatMap((cell) => byHead.get(looseWord(cell))?.column.key ?? []));
    const telling = TELLING[kind].filter((key) => keys.has(key)).length;
    const least = bonus > 0 ? 1 : LEAST_TELLING;
    const score = keys.size + bonus;
    if (telling >= least && score > (best?.score ?? 0)) best = { table, kind, headAt, score };
  });
  return best;
}

function nameBonus(name: string, kind: SheetKind): number {
  if (cleanText(name) === SHEET_NAMES[kind]) return NAME_BONUS + EXACT_BONUS;
  return NAMED[kind].test(name) ? NAME_BONUS : 0;
}

function* codesIn({ table, headAt, keys }: MappedSheet): Generator<string> {
  const column = keys.indexOf('code');
  if (column === -1) return;
  for (const code of valuesOf(table, headAt, column)) if (code !== '') yield fold(halfWidth(cleanText(code)));
}
