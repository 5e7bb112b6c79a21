import { readTable, writeStyled, type StyledCell, type StyledSheet } from '../../../platform/sheets/index.ts';
import type { Fault } from '../model.ts';
import type { MappedSheet } from './map-columns.ts';
import { faultSentence } from './fault-words.ts';
import { mapHrTables } from './read-file.ts';

const FAULT_FILL = 'FDE2E0';
const FAULT_COLOR = 'B3261E';
const COLUMN_WIDTH = 16;
const WORDS_WIDTH = 60;
export const WORDS_HEAD = '问题';

/**
 * The uploader's own file once more as .xlsx: faulty cells coloured, what is wrong in a last column 「问题」. Values
 * stay as they are in the file, personal ones too: it goes back to whoever sent it. Every cell is text, so a formula
 * is shown and never calculated (F7).
 * @param knownUnitCodes as given to `readHrFile`, so that the same columns are recognised
 * @throws badRequest what `readHrFile` throws
 */
export async function markedCopy(
  file: Buffer,
  fileName: string,
  faults: readonly Fault[],
  knownUnitCodes: readonly string[] = [],
): Promise<Buffer> {
  const { sheets } = mapHrTables(await readTable(file, { fileName }), knownUnitCodes);
  return writeStyled(sheets.map((sheet) => markedSheet(sheet, faults)));
}

function markedSheet(sheet: MappedSheet, faults: readonly Fault[]): StyledSheet {
  const { table, headAt, keys } = sheet;
  const byLine = new Map<number, Fault[]>();
  for (const fault of faults) {
    if (fault.kind !== sheet.kind) continue;
    const there = byLine.get(fault.line);
    if (there) there.push(fault);
    else byLine.set(fault.line, [fault]);
  }
  const width = table.rows.reduce((most, row) => Math.max(most, row.length), keys.length);
  return {
    name: table.name,
    stickyRows: headAt + 1,
    widths: [...Array.from({ length: width }, () => COLUMN_WIDTH), WORDS_WIDTH],
    rows: markedRows(sheet, byLine, width),
  };
}

function* markedRows(
  { table, headAt, keys }: MappedSheet,
  byLine: ReadonlyMap<number, readonly Fault[]>,
  width: number,
): Generator<readonly StyledCell[]> {
  for (const [at, row] of table.rows.entries()) {
    const texts = row.map((text, column) => {
      const formula = table.formulaAt(at, column);
      return formula ? `=${formula}` : text;
    });
    const wrong = byLine.get(at + 1);
    if (at === headAt) yield [...filledUp(texts, width), { value: WORDS_HEAD, bold: true }];
    else yield wrong ? markedRow(filledUp(texts, width), keys, wrong) : texts;
  }
}

const filledUp = (texts: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, column) => texts[column] ?? '');

function markedRow(
  texts: readonly string[],
  keys: MappedSheet['keys'],
  faults: readonly Fault[],
): StyledCell[] {
  const wrong = new Set(faults.map(({ column }) => column));
  const cells = texts.map((value, column): StyledCell => {
    const key = keys[column];
    return key && wrong.has(key) ? { value, fill: FAULT_FILL } : value;
  });
  return [...cells, { value: faults.map(faultSentence).join(' '), color: FAULT_COLOR, wrap: true }];
}
