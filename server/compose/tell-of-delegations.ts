import type { DelegationNote } from '../features/delegations/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What the delegations room has to say to somebody; `begin:…` makes `delegations.begin`. */
export const tellOfDelegations =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, aboutId, words, path }: DelegationNote): void =>
    queueText(
      tx,
      {
        kind: `delegations.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'agency',
        subjectId: aboutId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
