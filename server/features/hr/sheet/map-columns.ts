import type { ColumnMatch } from '../contract.ts';
import type { SheetKind } from '../model.ts';
import { COLUMNS, type Column } from './columns.ts';
import { matchContent } from './match-content.ts';
import { cleanText, looseWord } from './text-forms.ts';

/** A table as it was read; `Table` of platform/sheets fits. */
export interface SheetTable {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly string[])[];
  formulaAt(row: number, column: number): string | undefined;
}

export interface MappedSheet {
  readonly kind: SheetKind;
  readonly table: SheetTable;
  /** Position of the head in `table.rows`; the data follow. */
  readonly headAt: number;
  /** Every column with a head or recognised content, in the order of the sheet. */
  readonly columns: readonly ColumnMatch[];
  /** Our key by position in the sheet; null where nothing is taken. */
  readonly keys: readonly (string | null)[];
  /** Required columns the sheet does not have. */
  readonly missing: readonly string[];
}

interface HeadMatch {
  readonly column: Column;
  readonly how: 'name' | 'alias';
}

const heads: Partial<Record<SheetKind, ReadonlyMap<string, HeadMatch>>> = {};

/** Our columns by what a head may say. */
export function headsOf(kind: SheetKind): ReadonlyMap<string, HeadMatch> {
  return (heads[kind] ??= new Map<string, HeadMatch>([
    ...COLUMNS[kind].flatMap((column) =>
      column.aliases.map((alias) => [looseWord(alias), { column, how: 'alias' }] as const),
    ),
    ...COLUMNS[kind].flatMap((column) =>
      [column.label, column.key].map((name) => [looseWord(name), { column, how: 'name' }] as const),
    ),
  ]));
}

/**
 * What each column of a sheet is: by name, then by alias, then by what is in it. Each of ours is given once; further
 * columns of the same meaning, and unknown ones, are reported and ignored.
 */
export function mapColumns(
  table: SheetTable,
  kind: SheetKind,
  headAt: number,
  unitCodes: ReadonlySet<string> = new Set(),
): MappedSheet {
  const head = (table.rows[headAt] ?? []).map(cleanText);
  const taken = new Map<number, { column: Column; how: ColumnMatch['how'] }>();
  const free = new Set(COLUMNS[kind]);
  const take = (at: number, column: Column, how: ColumnMatch['how']) => {
    taken.set(at, { column, how });
    free.delete(column);
  };
  for (const how of ['name', 'alias'] as const) {
    head.forEach((text, at) => {
      const match = headsOf(kind).get(looseWord(text));
      if (match?.how === how && free.has(match.column) && !taken.has(at)) take(at, match.column, how);
    });
  }
  for (let at = 0; at < widthOf(table, headAt); at += 1) {
    if (taken.has(at)) continue;
    const match = matchContent(
      kind,
      looseWord(head[at] ?? ''),
      valuesOf(table, headAt, at),
      [...free],
      unitCodes,
    );
    if (match) take(at, match, 'content');
  }
  const width = Math.max(head.length, ...[...taken.keys()].map((at) => at + 1));
  const columns = Array.from({ length: width }, (_, at) => at).flatMap((at) => {
    const match = taken.get(at);
    return match || head[at] ? [describe(kind, head[at] ?? '', match)] : [];
  });
  return {
    kind,
    table,
    headAt,
    columns,
    keys: Array.from({ length: width }, (_, at) => taken.get(at)?.column.key ?? null),
    missing: [...free].filter(({ required }) => required).map(({ key }) => key),
  };
}

const describe = (
  kind: SheetKind,
  header: string,
  match: { column: Column; how: ColumnMatch['how'] } | undefined,
): ColumnMatch => ({
  kind,
  header,
  column: match?.column.key ?? null,
  label: match?.column.label ?? null,
  how: match?.how ?? 'none',
  required: match?.column.required ?? false,
});

/** Rows that say what the whole sheet is wide; a stray note further right is not looked for. */
const ROWS_FOR_WIDTH = 50;

const widthOf = (table: SheetTable, headAt: number): number =>
  Math.max(0, ...table.rows.slice(headAt, headAt + ROWS_FOR_WIDTH).map((row) => row.length));

/** What stands below the head. */
export function* valuesOf(table: SheetTable, headAt: number, column: number): Generator<string> {
  for (let at = headAt + 1; at < table.rows.length; at += 1) yield table.rows[at]?.[column] ?? '';
}
