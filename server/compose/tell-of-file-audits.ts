import type { FileAuditNote } from '../features/file-audits/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What an audit of files has to say to somebody, with the page it is about; `self:…` makes `fileaudits.self`. */
export const tellOfFileAudits =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: FileAuditNote): void =>
    queueText(
      tx,
      {
        kind: `fileaudits.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'file_audit',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
