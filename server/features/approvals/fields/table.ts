/** Rows of simple columns, with exact sums of their numbers and amounts. */
import type { FieldOf, TableColumn } from './controls.ts';
import { TableRow, type FieldValue } from './contract.ts';
import { add, divide, fractionOf, whole, type Fraction } from './fraction.ts';

type TableField = FieldOf<'table'>;

/** Words and faults of a single cell are those of the field type the column has. */
export type CellFault = (column: TableColumn, value: FieldValue) => string | null;
export type CellWords = (column: TableColumn, value: FieldValue) => string;

export const isRow = (one: unknown): one is TableRow =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** The rows in a value; null when it holds none. */
export function rowsOf(value: FieldValue | undefined): readonly TableRow[] | null {
  if (!Array.isArray(value)) return null;
  const rows = value.filter(isRow);
  return rows.length === value.length ? rows : null;
}

const cellOf = (row: TableRow, key: string): FieldValue =>
  Object.hasOwn(row, key) ? (row[key] ?? null) : null;
const isBlank = (cell: FieldValue): boolean =>
  cell === null || (typeof cell === 'string' && cell.trim() === '');

export function tableFault(field: TableField, value: FieldValue, cellFault: CellFault): string | null {
  const rows = rowsOf(value);
  if (rows === null) return `请重新填写${field.label}。`;
  if (rows.length < field.minRows) return `${field.label}至少填 ${String(field.minRows)} 行。`;
  if (rows.length > field.maxRows) return `${field.label}最多填 ${String(field.maxRows)} 行。`;
  for (const [at, row] of rows.entries()) {
    const words = rowFault(field, row, cellFault);
    if (words !== null) return `${field.label}第 ${String(at + 1)} 行：${words}`;
  }
  return null;
}

function rowFault({ columns }: TableField, row: TableRow, cellFault: CellFault): string | null {
  const known = new Set(columns.map(({ key }) => key));
  if (Object.keys(row).some((key) => !known.has(key))) return '表单已更新，请重新打开再填。';
  for (const column of columns) {
    const cell = cellOf(row, column.key);
    if (isBlank(cell)) {
      if (column.required) return `请填写${column.label}。`;
      continue;
    }
    const words = cellFault(column, cell);
    if (words !== null) return words;
  }
  return null;
}

/** Columns that have a sum. */
export const summed = ({ columns }: TableField): FieldOf<'number' | 'money'>[] =>
  columns.filter((column) => column.type === 'number' || column.type === 'money');

/** What a number or an amount is worth, exactly; amounts in yuan. Null for anything else. */
export function exactOf(field: FieldOf<'number' | 'money'>, value: FieldValue | undefined): Fraction | null {
  if (typeof value !== 'number') return null;
  if (field.type === 'money') return divide(fractionOf(String(value)) ?? whole(0n), whole(100n));
  return fractionOf(value.toFixed(field.decimals));
}

/** The exact sum of a column; empty cells add nothing, a table without rows has none. */
export function sumOf(column: FieldOf<'number' | 'money'>, value: FieldValue | undefined): Fraction | null {
  const rows = rowsOf(value);
  if (rows === null || rows.length === 0) return null;
  return rows.map((row) => exactOf(column, cellOf(row, column.key)) ?? whole(0n)).reduce(add, whole(0n));
}

/** "金额合计 1,200.00 元，数量合计 3 台"; empty where nothing is summed. */
export function sumWords(
  field: TableField,
  value: FieldValue,
  words: (sum: Fraction, column: FieldOf<'number' | 'money'>) => string,
): string {
  return summed(field)
    .flatMap((column) => {
      const sum = sumOf(column, value);
      return sum === null ? [] : [`${column.label}合计 ${words(sum, column)}`];
    })
    .join('，');
}

/** Cells as they are read, row by row; empty ones are ''. */
export function cellsOf(field: TableField, value: FieldValue, cellWords: CellWords): string[][] {
  return (rowsOf(value) ?? []).map((row) =>
    field.columns.map((column) => {
      const cell = cellOf(row, column.key);
      return isBlank(cell) ? '' : cellWords(column, cell);
    }),
  );
}
