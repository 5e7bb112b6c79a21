import type { Note } from './features/accounts/index.ts';
import { queueText } from './features/messaging/index.ts';
import type { Tx } from './platform/db/unit-of-work.ts';

/** What the accounts room has to say to somebody, with the page it is about; `submitted:…` makes `accounts.submitted`. */
export const tellOfAccounts =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: Note): void =>
    queueText(
      tx,
      {
        kind: `accounts.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'account',
        subjectId: personId,
        ref: key,
      },
      `${words}\n<a href="${publicUrl}${path}">打开</a>`,
    );
