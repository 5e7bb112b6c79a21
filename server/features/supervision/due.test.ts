import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../kernel/workdays.ts';
import {
  isOverdue,
  moveClock,
  pauseClock,
  resumeClock,
  startClock,
  usedMs,
  type Budget,
  type ClockState,
} from './due.ts';
import { at, calendar, calendarOf, clockOf, holidayYears } from './testing/calendar.ts';

const close = (workdays: number): Budget => ({ workdays, end: 'close' });
const midnight = (workdays: number): Budget => ({ workdays, end: 'midnight' });
const sameTime = (workdays: number): Budget => ({ workdays, end: 'sameTime' });
const minutes = (n: number): Budget => ({ minutes: n });

/** Run, pause, run, … at the given times; tells the due time after each. */
function play(budget: Budget, times: string[], using = calendar): (string | null)[] {
  const [first, ...rest] = times.map(at);
  let clock: ClockState = startClock(budget, first ?? 0, using);
  const seen = [clockOf(clock.dueAt)];
  rest.forEach((time, n) => {
    clock = { ...clock, ...(n % 2 === 0 ? pauseClock : resumeClock)(clock, time, using) };
    seen.push(clockOf(clock.dueAt));
  });
  return seen;
}

describe('the due time is derived from the budget (R36)', () => {
  it.each<[string, Budget, string[], (string | null)[]]>([
    ['one day to the close', close(1), ['2026-11-23 10:20'], ['2026-11-24 17:30']],
    ['one day to 24:00', midnight(1), ['2026-11-23 10:20'], ['2026-11-25 00:00']],
    ['one day, same time', sameTime(1), ['2026-11-23 10:20'], ['2026-11-24 10:20']],
    ['two working hours', minutes(120), ['2026-11-23 17:00'], ['2026-11-24 10:00']],
    ['two working hours, filed on a Sunday', minutes(120), ['2026-11-22 20:00'], ['2026-11-23 10:30']],
    [
      'a pause over one close gives that day back',
      close(3),
      ['2026-11-23 10:20', '2026-11-24 16:00', '2026-11-25 09:00'],
      ['2026-11-26 17:30', null, '2026-11-27 17:30'],
    ],
    [
      'a pause within one day gives nothing back',
      close(3),
      ['2026-11-23 10:20', '2026-11-24 09:00', '2026-11-24 16:00'],
      ['2026-11-26 17:30', null, '2026-11-26 17:30'],
    ],
    [
      'a pause over a weekend only gives nothing back',
      close(3),
      ['2026-11-26 10:20', '2026-11-27 18:00', '2026-11-30 08:00'],
      ['2026-12-01 17:30', null, '2026-12-01 17:30'],
    ],
    [
      'paused and resumed on the opening day',
      close(1),
      ['2026-11-23 09:00', '2026-11-23 10:00', '2026-11-23 11:00'],
      ['2026-11-24 17:30', null, '2026-11-24 17:30'],
    ],
    [
      'minutes go on where they stopped',
      minutes(120),
      ['2026-11-23 09:00', '2026-11-23 10:00', '2026-11-25 11:30'],
      ['2026-11-23 11:00', null, '2026-11-25 14:00'],
    ],
    [
      'a day at the same time goes on where it stopped',
      sameTime(1),
      ['2026-11-23 10:00', '2026-11-23 16:00', '2026-11-26 09:00'],
      ['2026-11-24 10:00', null, '2026-11-26 12:00'],
    ],
    [
      'what had run out stays run out',
      close(1),
      ['2026-11-23 10:20', '2026-11-24 17:30', '2026-11-26 09:00'],
      ['2026-11-24 17:30', '2026-11-24 17:30', '2026-11-24 17:30'],
    ],
  ])('%s', (_name, budget, times, expected) => {
    expect(play(budget, times)).toEqual(expected);
  });

  it('G6 pausing twice and resuming twice change nothing', () => {
    const clock = startClock(close(2), at('2026-11-23 10:20'), calendar);
    const paused = { ...clock, ...pauseClock(clock, at('2026-11-24 18:00'), calendar) };
    expect({ ...paused, ...pauseClock(paused, at('2026-11-25 18:00'), calendar) }).toEqual(paused);
    const resumed = { ...paused, ...resumeClock(paused, at('2026-11-26 09:00'), calendar) };
    expect({ ...resumed, ...resumeClock(resumed, at('2026-11-27 09:00'), calendar) }).toEqual(resumed);
  });
});

describe('whatever the pauses (properties)', () => {
  const budgets = fc.oneof(
    fc.integer({ min: 1, max: 10 }).map(close),
    fc.integer({ min: 1, max: 10 }).map(midnight),
    fc.integer({ min: 1, max: 5 }).map(sameTime),
    fc.integer({ min: 1, max: 3000 }).map(minutes),
  );
  const start = fc.integer({ min: at('2024-01-01 00:00'), max: at('2026-08-01 00:00') });
  const gaps = fc.array(fc.integer({ min: 0, max: 6 * 86_400_000 }), { maxLength: 8 });

  function run(budget: Budget, from: number, steps: number[]) {
    let now = from;
    let clock: ClockState = startClock(budget, from, calendar);
    let pausedFor = 0;
    steps.forEach((gap, n) => {
      now += gap;
      const running = n % 2 === 0;
      if (!running) pausedFor += calendar.workingMsBetween(now - gap, now).ms;
      clock = { ...clock, ...(running ? pauseClock : resumeClock)(clock, now, calendar) };
    });
    return { now, clock, pausedFor };
  }

  it('R36 pauses never shorten the time, and used plus paused is all the time there was', () => {
    fc.assert(
      fc.property(budgets, start, gaps, (budget, from, steps) => {
        const { now, clock, pausedFor } = run(budget, from, steps);
        const plain = startClock(budget, from, calendar);
        if (clock.dueAt !== null) {
          // A day at the same time may end at an opening, which is the closing before it in working time.
          const between = calendar.workingMsBetween(clock.dueAt, plain.dueAt ?? 0).ms;
          expect(between).toBe(0);
        }
        expect(usedMs(clock, now, calendar) + pausedFor).toBe(calendar.workingMsBetween(from, now).ms);
      }),
    );
  });

  it('R36 a minute budget is due exactly when the minutes are used', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), start, gaps, (n, from, steps) => {
        const { clock } = run(minutes(n), from, steps);
        if (clock.dueAt === null || clock.runningSinceAt === null) return;
        if (clock.dueAt <= clock.runningSinceAt) return;
        expect(usedMs(clock, clock.dueAt, calendar)).toBe(n * 60_000);
      }),
    );
  });
});

describe('overdue (G4, G10)', () => {
  it.each([
    ['2026-11-24 23:59:59', false],
    ['2026-11-25 00:00:00', true],
  ])('24:00 at %s', (now, expected) => {
    expect(isOverdue(startClock(midnight(1), at('2026-11-23 10:20'), calendar), at(now))).toBe(expected);
  });

  it('G10 across a make-up Saturday', () => {
    const clock = startClock(close(1), at('2026-02-13 23:59:59'), calendar);
    expect(clockOf(clock.dueAt)).toBe('2026-02-14 17:30');
    expect(isOverdue(clock, at('2026-02-14 17:29:59'))).toBe(false);
    expect(isOverdue(clock, at('2026-02-14 17:30:00'))).toBe(true);
  });

  it('G4 a provisional clock never is', () => {
    const clock = startClock(close(3), at('2026-12-30 10:00'), calendar);
    expect(clock.provisional).toBe(true);
    expect(isOverdue(clock, at('2028-01-01 00:00'))).toBe(false);
  });
});

describe('another calendar (G5)', () => {
  const longer = calendarOf([{ date: '2026-11-24', kind: 'off', name: '校运会' }]);

  it('moves a running clock', () => {
    const clock = startClock(close(1), at('2026-11-23 10:20'), calendar);
    expect(clockOf(moveClock(clock, longer)?.dueAt ?? null)).toBe('2026-11-25 17:30');
    expect(moveClock(clock, calendar)).toBeNull();
  });

  it('leaves a paused clock and one that ran out before it was resumed', () => {
    const clock = startClock(close(1), at('2026-11-23 10:20'), calendar);
    const paused = { ...clock, ...pauseClock(clock, at('2026-11-23 12:00'), calendar) };
    expect(moveClock(paused, longer)).toBeNull();
    const late = { ...clock, ...pauseClock(clock, at('2026-11-24 18:00'), calendar) };
    const resumed = { ...late, ...resumeClock(late, at('2026-11-25 09:00'), calendar) };
    expect(moveClock(resumed, longer)).toBeNull();
  });

  it('G4 makes a provisional time firm when the notice is read', () => {
    const before = createCalendar(holidayYears.filter(({ year }) => year < 2026));
    const clock = startClock(close(2), at('2025-12-30 10:00'), before);
    expect([clockOf(clock.dueAt), clock.provisional]).toEqual(['2026-01-01 17:30', true]);
    expect(moveClock(clock, calendar)).toEqual({ dueAt: at('2026-01-04 17:30'), provisional: false });
  });
});
