import { badRequest } from '../../kernel/errors.ts';
import type { TextEncoding } from './decode-text.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Table, TableLimits } from './table-builder.ts';

const MB = 1024 * 1024;

export const TABLE_LIMITS: TableLimits = {
  maxBytes: 20 * MB,
  maxUnpackedBytes: 600 * MB,
  maxDataRows: 200_000,
  maxColumns: 200,
  maxCells: 10_000_000,
};

export interface ReadTableOptions {
  /** Its ending tells csv from what is no table; its name is the csv's table name. */
  readonly fileName: string;
  readonly limits?: TableLimits;
  /** Share of the file that was read, 0 … 1, at most a hundred times. */
  readonly onProgress?: (done: number) => void;
}

export interface TableFile {
  readonly format: 'xlsx' | 'csv';
  /** Null for .xlsx. */
  readonly encoding: TextEncoding | null;
  readonly tables: readonly Table[];
}

/**
 * The tables of an .xlsx or .csv file (UTF-8, GBK, UTF-16) as text. Limits are checked while reading.
 * @throws badRequest `sheets.empty`, `sheets.old_xls`, `sheets.locked`, `sheets.not_xlsx`, `sheets.unreadable`,
 * `sheets.broken_quotes` {line}, `sheets.too_large`, `sheets.too_many_rows` {max}, `sheets.far_row` {line, max},
 * `sheets.far_cell` {line, max}
 */
export async function readTable(file: Buffer, options: ReadTableOptions): Promise<TableFile> {
  const limits = options.limits ?? TABLE_LIMITS;
  if (file.length > limits.maxBytes) throw badRequest('sheets.too_large');
  const onProgress = everyPercent(options.onProgress);
  const read = await readByKind(file, options.fileName, limits, onProgress);
  if (read.tables.every(({ rows }) => rows.length === 0)) throw badRequest('sheets.empty');
  onProgress(1);
  return read;
}

async function readByKind(
  file: Buffer,
  fileName: string,
  limits: TableLimits,
  onProgress: (share: number) => void,
): Promise<TableFile> {
  switch (kindOf(file, fileName)) {
    case 'xlsx':
      return { format: 'xlsx', encoding: null, tables: await readXlsx(file, limits, onProgress) };
    case 'csv': {
      const name = fileName.replace(/\.[^.]*$/, '');
      const { encoding, table } = await readCsv(file, name, limits, onProgress);
      return { format: 'csv', encoding, tables: [table] };
    }
  }
}

/** Office's own container: an .xls, or an .xlsx with a password. */
const OLE = 0xd0cf11e0;
const ZIP = 0x504b0304;
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** By the first bytes; the name only decides what nothing else can. */
function kindOf(file: Buffer, fileName: string): 'xlsx' | 'csv' {
  if (file.length === 0) throw badRequest('sheets.empty');
  const magic = file.length < 4 ? 0 : file.readUInt32BE(0);
  if (magic === ZIP) return 'xlsx';
  if (magic === OLE) throw badRequest(file.includes(ENCRYPTED) ? 'sheets.locked' : 'sheets.old_xls');
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  // Old systems export a web page under this name, which Excel opens all the same.
  if (ending === 'xls') throw badRequest('sheets.old_xls');
  if (ending === 'xlsx' || ending === 'xlsm') throw badRequest('sheets.not_xlsx');
  if (ending !== 'csv' && ending !== 'txt') throw badRequest('sheets.unreadable');
  return 'csv';
}

function everyPercent(onProgress: ((done: number) => void) | undefined): (share: number) => void {
  let told = 0;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent <= told) return;
    told = percent;
    onProgress?.(percent / 100);
  };
}
