import { badRequest } from '../../kernel/errors.ts';
import { lookOf, type NumberLook } from './cell-text.ts';
import { keepText } from './keep-text.ts';
import { decodeXlsx, decodeXml, readXml } from './xml-pieces.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Path of its part in the package. */
  readonly path: string;
}

export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  readonly date1904: boolean;
  readonly sharedStringsPath: string | undefined;
  readonly stylesPath: string | undefined;
}

/** Bytes of a part; undefined when the package has none of that name. */
export type ReadPart = (path: string) => Promise<Buffer | undefined>;

/** Follow the package from its root to its sheets, in the order of the tabs. @throws badRequest `sheets.not_xlsx` */
export async function readWorkbook(readPart: ReadPart): Promise<Workbook> {
  const root = await relations(readPart, '_rels/.rels', '');
  const path = root.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const xml = await readPart(path);
  if (!xml) throw badRequest('sheets.not_xlsx');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const related = await relations(readPart, `${folder}_rels/${path.slice(folder.length)}.rels`, folder);
  const sheets: WorkbookSheet[] = [];
  let date1904 = false;
  await readXml([xml], {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes().date1904 ?? '');
      if (name !== 'sheet') return;
      const { name: sheetName = '', state = 'visible', ...rest } = attributes();
      const id = Object.entries(rest).find(([key]) => key.endsWith(':id'))?.[1];
      const part = related.find((one) => one.id === id);
      // Charts and dialogs have tabs too.
      if (!part?.type.endsWith('/worksheet')) return;
      sheets.push({ name: decodeXlsx(sheetName), hidden: state !== 'visible', path: part.target });
    },
    close() {},
    text() {},
  });
  const pathOf = (type: string) => related.find((one) => one.type.endsWith(`/${type}`))?.target;
  return { sheets, date1904, sharedStringsPath: pathOf('sharedStrings'), stylesPath: pathOf('styles') };
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function relations(readPart: ReadPart, path: string, folder: string): Promise<Relation[]> {
  const xml = await readPart(path);
  const found: Relation[] = [];
  if (!xml) return found;
  await readXml([xml], {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes();
      found.push({ id, type: decodeXml(type), target: resolved(decodeXml(target), folder) });
    },
    close() {},
    text() {},
  });
  return found;
}

/** `/xl/styles.xml`, `styles.xml` and `../xl/styles.xml` all name `xl/styles.xml`. */
function resolved(target: string, folder: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** How the numbers of each cell style look, by the style's index. */
export async function readLooks(xml: Buffer | undefined): Promise<NumberLook[]> {
  const looks: NumberLook[] = [];
  if (!xml) return looks;
  const codes = new Map<number, string>();
  let inCells = false;
  await readXml([xml], {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributes();
        codes.set(Number(numFmtId), decodeXml(formatCode));
      }
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes().numFmtId ?? 0);
      looks.push(lookOf(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
    text() {},
  });
  return looks;
}

/** The texts cells point to. Runs of rich text are joined; the phonetic guide of a text is left out. */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let inGuide = false;
  await readXml(pieces, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inGuide;
      else if (name === 'rPh') inGuide = true;
    },
    close(name) {
      if (name === 'si') texts.push(keepText(decodeXlsx(text).trim()));
      else if (name === 't') inText = false;
      else if (name === 'rPh') inGuide = false;
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  return texts;
}
