import { Parser } from 'saxen';
import { AppError, badRequest } from '../../kernel/errors.ts';

/** What happens while a part of an .xlsx goes by. Names come without their prefix. */
export interface XmlHooks {
  open(name: string, attributes: () => Readonly<Record<string, string>>): void;
  close(name: string): void;
  /** As it stands: entities are for the hook to decode. */
  text(text: string): void;
}

/**
 * Read a part of an .xlsx piece by piece (UTF-8). No document type is taken, so no entity can be declared.
 * @throws badRequest `sheets.not_xlsx` and whatever a hook throws
 */
export async function readXml(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  hooks: XmlHooks,
): Promise<void> {
  const parser = new Parser();
  parser
    .on('openTag', (name, attributes) => hooks.open(localName(name), attributes))
    .on('closeTag', (name) => hooks.close(localName(name)))
    .on('text', (text) => hooks.text(text))
    .on('cdata', (text) => hooks.text(text.replaceAll('&', '&amp;')))
    .on('attention', () => {
      throw notXlsx();
    })
    .on('error', () => {
      throw notXlsx();
    });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of pieces) parser.write(decoder.decode(piece, { stream: true }));
    parser.write(decoder.decode());
    if (parser.end() !== null) throw notXlsx();
  } catch (cause) {
    throw cause instanceof AppError ? cause : notXlsx();
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and character references; the parser's own decoder cuts characters above U+FFFF. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** Excel writes signs XML cannot hold as `_x000D_`. */
export const decodeXlsx = (text: string): string => {
  const plain = decodeXml(text);
  return plain.includes('_x')
    ? plain.replace(/_x([\dA-F]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(String(hex), 16)))
    : plain;
};

const notXlsx = () => badRequest('sheets.not_xlsx');
