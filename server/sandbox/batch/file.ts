import { parse } from 'csv-parse/sync';
import { fail } from '../api/envelope.ts';
import type { Media } from '../state/data.ts';

/** An import file: CSV in UTF-8 with a header row (page 90979). Values by header, in file order. */
export interface ImportFile {
  headers: string[];
  rows: Record<string, string>[];
}

/** 40092 when it is not UTF-8, not CSV, empty, or lacks a column that must be there. */
export function readFile(media: Media, required: readonly (readonly string[])[]): ImportFile {
  const [headers = [], ...lines] = cellsOf(media.bytes);
  const names = headers.map((header) => header.trim());
  const missing = required.some((words) => !words.some((word) => names.includes(word)));
  if (missing || lines.length === 0 || new Set(names).size !== names.length) throw fail(40092);
  const rows = lines.map((cells) =>
    Object.fromEntries(names.map((name, at) => [name, (cells[at] ?? '').trim()])),
  );
  return { headers: names, rows };
}

function cellsOf(bytes: Buffer): string[][] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parse(text, { bom: true, relax_column_count: true, skip_records_with_empty_values: true });
  } catch {
    throw fail(40092);
  }
}

/** `12;31` */
export const splitList = (cell: string): string[] =>
  cell
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const integerOf = (cell: string): number | undefined =>
  /^\d{1,10}$/.test(cell) ? Number(cell) : undefined;
