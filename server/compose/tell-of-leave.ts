import type { LeaveNote } from '../features/leave/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What the leave room has to say to somebody; `rung:…` makes `leave.rung`. */
export const tellOfLeave =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, absenceId, words, path }: LeaveNote): void =>
    queueText(
      tx,
      {
        kind: `leave.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'leave',
        subjectId: absenceId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
