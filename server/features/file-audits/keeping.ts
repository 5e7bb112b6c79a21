import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, kept, type Keeping } from '../../platform/keeping/index.ts';

/** A year at least: the next yearly audit is held against the one before. */
const A_YEAR = 366;

/** What was found in people's files goes with time; the scores hold nobody and stay (S1-1c). */
export const fileAuditKeepings = (db: Db): Keeping[] => [
  deleteRows(db, {
    kind: 'fileaudits.files',
    atLeastDays: A_YEAR,
    table: 'file_audit_file',
    since: '(select p.endedAt from file_audit_plan p where p.id = file_audit_file.planId)',
    parts: [{ table: 'file_audit_event', column: 'fileId' }],
  }),
  kept('fileaudits.scores'),
];
