import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { NativeNote } from '../features/native-approvals/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** That a step of 企业微信's own 审批 is due or late, with the page it is about. */
export const tellOfNativeApprovals =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: NativeNote): void =>
    queueText(
      tx,
      { kind: 'native.rung', personId, subjectType: 'native_approval', subjectId: personId, ref: key },
      textWithLink(words, `${publicUrl}${path}`),
    );
