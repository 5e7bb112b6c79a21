import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { owedOn, type Owed } from './plan.ts';
import { daysByService, servedFrom } from './service.ts';
import { parseLeaveSettings } from './settings.ts';
import type { AccountStanding } from './store.ts';
import { standingOf, type Entry } from './ledger.ts';

const settings = parseLeaveSettings(JSON.parse(readFileSync('config/leave.json', 'utf8')));
const tiers = settings.types.find(({ type }) => type === 'annual')?.byService ?? [];
const UNKNOWN = { workSinceOn: null, isEntitled: true };

const account = (leaveYear: number, entries: readonly Entry[], leaveType = 'annual'): AccountStanding => ({
  leaveType,
  leaveYear,
  ...standingOf(entries),
  isByService: entries.some(({ kind }) => kind === 'granted'),
  byService: entries.reduce((all, { kind, halves }) => (kind === 'granted' ? all + halves : all), 0),
});
const words = (owed: readonly Owed[]) =>
  owed.map(({ leaveType, leaveYear, kind, halves }) => `${leaveType} ${leaveYear} ${kind} ${halves / 2}`);

describe('年休假 by years of service (条例 3, 人社部令第9号 3)', () => {
  it.each([
    ['2025-12-15', '2026-11-23', 0],
    ['2025-11-30', '2026-11-30', 0],
    ['2025-11-30', '2026-12-01', 5],
    ['2016-12-31', '2026-12-31', 5],
    ['2016-12-31', '2027-01-01', 10],
    ['2006-02-28', '2026-02-28', 10],
    ['2006-02-28', '2026-03-01', 15],
    ['1990-07-01', '2026-11-23', 15],
  ])('since %s gives on %s %d days', (since, on, days) => {
    expect(daysByService(tiers, since, on)).toBe(days);
  });

  it('counts from the month after the anniversary, over the end of a year', () => {
    expect(servedFrom('2016-02-29', 1)).toBe('2017-03-01');
    expect(servedFrom('2016-12-01', 10)).toBe('2027-01-01');
  });
});

describe('what is booked on a day by itself', () => {
  const ten = { workSinceOn: '2010-09-01', isEntitled: true };

  it('books the year once, and what a longer service adds', () => {
    expect(words(owedOn('2026-11-23', ten, [], settings))).toEqual(['annual 2026 granted 10']);
    const booked = account(2026, [{ kind: 'granted', halves: 20 }]);
    expect(owedOn('2026-11-23', ten, [booked], settings)).toEqual([]);
    const twenty = { ...ten, workSinceOn: '2006-09-01' };
    expect(words(owedOn('2026-11-23', twenty, [booked], settings))).toEqual(['annual 2026 granted 5']);
  });

  it('books next year from December on, so that leave over New Year can be asked for', () => {
    const booked = account(2026, [{ kind: 'granted', halves: 20 }]);
    expect(words(owedOn('2026-12-01', ten, [booked], settings))).toEqual(['annual 2027 granted 10']);
  });

  it('knows nothing where the service is not known, and that there is nothing where HR said so', () => {
    expect(owedOn('2026-11-23', UNKNOWN, [], settings)).toEqual([]);
    const none = { workSinceOn: null, isEntitled: false };
    expect(words(owedOn('2026-11-23', none, [], settings))).toEqual(['annual 2026 granted 0']);
    const booked = account(2026, [{ kind: 'granted', halves: 20 }]);
    expect(words(owedOn('2026-11-23', none, [booked], settings))).toEqual(['annual 2026 granted -10']);
  });

  it('carries what is left into the next year, once', () => {
    const past = account(2026, [
      { kind: 'granted', halves: 20 },
      { kind: 'used', halves: -13 },
    ]);
    expect(words(owedOn('2027-01-01', UNKNOWN, [past], settings))).toEqual([
      'annual 2026 carriedOut -3.5',
      'annual 2027 carriedIn 3.5',
    ]);
  });

  it('lets it lapse after its day, and what comes back too late with it', () => {
    const lapsed = account(2026, [{ kind: 'carriedIn', halves: 4 }], 'inLieu');
    expect(owedOn('2026-06-30', UNKNOWN, [lapsed], settings)).toEqual([]);
    expect(words(owedOn('2026-07-01', UNKNOWN, [lapsed], settings))).toEqual(['inLieu 2026 lapsed -2']);
    const late = account(2025, [{ kind: 'granted', halves: 2 }], 'inLieu');
    expect(words(owedOn('2026-07-01', UNKNOWN, [late], settings))).toEqual(['inLieu 2025 lapsed -1']);
  });
});
