/**
 * Cells of a .csv (UTF-8 or GBK) or an .xlsx, read in the browser and only looked at here. A date cell becomes
 * `YYYY-MM-DD HH:mm:ss` as it stands in the sheet.
 * @throws Error when the file is neither
 */
export async function readSheet(file: File): Promise<string[][]> {
  if (/\.xlsx$/i.test(file.name)) return readXlsx(file);
  const text = decode(await file.arrayBuffer());
  const { parse } = await import('csv-parse/browser/esm/sync');
  const rows: unknown[][] = parse(text, {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  return rows.map((row) => row.map(String));
}

async function readXlsx(file: File): Promise<string[][]> {
  const { readSheet: readFirst } = await import('read-excel-file/browser');
  const rows = await readFirst(file);
  return rows.map((row) => row.map(cellText));
}

const cellText = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return cell === null || cell === undefined ? '' : String(cell);
};

/** Sheets saved by Chinese Excel are GBK; what is no UTF-8 is taken for that. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
