import { HOUR_MS, MINUTE_MS } from '../../../kernel/dates.ts';
import { RunAgain, type Job, type JobHandler } from '../../../platform/jobs/index.ts';
import { isForEverybody } from './client.ts';

const PAUSE_MS = 10 * MINUTE_MS;

/**
 * D7: while nothing of our credential works (bad secret, address not trusted, a permission taken away) one job an hour
 * fails and becomes somebody's business; the thousands that meet the same wait and run by themselves after the cure.
 * @returns what makes a handler wait so; all it is given share the one job that tells
 */
export function waitingForCure(): (handle: JobHandler) => JobHandler {
  let teller: Pick<Job, 'id' | 'now'> | null = null;
  return (handle) => async (job) => {
    try {
      await handle(job);
    } catch (error) {
      if (!isForEverybody(error)) throw error;
      const isTold = teller !== null && teller.id !== job.id && job.now < teller.now + HOUR_MS;
      if (isTold)
        throw new RunAgain(job.now + PAUSE_MS, 'nothing can be written to 企业微信; another job says so');
      teller = teller?.id === job.id ? teller : { id: job.id, now: job.now };
      throw error;
    }
  };
}
