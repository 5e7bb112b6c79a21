import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';

/** Requests keep in their own history who decided for whom; the rule behind it goes some years after it ended. */
export const delegationsKeeping = (db: Db): Keeping =>
  deleteRows(db, {
    kind: 'delegations.ended',
    atLeastDays: 184,
    table: 'approval_delegation',
    since: 'endedAt',
    where: 'endedAt is not null',
  });
