import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../kernel/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../kernel/dates.ts';
import { createBudgets } from './budgets.ts';
import { memoryQuotaStore } from './quota-store.ts';
import type { QuotaStore } from './quota-store.ts';
import type { QuotaRule } from './quota-rules.ts';

const START = '2026-11-21T02:00:03Z';
const WINDOW_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

const rule = (limit: number, chunk: number, window: QuotaRule['window'] = 'minute'): QuotaRule => ({
  id: `test.${window}`,
  limit,
  window,
  chunk,
});

/** Lets other calls in between, as a database does. */
function slowStore(): QuotaStore & { calls: number } {
  const store = memoryQuotaStore();
  return {
    calls: 0,
    async lease(requests) {
      this.calls += 1;
      await pause(0);
      return store.lease(requests);
    },
  };
}

describe('leased budgets', () => {
  it('two instances over one store never exceed the limit in any window of its length', async () => {
    const step = fc.record({
      instance: fc.nat(1),
      amount: fc.integer({ min: 1, max: 4 }),
      waitMs: fc.oneof(fc.constant(0), fc.nat(15_000), fc.nat(90_000)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('minute' as const, 'hour' as const),
        fc.array(step, { maxLength: 120 }),
        async (limit, chunk, window, steps) => {
          const tested = rule(limit, chunk, window);
          const clock = new ManualClock(START);
          const store = memoryQuotaStore();
          const instances = [createBudgets(store, clock), createBudgets(store, clock)];
          const spent: { at: number; amount: number }[] = [];
          const scale = window === 'hour' ? 40 : 1;
          for (const { instance, amount, waitMs } of steps) {
            clock.advance(waitMs * scale);
            const short = await instances[instance]?.take([{ rule: tested, subject: 's', amount }]);
            if (short?.length === 0) spent.push({ at: clock.now(), amount });
            for (const { retryAt } of short ?? []) expect(retryAt).toBeGreaterThan(clock.now());
          }
          for (const { at } of spent) {
            const inWindow = spent.filter((one) => one.at >= at && one.at < at + WINDOW_MS[window]);
            expect(inWindow.reduce((sum, one) => sum + one.amount, 0)).toBeLessThanOrEqual(limit);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('at once from many sides: exactly the limit is granted', async () => {
    const clock = new ManualClock(START);
    const store = slowStore();
    const instances = [createBudgets(store, clock), createBudgets(store, clock)];
    const tested = rule(30, 1);
    const results = await Promise.all(
      [...Array(100).keys()].map((n) => instances[n % 2]?.take([{ rule: tested, subject: 's', amount: 1 }])),
    );
    expect(results.filter((short) => short?.length === 0)).toHaveLength(30);
  });

  it('a whole chunk is spent without asking the store again', async () => {
    const store = slowStore();
    const budgets = createBudgets(store, new ManualClock(START));
    const demand = { rule: rule(10_000, 100), subject: 's', amount: 1 };
    const results = await Promise.all([...Array(100).keys()].map(() => budgets.take([demand])));
    expect(results.every((short) => short.length === 0)).toBe(true);
    expect(store.calls).toBe(1);
  });

  it('retryAt keeps its word', async () => {
    const clock = new ManualClock(START);
    const budgets = createBudgets(memoryQuotaStore(), clock);
    const demand = { rule: rule(5, 1), subject: 's', amount: 5 };
    await budgets.take([demand]);
    clock.advance(20_000);
    const [short] = await budgets.take([{ ...demand, amount: 1 }]);
    clock.set(short?.retryAt ?? 0);
    expect(await budgets.take([{ ...demand, amount: 1 }])).toEqual([]);
  });

  it('all demands or none: what one group could not use is there for the next', async () => {
    const budgets = createBudgets(memoryQuotaStore(), new ManualClock(START));
    const small = { rule: { ...rule(1, 1), id: 'small' }, subject: 's', amount: 1 };
    const large = { rule: { ...rule(2, 1), id: 'large' }, subject: 's', amount: 1 };
    expect(await budgets.take([small, large])).toEqual([]);
    expect(await budgets.take([large, small])).toHaveLength(1);
    expect(await budgets.take([large])).toEqual([]);
    expect(await budgets.take([large])).toHaveLength(1);
  });

  it('a day is the natural day in Shanghai', async () => {
    const clock = new ManualClock('2026-11-21T15:59:00Z');
    const budgets = createBudgets(memoryQuotaStore(), clock);
    const demand = { rule: rule(3, 1, 'day'), subject: 's', amount: 3 };
    await budgets.take([demand]);
    expect(await budgets.take([demand])).toMatchObject([{ retryAt: Date.parse('2026-11-21T16:00:00Z') }]);
    clock.set('2026-11-21T16:00:00Z');
    expect(await budgets.take([demand])).toEqual([]);
  });

  it('more than the whole limit never fits', async () => {
    const budgets = createBudgets(memoryQuotaStore(), new ManualClock(START));
    expect(await budgets.take([{ rule: rule(3, 1), subject: 's', amount: 4 }])).toMatchObject([
      { retryAt: Infinity },
    ]);
  });
});
