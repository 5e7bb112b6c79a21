import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, at, type Stage } from '../testing/stage.ts';
import { appEntryEvidence, foldAppEntries } from './app-entries.ts';
import type { EntryLog } from './sources.ts';
import { AppEntryTable } from './tables.ts';
import { windowOf } from './window.ts';

let s: Stage;
/** What waits in messaging, as it would come. */
let waiting: { personId: string | null; at: number }[];
const log: EntryLog = {
  systemCode: 'wecom',
  take: (_tx, { from, before, limit }) => {
    const next = waiting.filter((one) => one.at >= from && one.at < before).slice(0, limit);
    waiting = waiting.filter((one) => !next.includes(one));
    return Promise.resolve(next);
  },
};
const window = windowOf('2026-10', 9);
const fold = () => foldAppEntries({ ...s.ctx, entryLog: log }, s.t.clock.now());
const rows = async () =>
  (await s.read((reads) => reads.em.getRepository(AppEntryTable).find()))
    .map(({ personId, enteredOn, lastAt }) => `${personId} ${enteredOn} ${lastAt}`)
    .sort();
const reading = () => s.read((reads) => appEntryEvidence('wecom').read(reads, window));

beforeEach(async () => {
  s = await openStage('2026-10-20T09:00:00+08:00');
  waiting = [];
});
afterEach(() => s.t.close());

describe('who opened the app (G7)', () => {
  it('G7 one row per person and day with the last time; strangers are left out; before the first fold there is no source', async () => {
    expect(await reading()).toBeNull();
    waiting = [
      { personId: 'zhang', at: at('2026-10-19 23:59') },
      { personId: 'zhang', at: at('2026-10-20 08:00') },
      { personId: null, at: at('2026-10-20 08:01') },
      { personId: 'zhang', at: at('2026-10-20 08:30') },
      { personId: 'fang', at: at('2026-10-20 08:59') },
    ];
    await fold();
    // The last one may still have company; it waits for the next time.
    expect(waiting).toHaveLength(1);
    expect(await rows()).toEqual([
      `zhang 2026-10-19 ${at('2026-10-19 23:59')}`,
      `zhang 2026-10-20 ${at('2026-10-20 08:30')}`,
    ]);
    s.go('2026-10-20 12:00');
    waiting.push({ personId: 'zhang', at: at('2026-10-20 11:00') });
    await fold();
    await fold();
    expect(await rows()).toEqual([
      `fang 2026-10-20 ${at('2026-10-20 08:59')}`,
      `zhang 2026-10-19 ${at('2026-10-19 23:59')}`,
      `zhang 2026-10-20 ${at('2026-10-20 11:00')}`,
    ]);
    const evidence = await reading();
    expect(evidence?.cutOffAt).toBe(at('2026-10-20 11:58'));
    expect(evidence?.last.get('zhang')).toBe(at('2026-10-20 11:00'));
  });

  it('G7 more than one unit of work takes, all of them, and one that came late counts', async () => {
    const start = at('2026-10-19 08:00');
    waiting = Array.from({ length: 1_203 }, (_, n) => ({ personId: `p${n % 7}`, at: start + n * 1_000 }));
    await fold();
    expect(waiting).toEqual([]);
    expect(await rows()).toHaveLength(7);
    s.go('2026-10-20 09:20');
    waiting = [{ personId: 'zhang', at: at('2026-10-20 08:10') }];
    await fold();
    expect(await rows()).toHaveLength(8);
  });

  it('G7 only what lies inside the window proves use in it', async () => {
    waiting = [{ personId: 'zhang', at: at('2026-10-08 23:59') }];
    await fold();
    waiting = [];
    expect((await reading())?.last.size).toBe(0);
  });
});
