import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixData, FixPermission, RetryLater, WeComError } from './errors.ts';
import { isolating } from './isolating.ts';

const api = 'user/batchdelete';
const refusal = (errcode = 40031): FixData => new FixData({ api, reason: 'errcode', errcode });

describe('D8 isolating what spoils a call', () => {
  it('does all good ones once, tells the bad ones, in calls of no more than the maximum', async () => {
    const given = fc.record({
      count: fc.integer({ min: 0, max: 450 }),
      bad: fc.uniqueArray(fc.integer({ min: 0, max: 449 }), { maxLength: 5 }),
      max: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ count, bad, max }) => {
        const items = Array.from({ length: count }, (_, at) => at);
        const present = new Set(bad.filter((at) => at < count));
        const acted: number[] = [];
        let calls = 0;
        const outcome = await isolating(items, max, async (chunk) => {
          calls += 1;
          expect(chunk.length).toBeLessThanOrEqual(max);
          if (chunk.some((item) => present.has(item))) throw refusal();
          acted.push(...chunk);
        });
        expect(acted).toEqual(items.filter((item) => !present.has(item)));
        expect(outcome.done).toEqual(acted);
        expect(new Set(outcome.refused.map(({ item }) => item))).toEqual(present);
        expect(outcome.left).toEqual([]);
        expect(calls).toBeLessThanOrEqual(
          Math.ceil(count / max) + 2 * present.size * Math.ceil(Math.log2(max) + 1),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('stops where going on is pointless, and says what is left', async () => {
    const limit = new RetryLater({ api, reason: 'errcode', errcode: 45009, retryAt: 5 });
    let calls = 0;
    const outcome = await isolating(['a', 'b', 'c', 'd', 'e'], 2, async () => {
      calls += 1;
      if (calls === 2) throw limit;
    });
    expect(outcome).toEqual({ done: ['a', 'b'], refused: [], left: ['c', 'd', 'e'], stoppedBy: limit });
  });

  it('60011 speaks of one person, 48002 of the secret', async () => {
    const outside = new FixPermission({ api, reason: 'errcode', errcode: 60011 });
    const one = await isolating(['a', 'b'], 200, async (chunk) => {
      if (chunk.includes('b')) throw outside;
    });
    expect(one).toMatchObject({ done: ['a'], refused: [{ item: 'b' }], stoppedBy: undefined });
    const forbidden = new FixPermission({ api, reason: 'errcode', errcode: 48002 });
    const none = await isolating(['a', 'b'], 200, () => Promise.reject(forbidden));
    expect(none).toMatchObject({ done: [], refused: [], left: ['a', 'b'], stoppedBy: forbidden });
  });

  it('an answer that never came is not asked again in halves', async () => {
    const lost = new RetryLater({ api, reason: 'dropped', maybeSent: true });
    let calls = 0;
    const outcome = await isolating(['a', 'b'], 200, () => {
      calls += 1;
      return Promise.reject(lost);
    });
    expect([calls, outcome.stoppedBy?.maybeSent]).toEqual([1, true]);
  });

  it('lets other errors through', async () => {
    const failing = isolating(['a'], 1, () => Promise.reject(new TypeError('ours')));
    await expect(failing).rejects.not.toBeInstanceOf(WeComError);
  });
});
