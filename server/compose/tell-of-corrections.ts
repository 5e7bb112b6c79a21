import type { CorrectionNote } from '../features/corrections/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What the corrections room has to say to somebody, with the page it is about; `asked:…` makes `corrections.asked`. */
export const tellOfCorrections =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: CorrectionNote): void =>
    queueText(
      tx,
      {
        kind: `corrections.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'correction',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
