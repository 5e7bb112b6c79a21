import type { CallbackData, Job, JobRow } from '../state/records.ts';

/** Runs imports one after the other in the background and tells their end (pages 90979, 90973). */
export interface JobRunner {
  /** 302008 while another one runs. `work` yields the outcome of each row; what it throws ends the job. */
  start(type: Job['type'], total: number, callback: CallbackData | null, work: () => Iterable<JobRow>): Job;
  /** Waits until no job is under way. */
  idle(): Promise<void>;
  stop(): void;
}
