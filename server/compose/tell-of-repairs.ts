import type { RepairNote } from '../features/repairs/index.ts';
import { queueText } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** People's own words go along; a text of 企业微信 knows links, and theirs are none. */
const asText = (words: string): string => words.replaceAll('<', '＜');

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
      `${asText(words)}\n<a href="${publicUrl}${path}">打开</a>`,
    );
