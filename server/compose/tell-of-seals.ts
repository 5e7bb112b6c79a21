import { queueText } from '../features/messaging/index.ts';
import type { SealNote } from '../features/seals/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** People's own words go along; a text of 企业微信 knows links, and theirs are none. */
const asText = (words: string): string => words.replaceAll('<', '＜');

/** What the seals room has to say to somebody, with the page it is about; `new:…` makes `seals.new`. */
export const tellOfSeals =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: SealNote): void =>
    queueText(
      tx,
      {
        kind: `seals.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'seal_use',
        subjectId: personId,
        ref: key,
      },
      `${asText(words)}\n<a href="${publicUrl}${path}">打开</a>`,
    );
