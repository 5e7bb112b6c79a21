import type { RepairNote } from '../features/repairs/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What a repair has to say to somebody, with the page it is about; `done:…` makes `repairs.done`. */
export const tellOfRepairs =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: RepairNote): void =>
    queueText(
      tx,
      {
        kind: `repairs.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'repair',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
