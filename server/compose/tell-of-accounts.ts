import type { Note } from '../features/accounts/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/**
 * What the accounts room has to say to somebody, with the page it is about. The kind is what stands before the key's
 * colon: `accounts.returned:…` is of kind `accounts.returned`.
 */
export const tellOfAccounts =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: Note): void =>
    queueText(
      tx,
      {
        kind: key.split(':', 1)[0] ?? key,
        personId,
        subjectType: 'account',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
