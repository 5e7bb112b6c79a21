import { newId } from '../../kernel/id.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { JobTable } from './tables.ts';

export const JOBS_SIGNAL = 'jobs';

export interface NewJob {
  readonly name: string;
  /** At most 128 characters; the same name and key is one job, kept until its row is cleaned away (a week). */
  readonly key: string;
  readonly payload: unknown;
  /** Epoch ms; now when left out. */
  readonly runAt?: number;
}

/** Write a job in the caller's unit of work: it exists exactly when the work does. */
export function enqueue(tx: Tx, job: NewJob): void {
  tx.append(
    JobTable,
    {
      id: newId(),
      name: job.name,
      jobKey: job.key,
      payload: job.payload,
      state: 'ready',
      runAt: job.runAt ?? tx.now,
      attempts: 0,
      fence: 0,
      leaseUntil: null,
      worker: null,
      lastError: null,
      createdAt: tx.now,
      finishedAt: null,
    },
    'keep',
  );
  tx.signal(JOBS_SIGNAL);
}
