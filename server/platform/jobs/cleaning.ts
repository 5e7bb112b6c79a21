import type { Db } from '../db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../keeping/index.ts';

/** Finished jobs are kept for their keys and for whoever asks what ran; failed ones until somebody acts. */
export const keepingOfJobs = (db: Db): Keeping =>
  deleteRows(db, {
    kind: 'jobs.done',
    // A job of today may not be enqueued again because its key is still known.
    atLeastDays: 2,
    table: 'job',
    since: 'finishedAt',
    where: `state = 'done'`,
  });
