import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startClock, type Budget } from './due.ts';
import { breachesNow, nextCheckAt, RUNGS, rungsOf, rungToFire, type RungState } from './rungs.ts';
import { DEFAULT_CLOCK } from './settings.ts';
import { at, calendar, clockOf } from './testing/calendar.ts';

const state = (budget: Budget, openedAt: string, more: Partial<RungState> = {}): RungState => ({
  ...startClock(budget, at(openedAt), calendar),
  rungPlan: DEFAULT_CLOCK.rungPlan,
  rungLevel: 0,
  breachedAt: null,
  ...more,
});
const day: Budget = { workdays: 1, end: 'close' };

describe('where the rungs lie', () => {
  it.each<[string, Budget, string, string[]]>([
    [
      'a day: the morning of the last day',
      day,
      '2026-11-25 14:10',
      ['2026-11-26 08:30', '2026-11-26 17:30', '2026-11-27 17:30'],
    ],
    [
      'due on Friday, red on Monday',
      day,
      '2026-11-26 10:00',
      ['2026-11-27 08:30', '2026-11-27 17:30', '2026-11-30 17:30'],
    ],
    [
      'over National Day',
      day,
      '2026-09-30 10:00',
      ['2026-10-08 08:30', '2026-10-08 17:30', '2026-10-09 17:30'],
    ],
    [
      'two hours: halfway, not at once',
      { minutes: 120 },
      '2026-11-25 09:00',
      ['2026-11-25 10:00', '2026-11-25 11:00', '2026-11-26 11:00'],
    ],
    [
      'a day at the same time: halfway',
      { workdays: 1, end: 'sameTime' },
      '2026-11-25 14:10',
      ['2026-11-26 08:55', '2026-11-26 14:10', '2026-11-27 14:10'],
    ],
  ])('%s', (_name, budget, openedAt, expected) => {
    expect(rungsOf(state(budget, openedAt), calendar).map((r) => clockOf(r.at))).toEqual(expected);
  });

  it('G4 a provisional due time warns but accuses nobody', () => {
    expect(rungsOf(state(day, '2026-12-30 10:00'), calendar).map((r) => r.rung)).toEqual(['amber']);
  });

  it('has none while paused or when nobody wants reminders', () => {
    expect(rungsOf(state(day, '2026-11-25 14:10', { runningSinceAt: null, dueAt: null }), calendar)).toEqual(
      [],
    );
    expect(rungsOf(state(day, '2026-11-25 14:10', { rungPlan: null }), calendar)).toEqual([]);
  });
});

describe('R37 firing', () => {
  const friday = state(day, '2026-11-26 10:00');

  it.each<[string, number, string | null]>([
    ['2026-11-27 08:29', 0, null],
    ['2026-11-27 08:30', 0, 'amber'],
    ['2026-11-27 08:31', 1, null],
    ['2026-11-27 17:30', 1, null],
    ['2026-11-28 10:00', 1, null],
    ['2026-11-30 08:30', 1, 'due'],
    ['2026-11-30 08:30', 0, 'due'],
    ['2026-11-30 17:30', 2, null],
    ['2026-12-01 08:30', 2, 'red'],
    ['2026-12-01 08:30', 0, 'red'],
    ['2026-12-01 08:30', 3, null],
  ])('at %s with %i behind: %s', (now, rungLevel, expected) => {
    expect(rungToFire({ ...friday, rungLevel }, at(now), calendar)?.rung ?? null).toBe(expected);
  });

  it.each<[string, number, number | null, string | null]>([
    ['2026-11-26 10:00', 0, null, '2026-11-27 08:30'],
    ['2026-11-27 08:30', 1, null, '2026-11-27 17:30'],
    ['2026-11-27 17:30', 1, 1, '2026-11-30 08:30'],
    ['2026-11-30 08:30', 2, 1, '2026-12-01 08:30'],
    ['2026-12-01 08:30', 3, 1, null],
  ])('next look after %s', (now, rungLevel, breachedAt, expected) => {
    expect(clockOf(nextCheckAt({ ...friday, rungLevel, breachedAt }, at(now), calendar))).toBe(expected);
  });

  it('without reminders the breach is still looked for, once', () => {
    const quiet = { ...friday, rungPlan: null };
    expect(clockOf(nextCheckAt(quiet, at('2026-11-26 10:00'), calendar))).toBe('2026-11-27 17:30');
    expect(breachesNow(quiet, at('2026-11-27 17:29'))).toBe(false);
    expect(breachesNow(quiet, at('2026-11-27 17:30'))).toBe(true);
    expect(nextCheckAt({ ...quiet, breachedAt: 1 }, at('2026-11-27 17:30'), calendar)).toBeNull();
  });

  it('G4 a provisional due time is looked at once, for the alarm', () => {
    const open = state(day, '2026-12-30 10:00', { rungLevel: 1 });
    expect(nextCheckAt(open, at('2026-12-30 10:00'), calendar)).toBe(open.dueAt);
    expect(nextCheckAt(open, open.dueAt ?? 0, calendar)).toBeNull();
    expect(breachesNow(open, open.dueAt ?? 0)).toBe(false);
  });

  it('swept at any moments each rung fires at most once, in office daytime, in rising order, and it comes to rest', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 5 * 86_400_000 }), { minLength: 1, maxLength: 12 });
    const start = fc.integer({ min: at('2025-01-01 00:00'), max: at('2026-09-01 00:00') });
    fc.assert(
      fc.property(
        start,
        moments,
        fc.constantFrom<Budget>(day, { minutes: 200 }, { workdays: 2, end: 'midnight' }),
        (from, gaps, budget) => {
          let now = from;
          let present: RungState = {
            ...state(budget, '2026-11-25 14:10'),
            ...startClock(budget, from, calendar),
          };
          const fired: number[] = [];
          for (const gap of [...gaps, 90 * 86_400_000]) {
            now = Math.max(now + gap, now);
            if (breachesNow(present, now)) present = { ...present, breachedAt: present.dueAt };
            const rung = rungToFire(present, now, calendar);
            if (rung) {
              expect(calendar.isOfficeDaytime(now)).toBe(true);
              expect(rung.at).toBeLessThanOrEqual(now);
              fired.push(RUNGS.indexOf(rung.rung));
              present = { ...present, rungLevel: RUNGS.indexOf(rung.rung) + 1 };
            }
            const next = nextCheckAt(present, now, calendar);
            if (next !== null) expect(next).toBeGreaterThan(now);
          }
          expect(fired).toEqual([...new Set(fired)].sort());
        },
      ),
    );
  });
});
