import { RunAgain } from '../platform/jobs/index.ts';
import { WeComError } from '../wecom/index.ts';

/** What was read, or the errcode with which 企业微信 does not let us. */
export type Reading<T> = { readonly value: T } | { readonly refused: number };

const PAUSE_MS = 60_000;

/**
 * Ask in a job, with patience where 企业微信 asks for it (−1, 45009, 45033): the job runs again when it says so.
 * @throws RunAgain; the error itself when nothing can be read at all (bad secret)
 */
export async function reading<T>(now: number, ask: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    if (error.handling === 'retryLater')
      throw new RunAgain(error.retryAt ?? now + PAUSE_MS, `wecom busy (${error.errcode ?? error.reason})`);
    if (error.handling === 'stopAll' || error.errcode === undefined) throw error;
    return { refused: error.errcode };
  }
}
