import { badRequest } from '../../kernel/errors.ts';
import { keepText } from './keep-text.ts';

export interface Table {
  /** Name of the tab, or of the file for csv. */
  readonly name: string;
  readonly hidden: boolean;
  /**
   * Every cell as trimmed text; dates are YYYY-MM-DD. The first row is line 1; a row ends with its last filled cell
   * and an empty one is []. A formula's cell holds the value it had when the file was saved.
   */
  readonly rows: readonly (readonly string[])[];
  /** The formula in a cell without its `=`, '' when the file keeps it elsewhere; undefined when it is a value. */
  formulaAt(row: number, column: number): string | undefined;
}

export interface TableLimits {
  readonly maxBytes: number;
  /** What is read of the file, unpacked. */
  readonly maxUnpackedBytes: number;
  /** Filled rows below the head, all tables together. */
  readonly maxDataRows: number;
  readonly maxColumns: number;
  /** Filled cells, all tables together. */
  readonly maxCells: number;
}

/** A head may have titles above it. */
const HEAD_LINES = 10;
const EMPTY: readonly string[] = [];
const MAX_SHARED = 20_000;

/** What all tables of one file have used up of the limits. */
export interface TableUse {
  rows: number;
  cells: number;
}

export interface TableBuilder {
  /**
   * @param line 1-based, ascending
   * @param owned the text is no piece of a longer one, and equal texts are the same already
   * @throws badRequest `sheets.too_many_rows`, `sheets.far_cell`, `sheets.too_large`, `sheets.not_xlsx`
   */
  put(line: number, column: number, text: string, formula?: string, owned?: boolean): void;
  done(): Table;
}

export function createTableBuilder(
  name: string,
  hidden: boolean,
  limits: TableLimits,
  use: TableUse,
): TableBuilder {
  const rows: (readonly string[])[] = [];
  const formulas = new Map<number, string>();
  const share = createSharing();
  let open: string[] = [];

  /** A list that grew has up to twice the room it needs: of 100,000 rows that is 14 MB. */
  function closeLine(): void {
    if (rows.length > 0 && open.length > 0) rows[rows.length - 1] = open.slice();
  }

  function openLine(line: number): void {
    if (!Number.isInteger(line) || line <= rows.length) throw badRequest('sheets.not_xlsx');
    use.rows += 1;
    const most = limits.maxDataRows + HEAD_LINES;
    if (use.rows > most) throw badRequest('sheets.too_many_rows', { max: limits.maxDataRows });
    if (line > most) throw farOrMany(line);
    closeLine();
    while (rows.length < line - 1) rows.push(EMPTY);
    open = [];
    rows.push(open);
  }

  /** One stray cell far below is another mistake than too long a list. */
  function farOrMany(line: number) {
    return rows.length >= limits.maxDataRows
      ? badRequest('sheets.too_many_rows', { max: limits.maxDataRows })
      : badRequest('sheets.far_row', { line, max: limits.maxDataRows });
  }

  return {
    put(line, column, text, formula, owned = false) {
      if (line !== rows.length || line === 0) openLine(line);
      if (column >= limits.maxColumns) throw badRequest('sheets.far_cell', { line, max: limits.maxColumns });
      use.cells += 1;
      if (use.cells > limits.maxCells) throw badRequest('sheets.too_large');
      while (open.length < column) open.push('');
      open[column] = owned ? text : share(text);
      if (formula !== undefined) formulas.set((line - 1) * limits.maxColumns + column, keepText(formula));
    },
    done() {
      closeLine();
      return {
        name,
        hidden,
        rows,
        formulaAt: (row, column) => formulas.get(row * limits.maxColumns + column),
      };
    },
  };
}

/** A list says the same few words in every row: one copy of each is enough. */
function createSharing(): (text: string) => string {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const kept = keepText(text);
    if (seen.size < MAX_SHARED) seen.set(kept, kept);
    return kept;
  };
}
