import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue, type JobDefinition, RunAgain } from '../../platform/jobs/index.ts';
import { type AgentSettings, RetryLater, StopAll, type WeCom } from '../../wecom/index.ts';
import { waitFor } from './send.ts';

const APP_JOB = 'messaging.set_app';

/**
 * agent/set (page 90228). Who opens the app is told us: it proves that an account is used (G7). Where somebody is when
 * they do is nobody's business here.
 */
const SETTINGS: AgentSettings = { isreportenter: 1, report_location_flag: 0 };

/** Set the app once per content; called at every start. */
export function enqueueAppSettings(tx: Tx): void {
  const key = createHash('sha256').update(canonicalJson(SETTINGS)).digest('hex');
  enqueue(tx, { name: APP_JOB, key, payload: {} });
}

export const appSettingsJob = (wecom: Pick<WeCom, 'agent'>): JobDefinition => ({
  name: APP_JOB,
  async handle({ now }) {
    try {
      await wecom.agent.set(SETTINGS);
    } catch (error) {
      if (!(error instanceof RetryLater) && !(error instanceof StopAll)) throw error;
      throw new RunAgain(waitFor(error, now) ?? now + 60_000, error.message);
    }
  },
});
