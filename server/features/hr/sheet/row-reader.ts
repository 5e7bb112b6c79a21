import type { Fault, FaultCode, Given, RawRow } from '../model.ts';
import type { ValueReader } from './read-values.ts';
import { cleanText, FORMULA_SIGN, isClear } from './text-forms.ts';

export interface FaultDetails {
  readonly hint?: string | undefined;
  readonly otherLine?: number | undefined;
}

export function faultOf(
  row: Pick<RawRow, 'kind' | 'line'>,
  column: string,
  code: FaultCode,
  { hint, otherLine }: FaultDetails = {},
): Fault {
  return {
    kind: row.kind,
    line: row.line,
    column,
    code,
    ...(hint !== undefined && { hint }),
    ...(otherLine !== undefined && { otherLine }),
  };
}

export interface RowReader {
  readonly faults: Fault[];
  fault(column: string, code: FaultCode, details?: FaultDetails): void;
  /** A value that has to be there; `instead` when it is not, and then a fault says why. */
  required<T>(column: string, read: ValueReader<T>, instead: T): T;
  /** A5: a missing column or an empty cell was not provided, `[清空]` clears. */
  optional<T>(column: string, read: ValueReader<T>): Given<T>;
}

/** Reads the cells of one row and notes what is wrong with them. */
export function createRowReader(row: RawRow): RowReader {
  const faults: Fault[] = [];
  const fault: RowReader['fault'] = (column, code, details) => {
    faults.push(faultOf(row, column, code, details));
  };

  function optional<T>(column: string, read: ValueReader<T>): Given<T> {
    const text = cleanText(row.cells[column] ?? '');
    if (text === '') return undefined;
    if (isClear(text)) return null;
    if (text.startsWith(FORMULA_SIGN)) {
      fault(column, 'formula');
      return undefined;
    }
    const reading = read(text);
    if ('value' in reading) return reading.value;
    fault(column, reading.code, { hint: reading.hint });
    return undefined;
  }

  return {
    faults,
    fault,
    optional,
    required(column, read, instead) {
      const before = faults.length;
      const value = optional(column, read);
      if (value !== undefined && value !== null) return value;
      if (faults.length === before) fault(column, 'missing');
      return instead;
    },
  };
}

/** A row as a record, or everything that is wrong with it. */
export type RowReading<T> =
  { readonly ok: true; readonly record: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/** What could be read of a row, good or not: a bad row still holds its keys. */
export interface Draft<T> {
  readonly row: RawRow;
  readonly record: T;
  readonly faults: readonly Fault[];
}

export const readingOf = <T>({ record, faults }: Draft<T>): RowReading<T> =>
  faults.length === 0 ? { ok: true, record } : { ok: false, faults };
