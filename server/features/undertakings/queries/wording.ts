import type { RoomContext } from '../context.ts';
import type { Brief } from '../contract.ts';
import type { TextRow } from '../tables.ts';
import { briefOf } from '../words.ts';

/** A registered version as it is shown; what it is asked for is said of the text in force. */
export function wordsOf(
  { texts }: Pick<RoomContext, 'texts'>,
  { textId, textVersion, title, source, words, sha256, registeredAt }: TextRow,
): Brief & { words: string; sha256: string; registeredAt: number } {
  const present = texts().find((text) => text.textId === textId);
  const occasionWords = present ? briefOf(present).occasionWords : '';
  return { textId, version: textVersion, title, source, occasionWords, words, sha256, registeredAt };
}
