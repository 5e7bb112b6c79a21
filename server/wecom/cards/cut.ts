/** Cutting text to what 企业微信 shows or accepts. What people read is cut between graphemes, never inside one. */

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const ELLIPSIS = '…';

/**
 * 企业微信 replaces these by names when the message is shown (id 转译, page 90236): cut through, they would be
 * shown as they stand. Each is kept or dropped whole and counted as an ordinary name is long.
 */
const PLACEHOLDER = /\$(departmentName|userName|userAlias|userAliasOrName)=[^$\s]{1,128}\$/g;
const NAME_LENGTH = 4;
const DEPARTMENT_LENGTH = 8;

/** A grapheme may be any number of code points; a family emoji has 25 bytes, a wall of accents is no grapheme. */
const MAX_BYTES_EACH = 32;

/** At most `max` graphemes, the last of them `…` when something was cut. */
export function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text;
  const maxBytes = max * MAX_BYTES_EACH;
  let shown = 0;
  let bytes = 0;
  let kept = '';
  // What fits when the ellipsis takes the last place.
  let beforeEllipsis = '';
  for (const piece of pieces(text)) {
    shown += piece.length;
    bytes += Buffer.byteLength(piece.text);
    if (shown > max || bytes > maxBytes) return beforeEllipsis + ELLIPSIS;
    kept += piece.text;
    if (shown < max) beforeEllipsis = kept;
  }
  return kept;
}

interface Piece {
  readonly text: string;
  /** In graphemes as shown. */
  readonly length: number;
}

function* pieces(text: string): Generator<Piece> {
  let at = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    yield* plain(text.slice(at, found.index));
    yield { text: found[0], length: found[1] === 'departmentName' ? DEPARTMENT_LENGTH : NAME_LENGTH };
    at = found.index + found[0].length;
  }
  yield* plain(text.slice(at));
}

function* plain(text: string): Generator<Piece> {
  for (const { segment } of graphemes.segment(text)) yield { text: segment, length: 1 };
}

/** At most `maxBytes` bytes of UTF-8, cut between code points. */
export function cutBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // 10xxxxxx continues a code point: step back to where one begins.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
