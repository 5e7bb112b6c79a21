/**
 * Cutting to 企业微信's limits. It counts bytes in some fields and characters in others, and cuts silently, in the
 * middle of a Chinese character if need be; we cut first, on a code point, with a mark the reader can see.
 */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Characters as code points: an emoji is one. */
export const charLength = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** The longest beginning of `text` that, with `mark` when something was cut, fits into `max` UTF-8 bytes. */
export function cutBytes(text: string, max: number, mark = ''): string {
  if (byteLength(text) <= max) return text;
  const tail = byteLength(mark) <= max ? mark : '';
  let room = max - byteLength(tail);
  let end = 0;
  for (const char of text) {
    room -= byteLength(char);
    if (room < 0) break;
    end += char.length;
  }
  return text.slice(0, end) + tail;
}

/** The same, counted in code points. */
export function cutChars(text: string, max: number, mark = ''): string {
  if (charLength(text) <= max) return text;
  const tail = charLength(mark) <= max ? mark : '';
  let room = max - charLength(tail);
  let end = 0;
  for (const char of text) {
    room -= 1;
    if (room < 0) break;
    end += char.length;
  }
  return text.slice(0, end) + tail;
}

/** Like {@link cutBytes}, but never leaves half a tag or an `<a>` without its end, which clients show as text. */
export function cutMarkup(text: string, max: number, mark = '…'): string {
  if (byteLength(text) <= max) return text;
  let body = cutBytes(text, Math.max(0, max - byteLength(mark)));
  if (body.lastIndexOf('<') > body.lastIndexOf('>')) body = body.slice(0, body.lastIndexOf('<'));
  const lastAnchor = body.lastIndexOf('<a ');
  if (lastAnchor > body.lastIndexOf('</a>')) body = body.slice(0, lastAnchor);
  return cutBytes(body + mark, max);
}
