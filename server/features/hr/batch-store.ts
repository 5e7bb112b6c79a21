import { Between, type FindOptionsWhere, In, LessThanOrEqual } from 'typeorm';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { CellVault } from './cells.ts';
import type { Fault, RawRow, SheetKind } from './model.ts';
import {
  BatchTable,
  type BatchRow,
  type EditRow,
  EditTable,
  type FaultRow,
  FaultTable,
  SourceRowTable,
} from './tables.ts';

/** @throws notFound `hr.unknown_batch` */
export async function loadBatch(reads: Reads, batchId: string): Promise<BatchRow> {
  const row = await reads.em.getRepository(BatchTable).findOneBy({ id: batchId });
  if (!row) throw notFound('hr.unknown_batch');
  return row;
}

/** Its rows are there: cells can be corrected and plans made. */
export const isReadable = ({ state }: BatchRow): boolean => state === 'ready' || state === 'planned';

/** Rows go in by slices, so that one statement of 100,000 people does not hold the gate for seconds. */
export const ROWS_AT_ONCE = 1_000;

export function keepRows(tx: Tx, cells: CellVault, batchId: string, rows: readonly RawRow[]): Promise<void> {
  return insertRows(
    tx,
    SourceRowTable,
    rows.map((row) => ({
      id: newId(),
      batchId,
      kind: row.kind,
      line: row.line,
      cellsSealed: cells.seal(row.cells),
    })),
    'keep',
  );
}

interface SealedRow {
  readonly kind: SheetKind;
  readonly line: number;
  readonly cellsSealed: string;
}

/** The rows of a statement with the corrections people made, in the order of the sheet. */
export async function effectiveRows(reads: Reads, cells: CellVault, batchId: string): Promise<RawRow[]> {
  const edits = await editsOf(reads, cells, { batchId });
  const rows: RawRow[] = [];
  for (const kind of ['units', 'people'] as const) {
    for (let after = 0; ;) {
      const slice = await sealedRows(reads, batchId, kind, after, ROWS_AT_ONCE);
      for (const row of slice) rows.push(opened(row, cells, edits));
      const last = slice.at(-1);
      if (!last || slice.length < ROWS_AT_ONCE) break;
      after = last.line;
    }
  }
  return rows;
}

export interface SomeRows {
  readonly kind: SheetKind;
  readonly from: number;
  readonly limit: number;
}

/** Some rows of one sheet, from a line on. */
export async function someRows(
  reads: Reads,
  cells: CellVault,
  batchId: string,
  { kind, from, limit }: SomeRows,
): Promise<RawRow[]> {
  const slice = await sealedRows(reads, batchId, kind, from - 1, limit);
  const last = slice.at(-1);
  if (!last) return [];
  const edits = await editsOf(reads, cells, {
    batchId,
    kind,
    line: Between(from, last.line),
  });
  return slice.map((row) => opened(row, cells, edits));
}

export interface RowsAt {
  readonly kind: SheetKind;
  readonly lines: readonly number[];
  /** Corrections made after this moment are not seen. */
  readonly correctedUntil: number;
}

/** The rows of one sheet at these lines. */
export async function rowsAt(
  reads: Reads,
  cells: CellVault,
  batchId: string,
  { kind, lines, correctedUntil }: RowsAt,
): Promise<RawRow[]> {
  const rows = await reads.em.query<SealedRow[]>(
    `select kind, line, cellsSealed from hr_row
     where batchId = ? and kind = ? and line in (${lines.map(() => '?').join(', ')})`,
    [batchId, kind, ...lines],
  );
  const edits = await editsOf(reads, cells, {
    batchId,
    kind,
    line: In([...lines]),
    editedAt: LessThanOrEqual(correctedUntil),
  });
  return rows.map((row) => opened(row, cells, edits));
}

const sealedRows = (reads: Reads, batchId: string, kind: SheetKind, after: number, limit: number) =>
  reads.em.query<SealedRow[]>(
    `select kind, line, cellsSealed from hr_row where batchId = ? and kind = ? and line > ?
     order by line limit ${limit}`,
    [batchId, kind, after],
  );

type Edits = ReadonlyMap<string, Readonly<Record<string, string>>>;

const lineKey = (kind: SheetKind, line: number): string => `${kind}:${line}`;

async function editsOf(reads: Reads, cells: CellVault, where: FindOptionsWhere<EditRow>): Promise<Edits> {
  const rows = await reads.em.getRepository(EditTable).find({ where, order: { id: 'ASC' } });
  const byLine = new Map<string, Record<string, string>>();
  for (const { kind, line, columnKey, valueSealed } of rows) {
    const key = lineKey(kind, line);
    byLine.set(key, { ...byLine.get(key), [columnKey]: cells.open(valueSealed).value ?? '' });
  }
  return byLine;
}

function opened({ kind, line, cellsSealed }: SealedRow, cells: CellVault, edits: Edits): RawRow {
  return { kind, line, cells: { ...cells.open(cellsSealed), ...edits.get(lineKey(kind, line)) } };
}

/** What is wrong now, in the order of the sheet; replaces what was wrong before. */
export async function replaceFaults(
  tx: Tx,
  cells: CellVault,
  batchId: string,
  rows: readonly RawRow[],
  faults: readonly Fault[],
): Promise<void> {
  await tx.em.query('delete from hr_fault where batchId = ?', [batchId]);
  const byLine = new Map(rows.map((row) => [lineKey(row.kind, row.line), row]));
  await insertRows(
    tx,
    FaultTable,
    [...faults].sort(bySheet).map((fault, at) => ({
      id: newId(),
      batchId,
      seq: at + 1,
      kind: fault.kind,
      line: fault.line,
      columnKey: fault.column,
      code: fault.code,
      hint: fault.hint?.slice(0, 255) ?? null,
      otherLine: fault.otherLine ?? null,
      valuePrint: cells.print(byLine.get(lineKey(fault.kind, fault.line))?.cells[fault.column] ?? ''),
    })),
  );
}

const FAULTS_AT_ONCE = 2_000;

/**
 * Everything that is wrong with a batch, in the order of the sheet. Page by page: a sheet can have a fault in each of
 * 100,000 rows, and an entity of each together with the answer they came in would be most of the memory there is.
 */
export async function allFaults(reads: Reads, batchId: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (let after = 0, full = true; full;) {
    const rows = await reads.em.query<Omit<FaultRow, 'id' | 'batchId' | 'valuePrint'>[]>(
      `select seq, kind, line, columnKey, code, hint, otherLine from hr_fault where batchId = ? and seq > ?
       order by seq limit ${FAULTS_AT_ONCE}`,
      [batchId, after],
    );
    for (const row of rows) faults.push(faultOf(row));
    full = rows.length === FAULTS_AT_ONCE;
    after = rows.at(-1)?.seq ?? after;
  }
  return faults;
}

type FaultCell = Pick<FaultRow, 'kind' | 'line' | 'columnKey' | 'code' | 'hint' | 'otherLine'>;

export const faultOf = ({ kind, line, columnKey, code, hint, otherLine }: FaultCell): Fault => ({
  kind,
  line,
  column: columnKey,
  code,
  ...(hint !== null && { hint }),
  ...(otherLine !== null && { otherLine }),
});

const SHEET_ORDER: Readonly<Record<SheetKind, number>> = { units: 0, people: 1 };
const bySheet = (a: Fault, b: Fault): number =>
  SHEET_ORDER[a.kind] - SHEET_ORDER[b.kind] || a.line - b.line || (a.column < b.column ? -1 : 1);
