import type { RowsAnswer, SheetRow } from '../api.ts';

/** How wide a text is in px at 12–13 px, near enough: Chinese characters are twice as wide as others. */
function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 13 : 7.4;
  return width;
}

/** Widths that do not jump while scrolling: by the heads and the first rows, within reason. */
export function columnWidths(columns: RowsAnswer['columns'], rows: readonly SheetRow[]): number[] {
  return columns.map(({ column, label }) => {
    const texts = [label, ...rows.map((row) => row.cells[column] ?? '')];
    return Math.round(Math.min(240, Math.max(64, Math.max(...texts.map(textWidth)) + 22)));
  });
}

/** `C` for the third column: how people name cells. */
export function columnLetters(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnLetters(Math.floor(at / 26) - 1) + letter;
}
