import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { ColumnMatch } from '../contract.ts';
import type { RawRow, SheetKind } from '../model.ts';
import { COLUMNS, labelOf } from '../sheet/index.ts';
import { cellText } from './cell-text.ts';
import { SOURCE_LIMITS, type ColumnRule, type Empties } from './contract.ts';
import { valueAt } from './json-path.ts';
import { trouble } from './troubles.ts';

/** All rows of a source as the sheet's reader would have given them, so that every later step is the sheet's. */
export interface Statement {
  readonly rows: readonly RawRow[];
  readonly columns: readonly ColumnMatch[];
  /** Required columns that nothing is mapped to, by name. */
  readonly missingColumns: readonly string[];
  readonly units: number;
  readonly people: number;
  /** The source lists everybody, every page was read and the count agrees (A1). */
  readonly complete: boolean;
  readonly cutOffAt: number;
  /** SHA-256 of the rows as they came. */
  readonly hash: string;
}

export interface StatementBuilder {
  /** @throws refused `hr.source_too_many_rows`, `hr.source_too_large`, `hr.source_not_text` */
  add(kind: SheetKind, record: unknown): void;
  count(kind: SheetKind): number;
  finish(end: Pick<Statement, 'complete' | 'cutOffAt'>): Statement;
}

export type Mapping = Readonly<Partial<Record<SheetKind, readonly ColumnRule[]>>>;

/** A spreadsheet's first row is its head; so is ours, and the first record stands in line 2. */
const FIRST_LINE = 2;
const MAX_CHARACTERS = 200_000_000;
const KINDS: readonly SheetKind[] = ['units', 'people'];

/** @param ignored names in the source that were not taken, by kind */
export function createStatement(
  mapping: Mapping,
  empties: Empties,
  ignored: Readonly<Partial<Record<SheetKind, readonly string[]>>> = {},
): StatementBuilder {
  const rows: RawRow[] = [];
  const counts: Record<SheetKind, number> = { units: 0, people: 0 };
  const hash = createHash('sha256');
  let characters = 0;

  return {
    add(kind, record) {
      if (rows.length >= SOURCE_LIMITS.rows) throw trouble('too_many_rows', { max: SOURCE_LIMITS.rows });
      const cells: Record<string, string> = {};
      for (const rule of mapping[kind] ?? []) {
        const text = cellText(valueAt(record, rule.from), rule, empties);
        if (text === undefined) continue;
        cells[rule.column] = text;
        characters += text.length;
      }
      if (characters > MAX_CHARACTERS) throw trouble('too_large');
      hash.update(`${kind}${canonicalJson(cells)}\n`);
      rows.push({ kind, line: counts[kind] + FIRST_LINE, cells });
      counts[kind] += 1;
    },
    count: (kind) => counts[kind],
    finish: (end) => ({
      rows,
      columns: KINDS.flatMap((kind) => [
        ...(mapping[kind] ?? []).map((rule) => taken(kind, rule)),
        ...(ignored[kind] ?? []).map((header) => leftOut(kind, header)),
      ]),
      missingColumns: KINDS.flatMap((kind) => missing(kind, mapping[kind])),
      ...counts,
      hash: hash.copy().digest('hex'),
      ...end,
    }),
  };
}

const requiredOf = (kind: SheetKind) => COLUMNS[kind].filter(({ required }) => required);

const taken = (kind: SheetKind, { from, column }: ColumnRule): ColumnMatch => ({
  kind,
  header: from,
  column,
  label: labelOf(kind, column),
  how: 'name',
  required: requiredOf(kind).some(({ key }) => key === column),
});

const leftOut = (kind: SheetKind, header: string): ColumnMatch => ({
  kind,
  header,
  column: null,
  label: null,
  how: 'none',
  required: false,
});

function missing(kind: SheetKind, rules: readonly ColumnRule[] | undefined): string[] {
  if (rules === undefined) return [];
  return requiredOf(kind)
    .filter(({ key }) => !rules.some(({ column }) => column === key))
    .map(({ label }) => label);
}
