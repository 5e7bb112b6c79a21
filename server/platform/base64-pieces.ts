/** Four signs are three bytes. */
const SIGNS = 4;

/** The bytes of a long base64 text, of either alphabet, as its pieces come. */
export async function* base64Bytes(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece.toString('latin1');
    const whole = text.length - (text.length % SIGNS);
    rest = text.slice(whole);
    if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64');
  }
  if (rest !== '') yield Buffer.from(rest, 'base64');
}
