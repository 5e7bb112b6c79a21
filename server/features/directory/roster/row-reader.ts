import { isCalendarDate } from '../../../kernel/dates.ts';
import type { Given } from '../known.ts';
import type { FaultReason, RowFault } from './records.ts';
import { CLEAR } from './records.ts';

export interface SheetText {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** One data row, read column by column; every wrong cell is noted, so that a row tells all its faults at once. */
export interface RowReader {
  readonly line: number;
  readonly faults: readonly RowFault[];
  fault(column: string, reason: FaultReason): void;
  /** '' when missing; `form` must match the whole text. */
  text(column: string, form: RegExp): string;
  optionalText(column: string, form: RegExp): Given<string>;
  choice<T>(column: string, choices: Readonly<Record<string, T>>, fallback: T): T;
  optionalNumber(column: string): number | undefined;
  date(column: string): string;
  optionalDate(column: string): string | null;
  yes(column: string): boolean;
}

/** The rows below the header; wholly empty rows are passed over. */
export function readersOf(sheet: SheetText): RowReader[] {
  const [header = [], ...rows] = sheet.rows;
  const columns = new Map(header.map((title, at) => [title, at]));
  return rows.flatMap((row, at) =>
    row.some((cell) => cell !== '')
      ? [readerOf(sheet.name, at + 2, (column) => row[columns.get(column) ?? -1] ?? '')]
      : [],
  );
}

function readerOf(sheet: string, line: number, cell: (column: string) => string): RowReader {
  const faults: RowFault[] = [];
  const fault = (column: string, reason: FaultReason) => void faults.push({ sheet, line, column, reason });
  const checked = (column: string, fits: (text: string) => boolean): string => {
    const text = cell(column);
    if (text === '' || text === CLEAR) fault(column, 'missing');
    else if (!fits(text)) fault(column, 'malformed');
    else return text;
    return '';
  };
  const optional = (column: string, fits: (text: string) => boolean): Given<string> => {
    const text = cell(column);
    if (text === '') return undefined;
    if (text === CLEAR) return null;
    if (fits(text)) return text;
    fault(column, 'malformed');
    return undefined;
  };
  return {
    line,
    faults,
    fault,
    text: (column, form) => checked(column, (text) => form.test(text)),
    optionalText: (column, form) => optional(column, (text) => form.test(text)),
    choice: (column, choices, fallback) =>
      choices[checked(column, (text) => Object.hasOwn(choices, text))] ?? fallback,
    optionalNumber(column) {
      const text = optional(column, (value) => /^\d{1,6}$/.test(value));
      return text === undefined || text === null ? undefined : Number(text);
    },
    date: (column) => checked(column, isCalendarDate),
    optionalDate: (column) => optional(column, isCalendarDate) ?? null,
    yes: (column) => optional(column, (text) => text === '是' || text === '否') === '是',
  };
}

/** Keys that more than one of the items has; '' is nobody's key. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== '' && seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return twice;
}
