import writeXlsxFile from 'write-excel-file/node';
import type { Sheet } from './read-sheets.ts';

/**
 * An .xlsx file of text cells, first row bold. Text stays text: a staff number keeps its zeros and a cell that
 * starts with `=` is shown, never calculated.
 */
export async function writeSheets(sheets: readonly Sheet[]): Promise<Buffer> {
  const described = sheets.map(({ name, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: columnWidths(rows).map((width) => ({ width })),
    data: rows.map((row, at) =>
      row.map((value) =>
        value === '' ? null : { value, type: String, ...(at === 0 && { fontWeight: 'bold' as const }) },
      ),
    ),
  }));
  return writeXlsxFile(described).toBuffer();
}

function columnWidths(rows: Sheet['rows']): number[] {
  const widths: number[] = [];
  for (const row of rows.slice(0, 200)) {
    row.forEach((cell, at) => {
      widths[at] = Math.min(40, Math.max(widths[at] ?? 8, textWidth(cell) + 2));
    });
  }
  return widths;
}

/** Columns a text takes: a Chinese character is two wide. */
function textWidth(text: string): number {
  return [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
}
