import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { SealNote } from '../features/seals/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

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
      textWithLink(words, `${publicUrl}${path}`),
    );
