import { V7Generator } from 'uuidv7';

/** Random words are drawn many at a time: one at a time, drawing them costs more than the rest of an identifier. */
const words = new Uint32Array(1024);
let drawn = words.length;

const nextUint32 = (): number => {
  if (drawn === words.length) {
    crypto.getRandomValues(words);
    drawn = 0;
  }
  return words[drawn++] ?? 0;
};

const generator = new V7Generator({ nextUint32 });

/** A new time-ordered identifier: 32 lower-case hex digits (UUIDv7). Fits a card's task id and a URL. */
export function newId(): string {
  return generator.generate().toHex();
}
