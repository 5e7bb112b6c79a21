import { badRequest } from '../../kernel/errors.ts';
import { sheetHooks } from './sheet-rows.ts';
import { createTableBuilder, type Table, type TableLimits } from './table-builder.ts';
import { readLooks, readSharedStrings, readWorkbook } from './xlsx-parts.ts';
import { readXml } from './xml-pieces.ts';
import { unpackEntry, unpackPieces, zipDirectory, type UnpackBudget, type ZipPlace } from './zip-guard.ts';

/** Parts that are read whole are small in an honest file. */
const MAX_PART_BYTES = 32 * 1024 * 1024;

/**
 * All tables of an .xlsx, sheet by sheet and piece by piece: the XML of 100,000 rows is some 100 MB and never in
 * memory at once.
 * @throws badRequest `sheets.not_xlsx`, `sheets.too_large` and the limits of the table builder
 */
export async function readXlsx(
  file: Buffer,
  limits: TableLimits,
  onProgress: (share: number) => void,
): Promise<Table[]> {
  const places = new Map(zipDirectory(file).map((place) => [place.name.replace(/^\//, ''), place]));
  const budget: UnpackBudget = { left: limits.maxUnpackedBytes };
  const readPart = async (path: string) => {
    const place = places.get(path);
    return place && unpackEntry(file, place, { left: Math.min(MAX_PART_BYTES, budget.left) });
  };
  const { sheets, date1904, sharedStringsPath, stylesPath } = await readWorkbook(readPart);
  const found = sheets.flatMap((sheet) => {
    const place = places.get(sheet.path);
    return place ? [{ ...sheet, place }] : [];
  });
  if (found.length === 0) throw badRequest('sheets.not_xlsx');
  const shared = sharedStringsPath === undefined ? undefined : places.get(sharedStringsPath);
  const all = [...(shared ? [shared] : []), ...found.map(({ place }) => place)];
  const pieces = countedPieces(file, budget, all, onProgress);
  const context = {
    date1904,
    looks: await readLooks(stylesPath === undefined ? undefined : await readPart(stylesPath)),
    sharedStrings: shared ? await readSharedStrings(pieces(shared)) : [],
  };
  const use = { rows: 0, cells: 0 };
  const tables: Table[] = [];
  for (const { name, hidden, place } of found) {
    const table = createTableBuilder(name, hidden, limits, use);
    await readXml(pieces(place), sheetHooks(table, context));
    tables.push(table.done());
  }
  return tables;
}

/** Progress by the sizes the directory claims: only a liar's bar runs wrong. */
function countedPieces(
  file: Buffer,
  budget: UnpackBudget,
  places: readonly ZipPlace[],
  onProgress: (share: number) => void,
) {
  const total = Math.max(
    1,
    places.reduce((sum, place) => sum + place.claimedBytes, 0),
  );
  let read = 0;
  return async function* (place: ZipPlace): AsyncGenerator<Buffer> {
    for await (const piece of unpackPieces(file, place, budget)) {
      read += piece.length;
      onProgress(Math.min(1, read / total));
      yield piece;
    }
  };
}
