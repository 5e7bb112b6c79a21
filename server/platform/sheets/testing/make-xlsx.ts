import { packZip } from '../zip-pack.ts';

/** A cell as a spreadsheet program stores it. Plain text goes to the shared strings, as Excel does it. */
export type TestCell =
  | string
  | null
  | { readonly inline: string }
  | { readonly number: string | number; readonly format?: TestFormat }
  | { readonly formula: string; readonly value: string }
  | { readonly xml: string };

/** Index into the styles below: date 14, `yyyy"年"m"月"d"日"`, `00000`, `0.00E+00`, `@`. */
export type TestFormat = 'date' | 'chineseDate' | 'fiveZeros' | 'scientific' | 'text';
const FORMATS: readonly TestFormat[] = ['date', 'chineseDate', 'fiveZeros', 'scientific', 'text'];

export interface TestSheet {
  readonly name: string;
  readonly rows: Iterable<readonly TestCell[]>;
  readonly hidden?: boolean;
  /** Rows and cells without their `r`, as some exporters write them. */
  readonly withoutAddresses?: boolean;
  /** Put in place of the rows. */
  readonly xml?: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const STYLES =
  `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" ` +
  'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="00000"/>' +
  '</numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/>' +
  '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="11"/><xf numFmtId="49"/></cellXfs>' +
  '</styleSheet>';

/** An .xlsx file made by hand, to hold what a well-behaved writer never writes. */
export function makeXlsx(
  sheets: readonly TestSheet[],
  options: { date1904?: boolean } = {},
): Promise<Buffer> {
  const shared = new Map<string, number>();
  const list = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  );
  const relations = sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const more = ['sharedStrings', 'styles'].map(
    (name, at) => `<Relationship Id="rId${900 + at}" Type="${OFFICE}/${name}" Target="${name}.xml"/>`,
  );
  const part = (name: string, xml: string) => ({ name, pieces: [HEAD + xml] });
  return packZip([
    part(
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" ` +
        'Target="xl/workbook.xml"/></Relationships>',
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/>` +
        `<sheets>${list.join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}">${relations.join('')}${more.join('')}</Relationships>`,
    ),
    part('xl/styles.xml', STYLES),
    ...sheets.map((sheet, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      pieces: sheetChunks(sheet, shared),
    })),
    // Last: the sheets above fill it while they are packed.
    { name: 'xl/sharedStrings.xml', pieces: sharedChunks(shared) },
  ]);
}

function* sheetChunks(sheet: TestSheet, shared: Map<string, number>): Generator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  if (sheet.xml !== undefined) yield sheet.xml;
  let line = 0;
  for (const row of sheet.rows) {
    line += 1;
    let xml = sheet.withoutAddresses ? '<row>' : `<row r="${line}">`;
    row.forEach((cell, column) => {
      if (cell === null && !sheet.withoutAddresses) return;
      xml += cellXml(cell, sheet.withoutAddresses ? '' : ` r="${columnLetters(column)}${line}"`, shared);
    });
    yield `${xml}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellXml(cell: TestCell, r: string, shared: Map<string, number>): string {
  if (cell === null) return `<c${r}/>`;
  if (typeof cell === 'string') {
    const index = shared.get(cell) ?? shared.size;
    shared.set(cell, index);
    return `<c${r} t="s"><v>${index}</v></c>`;
  }
  if ('inline' in cell) return `<c${r} t="inlineStr"><is><t>${escaped(cell.inline)}</t></is></c>`;
  if ('xml' in cell) return cell.xml.replace('<c', `<c${r}`);
  if ('formula' in cell)
    return `<c${r} t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.value)}</v></c>`;
  const style = cell.format === undefined ? '' : ` s="${FORMATS.indexOf(cell.format) + 1}"`;
  return `<c${r}${style}><v>${cell.number}</v></c>`;
}

function* sharedChunks(shared: ReadonlyMap<string, number>): Generator<string> {
  yield `${HEAD}<sst xmlns="${MAIN}">`;
  for (const text of shared.keys()) yield `<si><t xml:space="preserve">${escaped(text)}</t></si>`;
  yield '</sst>';
}

/** 0 → A, 26 → AA. */
function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
