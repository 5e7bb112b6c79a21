import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { AppError, badRequest } from '../../kernel/errors.ts';
import { encodingOf, textPieces, type TextEncoding } from './decode-text.ts';
import { createTableBuilder, type Table, type TableLimits } from './table-builder.ts';

export interface CsvFile {
  readonly encoding: TextEncoding;
  readonly table: Table;
}

/** What a csv reader holds of one record before it gives up: a quote that never closes would take the whole file. */
const MAX_RECORD_CHARACTERS = 200_000;
const SAMPLE_CHARACTERS = 4_000;

/** @throws badRequest `sheets.unreadable`, `sheets.broken_quotes` and the limits of the table builder */
export async function readCsv(
  file: Buffer,
  name: string,
  limits: TableLimits,
  onProgress: (share: number) => void,
): Promise<CsvFile> {
  const encoding = encodingOf(file);
  const table = createTableBuilder(name, false, limits, { rows: 0, cells: 0 });
  // Ahead of the loop below, which loses what is still on its way when the parser gives up.
  let parsed = 0;
  const records = parse({
    delimiter: delimiterOf(file, encoding),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_record: (record: string[]) => {
      parsed += 1;
      return record;
    },
  });
  const pieces = function* (): Generator<string> {
    for (const { text, share } of textPieces(file, encoding)) {
      if (text.includes('\0')) throw badRequest('sheets.unreadable');
      onProgress(share);
      if (text !== '') yield text;
    }
  };
  const source = Readable.from(pieces());
  source.on('error', (error) => records.destroy(error)).pipe(records);
  let line = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      line += 1;
      record.forEach((cell, column) => putCell(line, column, cell));
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : badRequest('sheets.broken_quotes', { line: parsed + 1 });
  } finally {
    source.destroy();
  }
  return { encoding, table: table.done() };

  function putCell(at: number, column: number, cell: string): void {
    const text = cell.trim();
    if (text === '') return;
    // `="00731"` is how other programs keep the zeros of a number through Excel: a value, not a calculation.
    const quoted = /^="([^"]*)"$/.exec(text);
    if (quoted) table.put(at, column, (quoted[1] ?? '').trim());
    else table.put(at, column, text, text.startsWith('=') ? text.slice(1) : undefined);
  }
}

/** Comma, or what stands more often in the first lines: tabs from "Unicode text", semicolons from other regions. */
function delimiterOf(file: Buffer, encoding: TextEncoding): string {
  const sample = textPieces(file.subarray(0, SAMPLE_CHARACTERS), encoding).next().value?.text ?? '';
  const bare = sample.replace(/"[^"]*"/g, '');
  const count = (sign: string) => bare.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
