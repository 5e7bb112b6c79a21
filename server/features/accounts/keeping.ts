import type { Reads } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';
import type { AccountsContext } from './commands/context.ts';
import { newcomerKeeping } from './newcomers/keeping.ts';

/** H10: logs of use for at least six months. */
const LOGS = 184;

/** What an inspection read and found of people; its letters, replies and requests stay as the proof of what was done. */
export const accountsKeepings = ({
  db,
  releaseFiles,
}: Pick<AccountsContext, 'db' | 'releaseFiles'>): Keeping[] => [
  newcomerKeeping({ db, releaseFiles }),
  deleteRows(db, {
    kind: 'accounts.evidence',
    atLeastDays: LOGS,
    table: 'account_evidence',
    since: 'importedAt',
  }),
  deleteRows(db, {
    kind: 'accounts.entries',
    atLeastDays: LOGS,
    table: 'account_app_entry',
    since: 'lastAt',
  }),
  deleteRows(db, {
    kind: 'accounts.findings',
    atLeastDays: LOGS,
    table: 'account_finding',
    since: '(select i.ranAt from account_inspection i where i.id = account_finding.inspectionId)',
  }),
];

/** Fill for `directory.onForgetting`: whose account is not cancelled yet, or whose request is not finished. */
export async function notFinishedOf(reads: Reads, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const marks = personIds.map(() => '?').join(', ');
  const rows = await reads.em.query<{ personId: string }[]>(
    `select personId from account where personId in (${marks}) and state not in ('none', 'cancelled')
     union select personId from account_request where personId in (${marks}) and status not in ('done', 'withdrawn')`,
    [...personIds, ...personIds],
  );
  return rows.map(({ personId }) => personId);
}
