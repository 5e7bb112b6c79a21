import type { ExchangeRow } from '../api.ts';
import { w } from '../words.ts';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A cell that begins like a formula would be run by the sheet program. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const changesOf = ({ changes }: ExchangeRow): string =>
  changes.map(({ item, before, after }) => `${item}：${before || '—'} → ${after || '—'}`).join('；');

/** UTF-8 with a mark, so that Excel and WPS read the Chinese; one row per act, its number in the first column. */
export function exchangeCsv(rows: readonly ExchangeRow[]): string {
  const lines = rows.map((row) => [
    row.itemId,
    row.requestNumber,
    row.staffNo,
    row.name,
    row.actWords,
    changesOf(row),
  ]);
  return `\uFEFF${[w.exchange.header, ...lines]
    .map((cells) => cells.map((cell) => quoted(harmless(cell))).join(','))
    .join('\r\n')}\r\n`;
}

export interface Matched {
  itemIds: string[];
  /** Rows of the receipt that are not on this list (any more). */
  unknown: number;
}

/** Which of the rows that wait stand in a receipt: by the number that the file was given. */
export function matchReceipt(
  cells: readonly (readonly string[])[],
  waiting: readonly ExchangeRow[],
): Matched {
  const known = new Set(waiting.map(({ itemId }) => itemId));
  const found = cells.map((line) => line.find((cell) => known.has(cell.trim()))?.trim());
  const itemIds = [...new Set(found.filter((itemId) => itemId !== undefined))];
  const filled = cells.filter((line) => line.some((cell) => cell.trim() !== ''));
  const header = filled.filter((line) => line.some((cell) => cell.trim() === w.exchange.header[0])).length;
  return { itemIds, unknown: filled.length - header - found.filter(Boolean).length };
}
