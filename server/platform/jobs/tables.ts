import { EntitySchema } from 'typeorm';
import * as c from '../db/columns.ts';

export type JobState = 'ready' | 'running' | 'done' | 'failed';

export interface JobRow {
  id: string;
  name: string;
  /** Unique per name: the same work enqueued twice is one job. Holds the version or time bucket where work repeats. */
  jobKey: string;
  /** Ids only; the handler looks at the present state. */
  payload: unknown;
  state: JobState;
  runAt: number;
  attempts: number;
  /** Raised at every claim; a holder whose lease ran out cannot finish the job with its old number. */
  fence: number;
  leaseUntil: number | null;
  worker: string | null;
  lastError: string | null;
  createdAt: number;
  finishedAt: number | null;
}

export const JobTable = new EntitySchema<JobRow>({
  name: 'job',
  tableName: 'job',
  columns: {
    id: c.id(),
    name: c.code(64),
    jobKey: c.code(128),
    payload: c.json(),
    state: c.code(16),
    runAt: c.instant(),
    attempts: c.integer(),
    fence: c.integer(),
    leaseUntil: c.nullable(c.instant()),
    worker: c.nullable(c.code(32)),
    lastError: c.nullable(c.label(500)),
    createdAt: c.instant(),
    finishedAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'job_name_key', columns: ['name', 'jobKey'], unique: true },
    { name: 'job_due', columns: ['state', 'runAt'] },
    { name: 'job_worker', columns: ['worker', 'state'] },
  ],
});

export interface JobLockRow {
  name: string;
  holder: string;
  leaseUntil: number;
}

/** Who may run an exclusive job now. */
export const JobLockTable = new EntitySchema<JobLockRow>({
  name: 'job_lock',
  tableName: 'job_lock',
  columns: { name: { ...c.code(64), primary: true }, holder: c.code(32), leaseUntil: c.instant() },
});

export const jobTables = [JobTable, JobLockTable] as const;
