import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';

/** What somebody gave, and was asked, goes with the person, so long after they left; never while they are here. */
export const undertakingsKeeping = (db: Db): Keeping =>
  deleteRows(db, {
    kind: 'undertakings.given',
    atLeastDays: 184,
    table: 'undertaking_stay',
    since: 'leftAt',
    where: 'leftAt is not null',
    parts: [
      { table: 'undertaking_given', column: 'personId' },
      { table: 'undertaking_ask', column: 'personId' },
    ],
  });
