import { packZip, type ZipPart } from './zip-pack.ts';

export interface CellLook {
  readonly bold?: boolean;
  /** `FDE2E0` */
  readonly fill?: string;
  readonly color?: string;
  readonly wrap?: boolean;
}

/** A text cell; a plain string has no look of its own. Text stays text, whatever sign it starts with (rule F7). */
export type StyledCell = string | ({ readonly value: string } & CellLook);

export interface StyledSheet {
  readonly name: string;
  readonly rows: Iterable<readonly StyledCell[]>;
  /** In characters, by column. */
  readonly widths: readonly number[];
  readonly stickyRows: number;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * An .xlsx file of text cells, written row by row: write-excel-file needs 1.6 GB for the 100,000 people of
 * scripts/bench/hr-sheet.ts. Whole columns are text, so what is typed there later keeps its zeros.
 */
export function writeStyled(sheets: readonly StyledSheet[]): Promise<Buffer> {
  return packZip(parts(sheets));
}

function* parts(sheets: readonly StyledSheet[]): Generator<ZipPart> {
  const looks = createLooks();
  const names = sheetNames(sheets);
  const numbers = sheets.map((_, at) => at + 1);
  const overrides = numbers.map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
  );
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${overrides.join('')}</Types>`,
  );
  yield part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  yield part(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...numbers.map((n): [string, string] => ['worksheet', `worksheets/sheet${n}.xml`]),
      ['styles', 'styles.xml'],
    ]),
  );
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
      names
        .map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
        .join('') +
      '</sheets></workbook>',
  );
  for (const [at, sheet] of sheets.entries()) {
    yield { name: `xl/worksheets/sheet${at + 1}.xml`, pieces: sheetPieces(sheet, looks) };
  }
  // Last: only now are all looks known.
  yield part('xl/styles.xml', looks.xml());
}

const part = (name: string, xml: string): ZipPart => ({ name, pieces: [HEAD + xml] });

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">` +
  targets
    .map(
      ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('') +
  '</Relationships>';

const MAX_SHEET_NAME = 31;

/** Excel: at most 31 characters, none of these, no name twice. */
function sheetNames(sheets: readonly StyledSheet[]): string[] {
  const names: string[] = [];
  for (const { name } of sheets) {
    const plain = name.replace(/[[\]:*?/\\']/g, ' ').trim() || 'Sheet';
    const cut = plain.slice(0, MAX_SHEET_NAME);
    names.push(names.includes(cut) ? `${plain.slice(0, MAX_SHEET_NAME - 3)} ${names.length + 1}` : cut);
  }
  return names;
}

function* sheetPieces(sheet: StyledSheet, looks: Looks): Generator<string> {
  const { widths, stickyRows } = sheet;
  const text = looks.indexOf({}, false);
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${text}" customWidth="1"/>`,
  );
  const pane = `<pane ySplit="${stickyRows}" topLeftCell="A${stickyRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  yield (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    `${stickyRows > 0 ? pane : ''}</sheetView></sheetViews>` +
    `${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>`
  );
  let line = 0;
  for (const row of sheet.rows) {
    line += 1;
    yield rowXml(row, line, looks);
  }
  yield '</sheetData></worksheet>';
}

function rowXml(row: readonly StyledCell[], line: number, looks: Looks): string {
  let xml = `<row r="${line}">`;
  row.forEach((cell, column) => {
    const { value, ...look } = typeof cell === 'string' ? { value: cell } : cell;
    const isPlain = typeof cell === 'string';
    if (value === '' && isPlain) return;
    const place = `<c r="${columnLetters(column)}${line}" s="${looks.indexOf(look, /^[=+\-@]/.test(value))}"`;
    xml +=
      value === ''
        ? `${place}/>`
        : `${place} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  });
  return `${xml}</row>`;
}

interface Looks {
  /** @param quoted Excel keeps it text even when somebody edits the cell, as after a typed apostrophe */
  indexOf(look: CellLook, quoted: boolean): number;
  xml(): string;
}

/** `@`, text. */
const TEXT_FORMAT = 49;
const NO_FILLS =
  '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>';
const OWN_FILLS = 2;

function createLooks(): Looks {
  const indexes = new Map<string, number>();
  const fonts: string[] = [];
  const fills: string[] = [];
  const formats: string[] = [];
  return {
    indexOf({ bold = false, fill = '', color = '', wrap = false }, quoted) {
      const key = `${bold}|${fill}|${color}|${wrap}|${quoted}`;
      const known = indexes.get(key);
      if (known !== undefined) return known;
      // Style 0 is what cells without one have.
      const index = formats.length + 1;
      indexes.set(key, index);
      fonts.push(
        `<font>${bold ? '<b/>' : ''}<sz val="11"/>${color && `<color rgb="FF${color}"/>`}<name val="Calibri"/></font>`,
      );
      fills.push(
        fill === ''
          ? '<fill><patternFill patternType="none"/></fill>'
          : `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/></patternFill></fill>`,
      );
      formats.push(
        `<xf numFmtId="${TEXT_FORMAT}" fontId="${index}" fillId="${index - 1 + OWN_FILLS}" borderId="0" xfId="0" ` +
          `applyNumberFormat="1" applyFont="1" applyFill="1"${quoted ? ' quotePrefix="1"' : ''}` +
          `${wrap ? ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' : '/>'}`,
      );
      return index;
    },
    xml: () =>
      `<styleSheet xmlns="${MAIN}"><fonts count="${fonts.length + 1}"><font><sz val="11"/><name val="Calibri"/></font>${fonts.join('')}` +
      `</fonts><fills count="${fills.length + OWN_FILLS}">${NO_FILLS}${fills.join('')}</fills><borders count="1">` +
      '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      `<cellXfs count="${formats.length + 1}"><xf xfId="0"/>${formats.join('')}</cellXfs></styleSheet>`,
  };
}

const letters: string[] = [];

/** 0 → A, 26 → AA. */
function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return (letters[column] ??= column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last);
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Signs XML 1.0 cannot hold, and what Excel would take for one written as `_x000D_`. */
const UNHOLDABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text
    .replace(UNHOLDABLE, '')
    .replace(/_x(?=[\dA-F]{4}_)/gi, '_x005F_x')
    .replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
