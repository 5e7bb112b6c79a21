import type { Db } from '../../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../../platform/keeping/index.ts';

/** Who may design is kept while they may; the record of acts says who published what. */
export const designKeeping = (db: Db): Keeping =>
  deleteRows(db, {
    kind: 'approvals.designRights',
    atLeastDays: 184,
    table: 'approval_design_right',
    since: 'endedAt',
    where: 'endedAt is not null',
  });
