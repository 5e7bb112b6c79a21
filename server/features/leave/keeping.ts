import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';

/** Years that are over are closed two years later at the latest; until then their entries are sums somebody reads. */
const FOUR_YEARS = 1_461;

export const leaveKeepings = (db: Db): Keeping[] => [
  deleteRows(db, {
    kind: 'leave.entries',
    atLeastDays: FOUR_YEARS,
    table: 'leave_entry',
    since: 'bookedAt',
  }),
  deleteRows(db, {
    kind: 'leave.absences',
    atLeastDays: 800,
    table: 'leave_absence',
    since: 'approvedAt',
    where: "state <> 'open'",
  }),
  deleteRows(db, {
    kind: 'leave.service',
    table: 'leave_service',
    since: 'leftAt',
    where: 'leftAt is not null',
  }),
];
