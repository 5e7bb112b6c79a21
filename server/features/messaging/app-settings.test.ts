import { describe, expect, it } from 'vitest';
import { RunAgain } from '../../platform/jobs/index.ts';
import { type AgentSettings, FixPermission, RetryLater } from '../../wecom/index.ts';
import { appSettingsJob } from './app-settings.ts';

const fault = { api: 'agent/set', reason: 'errcode' as const };

function jobWith(fails: Error | null) {
  const set: AgentSettings[] = [];
  const agent = {
    set: (settings: AgentSettings) => {
      if (fails) return Promise.reject(fails);
      set.push(settings);
      return Promise.resolve();
    },
  };
  const { handle } = appSettingsJob({ agent } as unknown as Parameters<typeof appSettingsJob>[0]);
  return { set, run: () => handle({ payload: {}, attempt: 1, now: 0 } as Parameters<typeof handle>[0]) };
}

describe('how the app is set', () => {
  it('G7 entering is told, where from is not', async () => {
    const { set, run } = jobWith(null);
    await run();
    expect(set).toEqual([{ isreportenter: 1, report_location_flag: 0 }]);
  });

  it('D7 a limit is waited for, a missing permission is a failure somebody sees', async () => {
    const busy = new RetryLater(fault);
    await expect(jobWith(busy).run()).rejects.toBeInstanceOf(RunAgain);
    const barred = new FixPermission(fault);
    await expect(jobWith(barred).run()).rejects.toBe(barred);
  });
});
