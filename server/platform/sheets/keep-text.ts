const SLICED_FROM = 13;

/** V8 keeps a whole piece of the document alive for a longer text cut out of it; a copy lets it go. */
export const keepText = (text: string): string =>
  text.length < SLICED_FROM ? text : Buffer.from(text, 'utf16le').toString('utf16le');
