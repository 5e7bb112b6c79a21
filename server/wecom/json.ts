/**
 * JSON as 企业微信 needs it. Reading: integers beyond 2^53 (MsgId and the like) stay strings, because as numbers
 * they would silently become other ids. Writing: raw UTF-8 only, because some endpoints refuse `\uXXXX` with 40033,
 * and JSON.stringify writes that form for control characters and lone surrogates.
 */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Throws SyntaxError like JSON.parse. */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKENS, (token) => (isUnsafeInteger(token) ? `"${token}"` : token)));
}

function isUnsafeInteger(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
}

export function encodeJson(value: unknown): Buffer {
  const text = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? plainText(member) : member,
  );
  return Buffer.from(text, 'utf8');
}

/** Without control characters (tab and line breaks stay) and without halves of surrogate pairs. */
export function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what has to go (40033)
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
