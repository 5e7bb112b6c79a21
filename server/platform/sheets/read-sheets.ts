import readXlsxFile from 'read-excel-file/node';
import { badRequest } from '../../kernel/errors.ts';
import { unpackWithin, type ZipEntry } from './zip-guard.ts';

export interface Sheet {
  readonly name: string;
  /** Every cell as trimmed text; an empty cell is ''. Numbers keep the digits of the file, dates are YYYY-MM-DD. */
  readonly rows: readonly (readonly string[])[];
}

export interface SheetLimits {
  readonly maxBytes: number;
  /** Whole file unpacked. */
  readonly maxUnpackedBytes: number;
  /** Per sheet, header included. */
  readonly maxRows: number;
  readonly maxColumns: number;
}

export const SHEET_LIMITS: SheetLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxUnpackedBytes: 200 * 1024 * 1024,
  maxRows: 50_001,
  maxColumns: 200,
};

/**
 * All sheets of an .xlsx file as text.
 * @throws badRequest `sheets.not_xlsx`, `sheets.too_large`, `sheets.too_many_rows`, `sheets.too_many_columns`
 */
export async function readSheets(file: Buffer, limits: SheetLimits = SHEET_LIMITS): Promise<Sheet[]> {
  if (file.length > limits.maxBytes) throw badRequest('sheets.too_large');
  // An .xlsx is a zip: `PK\x03\x04`. Old .xls and renamed files stop here.
  if (file.length < 22 || file.readUInt32BE(0) !== 0x504b0304) throw badRequest('sheets.not_xlsx');
  for (const entry of await unpackWithin(file, limits.maxUnpackedBytes)) checkExtent(entry, limits);
  const sheets = await readXlsxFile(file, { parseNumber: (text) => text, trim: true }).catch(() => {
    throw badRequest('sheets.not_xlsx');
  });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
}

/** One far-away cell would make the reader build the whole rectangle, so addresses are looked at first. */
function checkExtent(entry: ZipEntry, limits: SheetLimits): void {
  if (!/^\/?xl\/worksheets\/[^/]*\.xml$/i.test(entry.name)) return;
  const xml = entry.content.toString('utf8');
  if (/\s(?:r|ref)\s*=\s*["'][^"'<>]*&/.test(xml)) throw badRequest('sheets.not_xlsx');
  for (const [, address = ''] of xml.matchAll(/\s(?:r|ref)\s*=\s*["']([A-Z]*\d+(?::[A-Z]*\d+)?)["']/gi)) {
    for (const corner of address.split(':')) checkCorner(corner.toUpperCase(), limits);
  }
}

function checkCorner(corner: string, limits: SheetLimits): void {
  const letters = corner.replace(/\d+$/, '');
  const row = Number(corner.slice(letters.length));
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (row > limits.maxRows) throw badRequest('sheets.too_many_rows', { max: limits.maxRows - 1 });
  if (column > limits.maxColumns) throw badRequest('sheets.too_many_columns', { max: limits.maxColumns });
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return String(cell).trim();
}
