import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { UndertakingNote } from '../features/undertakings/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What the undertakings room has to say to somebody; `remind:…` makes `undertakings.remind`. */
export const tellOfUndertakings =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: UndertakingNote): void =>
    queueText(
      tx,
      {
        kind: `undertakings.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'undertaking',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
