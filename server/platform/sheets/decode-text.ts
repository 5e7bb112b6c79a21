import { badRequest } from '../../kernel/errors.ts';

export type TextEncoding = 'UTF-8' | 'UTF-16' | 'GBK';

/**
 * UTF-8 unless the bytes are no UTF-8; Chinese Excel writes csv in GBK, which is never valid UTF-8 for long. GBK is
 * read as its superset GB18030, so that no rare character of a name is lost. "Unicode text" of Excel is UTF-16.
 * @throws badRequest `sheets.unreadable`
 */
export function encodingOf(file: Buffer): TextEncoding {
  if (file.length >= 2 && file.readUInt16BE(0) === 0xfffe) return 'UTF-16';
  if (decodes(file, 'utf-8')) return 'UTF-8';
  if (decodes(file, 'gb18030')) return 'GBK';
  throw badRequest('sheets.unreadable');
}

const LABELS: Readonly<Record<TextEncoding, string>> = {
  'UTF-8': 'utf-8',
  'UTF-16': 'utf-16le',
  GBK: 'gb18030',
};
const PIECE_BYTES = 64 * 1024;

function decodes(file: Buffer, label: string): boolean {
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for (const piece of slices(file)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Text in pieces with the share of the file behind each; a byte order mark is left out. */
export function* textPieces(
  file: Buffer,
  encoding: TextEncoding,
): Generator<{ text: string; share: number }> {
  const decoder = new TextDecoder(LABELS[encoding]);
  let read = 0;
  for (const piece of slices(file)) {
    read += piece.length;
    yield { text: decoder.decode(piece, { stream: true }), share: read / file.length };
  }
  yield { text: decoder.decode(), share: 1 };
}

function* slices(file: Buffer): Generator<Buffer> {
  for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}
