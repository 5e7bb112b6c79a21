import { badRequest } from '../../kernel/errors.ts';
import { numberText, type NumberLook } from './cell-text.ts';
import type { TableBuilder } from './table-builder.ts';
import { decodeXlsx, type XmlHooks } from './xml-pieces.ts';

export interface SheetContext {
  readonly sharedStrings: readonly string[];
  readonly looks: readonly NumberLook[];
  readonly date1904: boolean;
}

/** Turns the parts of a worksheet that go by into the cells of a table. */
export function sheetHooks(table: TableBuilder, context: SheetContext): XmlHooks {
  let inRows = false;
  let line = 0;
  let column = -1;
  let type = '';
  let style = 0;
  /** Of the cell that is open. */
  let value = '';
  let source: string | null = null;
  let collecting: 'nothing' | 'value' | 'formula' = 'nothing';
  let inGuide = false;

  function openCell(attributes: Readonly<Record<string, string>>): void {
    column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
    type = attributes.t ?? 'n';
    style = attributes.s === undefined ? 0 : Number(attributes.s);
    value = '';
    source = null;
  }

  function closeCell(): void {
    const text = cellText(context, type, style, value);
    if (text !== '' || source !== null) {
      const formula = source === null ? undefined : decodeXlsx(source);
      table.put(line, column, text, formula, type === 's');
    }
  }

  return {
    open(name, attributes) {
      if (name === 'sheetData') inRows = true;
      if (!inRows) return;
      if (name === 'c') openCell(attributes());
      else if (name === 'row') {
        const { r } = attributes();
        line = r === undefined ? line + 1 : Number(r);
        column = -1;
      } else if (name === 'v' || name === 't') collecting = inGuide ? 'nothing' : 'value';
      else if (name === 'f') {
        collecting = 'formula';
        source = '';
      } else if (name === 'rPh') inGuide = true;
    },
    close(name) {
      if (!inRows) return;
      if (name === 'c') closeCell();
      else if (name === 'v' || name === 't' || name === 'f') collecting = 'nothing';
      else if (name === 'rPh') inGuide = false;
      else if (name === 'sheetData') inRows = false;
    },
    text(piece) {
      if (collecting === 'value') value += piece;
      else if (collecting === 'formula') source = (source ?? '') + piece;
    },
  };
}

/** ECMA-376 part 1, 18.18.11: the kinds a cell's value can be of. */
function cellText(context: SheetContext, type: string, style: number, raw: string): string {
  if (raw === '') return '';
  switch (type) {
    case 's':
      return context.sharedStrings[Number(raw)] ?? '';
    case 'n':
      return numberText(raw.trim(), context.looks[style] ?? 'plain', context.date1904);
    case 'b':
      return raw.trim() === '1' ? '是' : '否';
    case 'd':
      return raw.trim().slice(0, 10);
    default:
      return decodeXlsx(raw).trim();
  }
}

/** `AB12` → 27. @throws badRequest `sheets.not_xlsx` */
function columnOf(address: string): number {
  let column = 0;
  for (let at = 0; at < address.length; at += 1) {
    const letter = address.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (column === 0) throw badRequest('sheets.not_xlsx');
  return column - 1;
}
