import { badRequest } from '../../../kernel/errors.ts';
import { readTable, TABLE_LIMITS, type TableFile } from '../../../platform/sheets/index.ts';
import type { ColumnMatch } from '../contract.ts';
import type { RawRow } from '../model.ts';
import { mapFile, type MappedFile } from './find-sheets.ts';
import { rawRows } from './raw-rows.ts';

export interface HrFile {
  /** "UTF-8", "GBK", "UTF-16"; null for .xlsx */
  readonly encoding: string | null;
  readonly rows: readonly RawRow[];
  readonly columns: readonly ColumnMatch[];
  /** Required columns that a sheet of the file does not have, by key. With one missing no row can be read. */
  readonly missingColumns: readonly { readonly kind: RawRow['kind']; readonly column: string }[];
  /** Sheets of the file that were not read. */
  readonly ignoredSheets: readonly string[];
}

export interface ReadHrFileOptions {
  readonly fileName: string;
  readonly knownUnitCodes?: readonly string[];
  /** 0 … 1 */
  readonly onProgress?: (done: number) => void;
}

/**
 * An HR list (.xlsx or .csv) as raw rows.
 * @throws badRequest what `readTable` throws, `sheets.too_many_rows` {max}, `hr.no_head`, `hr.no_rows`
 */
export async function readHrFile(file: Buffer, options: ReadHrFileOptions): Promise<HrFile> {
  const { fileName, knownUnitCodes, onProgress } = options;
  const read = await readTable(file, { fileName, ...(onProgress && { onProgress }) });
  const mapped = mapHrTables(read, knownUnitCodes);
  const rows = mapped.sheets.flatMap((sheet) => [...rawRows(sheet)]);
  if (rows.length === 0) throw badRequest('hr.no_rows');
  // The reader below leaves room for a head; here it is known which row it is.
  const max = TABLE_LIMITS.maxDataRows;
  if (rows.length > max) throw badRequest('sheets.too_many_rows', { max });
  return {
    encoding: read.encoding,
    rows,
    columns: mapped.sheets.flatMap(({ columns }) => columns),
    missingColumns: mapped.sheets.flatMap(({ kind, missing }) => missing.map((column) => ({ kind, column }))),
    ignoredSheets: mapped.ignored,
  };
}

/** @throws badRequest `hr.no_head` when no sheet is recognised */
export function mapHrTables({ tables }: TableFile, knownUnitCodes: readonly string[] = []): MappedFile {
  const mapped = mapFile(tables, knownUnitCodes);
  if (mapped.sheets.length === 0) throw badRequest('hr.no_head');
  return mapped;
}
