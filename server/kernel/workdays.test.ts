import { isWorkday as isWorkdayElsewhere } from 'chinese-workday';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countDays, halfDaySlots, type HalfDayRange } from './count-days.ts';
import { addDays, dateOf, DAY_MS, HOUR_MS, instantOf, MINUTE_MS, minuteOfDay } from './dates.ts';
import { overlaps } from './interval.ts';
import { createCalendar, type HolidayYear } from './workdays.ts';

const years = Array.from(
  { length: 20 },
  (_, n) => JSON.parse(readFileSync(`config/holidays/${2007 + n}.json`, 'utf8')) as HolidayYear,
);
const calendar = createCalendar(years);
const known = { min: Date.parse('2008-01-01T00:00:00Z'), max: Date.parse('2026-10-01T00:00:00Z') };
const instants = fc.integer(known);
const dates = instants.map(dateOf);
const at = (text: string) => Date.parse(`${text}+08:00`);

/** Slow and plain: look at every minute. */
function minutesOneByOne(from: number, until: number): number {
  let count = 0;
  for (let t = from; t < until; t += MINUTE_MS) {
    const minute = minuteOfDay(t);
    const open = (minute >= 510 && minute < 720) || (minute >= 810 && minute < 1050);
    if (open && calendar.isWorkday(dateOf(t)) === true) count += 1;
  }
  return count;
}

/**
 * Where the package (1.16.1) differs from the notices it cites, read one by one: it misses make-up days of
 * 2011–2014, the 70th anniversary of 2015, New Year 2018 and the longer Spring Festival of 2020, and adds days
 * to 2012, 2014 and 2023 that no notice gives.
 */
const WRONG_ELSEWHERE = [
  '2011-01-29',
  '2011-02-12',
  '2011-04-02',
  '2011-12-31',
  '2012-01-29',
  '2012-03-31',
  '2012-04-01',
  '2012-04-28',
  '2012-09-30',
  '2012-10-08',
  '2013-04-07',
  '2013-04-27',
  '2013-04-28',
  '2013-06-08',
  '2013-06-09',
  '2013-10-12',
  '2013-12-29',
  '2014-06-03',
  '2014-06-04',
  '2014-09-09',
  '2014-09-10',
  '2014-10-11',
  '2015-09-03',
  '2015-09-04',
  '2018-01-01',
  '2020-01-31',
  '2020-02-01',
  '2023-01-03',
];

describe('the facts', () => {
  it('agree with chinese-workday on every day it covers, but for its known mistakes (G1, R35)', () => {
    const differing: string[] = [];
    let looked = 0;
    for (let date = '2011-01-01'; date <= '2026-12-27'; date = addDays(date, 1)) {
      looked += 1;
      if (isWorkdayElsewhere(date) !== calendar.isWorkday(date)) differing.push(date);
    }
    expect(looked).toBe(5840);
    expect(differing).toEqual(WRONG_ELSEWHERE);
  });

  it('have a source for every year, in order', () => {
    expect(calendar.years.map(({ year }) => year)).toEqual(Array.from({ length: 20 }, (_, n) => 2007 + n));
    for (const { year, notices } of years) {
      expect(notices.length, String(year)).toBeGreaterThan(0);
      for (const { number } of notices) expect(number ?? '〔〕').toMatch(/〔\d{4}〕\d+号$|^〔〕$/);
    }
  });
});

describe('an unpublished year', () => {
  it('G4 stays unknown; the same day becomes known when the notice is read', () => {
    const without = createCalendar(years.filter(({ year }) => year < 2026));
    expect(without.dayKind('2026-01-05')).toBe('unknown');
    expect(without.isWorkday('2026-01-05')).toBe('unknown');
    expect(without.addWorkdays(at('2025-12-26T10:00'), 2, 'close')).toEqual({
      at: at('2025-12-30T17:30'),
      provisional: true,
    });
    expect(calendar.addWorkdays(at('2025-12-26T10:00'), 2, 'close')).toEqual({
      at: at('2025-12-30T17:30'),
      provisional: false,
    });
  });

  it('G4 reads two papers for the last days of December', () => {
    expect(calendar.deciders('2026-12-27')).toEqual([2026]);
    expect(calendar.deciders('2026-12-28')).toEqual([2026, 2027]);
    expect(calendar.missingYears('2026-12-01', '2026-12-28')).toEqual([]);
    expect(calendar.missingYears('2026-12-01', '2027-01-03')).toEqual([2027]);
    expect(calendar.notices('2025-12-20', '2026-01-02').map(({ year }) => year)).toEqual([2025, 2026]);
    // The 2023 notice made the last day of 2022 a day off: 2022's own paper does not say so.
    const early = createCalendar(years.filter(({ year }) => year <= 2022));
    expect([early.isWorkday('2022-12-30'), calendar.isWorkday('2022-12-30')]).toEqual(['unknown', true]);
    expect([early.isWorkday('2022-12-31'), calendar.dayKind('2022-12-31')]).toEqual(['unknown', 'holiday']);
  });
});

describe('the own calendar', () => {
  const own = createCalendar(years, {
    own: [
      { date: '2026-11-27', kind: 'off', name: '校运会' },
      { date: '2026-11-28', kind: 'work', name: '校庆' },
      { date: '2027-03-01', kind: 'work', name: '开学' },
    ],
  });

  it('G1 wins over the notice and is known in an unpublished year', () => {
    expect(own.day('2026-11-27')).toEqual({
      date: '2026-11-27',
      kind: 'holiday',
      name: '校运会',
      known: true,
    });
    expect(own.dayKind('2026-11-28')).toBe('makeup');
    expect(own.dayKind('2027-03-01')).toBe('workday');
    expect(own.dayKind('2027-03-02')).toBe('unknown');
  });
});

describe('office hours', () => {
  it.each([
    [[]],
    [[{ from: 600, until: 600 }]],
    [[{ from: 600, until: 1500 }]],
    [
      [
        { from: 600, until: 700 },
        { from: 650, until: 720 },
      ],
    ],
  ])('refuses %j', (spans) => {
    expect(() => createCalendar(years, { officeHours: { spans } })).toThrow(RangeError);
  });

  it('are a setting', () => {
    const summer = createCalendar(years, { officeHours: { spans: [{ from: 480, until: 960 }] } });
    expect(summer.workdayMs).toBe(8 * HOUR_MS);
    expect(summer.addWorkdays(at('2026-11-23T10:20'), 1, 'close').at).toBe(at('2026-11-24T16:00'));
    expect(summer.isOpen(at('2026-11-23T12:30'))).toBe(true);
  });

  it('R37 daytime for reminders includes lunch, not the evening, nights or days off', () => {
    const times: [string, boolean, boolean][] = [
      ['2026-11-23T08:29', false, false],
      ['2026-11-23T08:30', true, true],
      ['2026-11-23T12:30', false, true],
      ['2026-11-23T17:29', true, true],
      ['2026-11-23T17:30', false, false],
      ['2026-11-22T10:00', false, false],
      ['2026-10-10T10:00', true, true],
    ];
    for (const [time, open, daytime] of times) {
      expect([time, calendar.isOpen(at(time)), calendar.isOfficeDaytime(at(time))]).toEqual([
        time,
        open,
        daytime,
      ]);
    }
    expect(calendar.nextOfficeDaytime(at('2026-09-30T17:30'))).toBe(at('2026-10-08T08:30'));
  });
});

describe('adding working days (properties)', () => {
  const ends = fc.constantFrom('close' as const, 'midnight' as const, 'sameTime' as const);
  const counts = fc.integer({ min: 1, max: 40 });

  it('G1 never ends on a day off, and later starts never end earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 20 * DAY_MS }), counts, ends, (start, gap, n, end) => {
        const first = calendar.addWorkdays(start, n, end).at;
        const second = calendar.addWorkdays(start + gap, n, end).at;
        const lastDay = dateOf(end === 'midnight' ? first - 1 : first);
        expect(calendar.isWorkday(lastDay)).toBe(true);
        expect(first).toBeGreaterThan(start);
        expect(second).toBeGreaterThanOrEqual(first);
      }),
    );
  });

  it('G2 is additive over days and agrees with counting one by one', () => {
    fc.assert(
      fc.property(dates, counts, counts, (date, a, b) => {
        const middle = calendar.workdaysAfter(date, a).on;
        expect(calendar.workdaysAfter(middle, b).on).toBe(calendar.workdaysAfter(date, a + b).on);
        let seen = 0;
        for (let day = date; seen < a;) {
          day = addDays(day, 1);
          if (calendar.isWorkday(day) === true) seen += 1;
          if (seen === a) expect(day).toBe(middle);
        }
      }),
    );
  });

  it('R34 one day at the same time costs exactly one working day, whatever lies between', () => {
    fc.assert(
      fc.property(instants, counts, (start, n) => {
        const { at: end } = calendar.addWorkdays(start, n, 'sameTime');
        expect(calendar.workingMsBetween(start, end).ms).toBe(n * calendar.workdayMs);
      }),
    );
  });

  it('day ends: the n-th is found by counting them', () => {
    fc.assert(
      fc.property(
        instants,
        counts,
        fc.constantFrom('close' as const, 'midnight' as const),
        (since, n, end) => {
          const { at: until } = calendar.nthDayEnd(since, n, end);
          expect(calendar.dayEndsBetween(since, until, end)).toBe(n);
          expect(calendar.dayEndsBetween(since, until - 1, end)).toBe(n - 1);
        },
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s days', (n) => {
    for (const end of ['close', 'midnight', 'sameTime'] as const) {
      expect(() => calendar.addWorkdays(0, n, end)).toThrow(RangeError);
    }
    expect(() => calendar.workdaysAfter('2026-11-23', n)).toThrow(RangeError);
  });
});

describe('working time (properties)', () => {
  const amounts = fc.integer({ min: 1, max: 60 * HOUR_MS });

  it('is additive and agrees with looking at every minute', () => {
    const minutes = fc.integer({ min: 0, max: 4 * 1440 }).map((m) => m * MINUTE_MS);
    fc.assert(
      fc.property(instants, minutes, minutes, (start, a, b) => {
        const from = Math.floor(start / MINUTE_MS) * MINUTE_MS;
        const [first, second] = [from + a, from + a + b];
        const total = calendar.workingMsBetween(from, second).ms;
        expect(calendar.workingMsBetween(from, first).ms + calendar.workingMsBetween(first, second).ms).toBe(
          total,
        );
        expect(total).toBe(minutesOneByOne(from, second) * MINUTE_MS);
      }),
      { numRuns: 40 },
    );
  });

  it('adding and subtracting end inside office hours of a working day and undo each other', () => {
    fc.assert(
      fc.property(instants, amounts, (from, ms) => {
        const end = calendar.addWorkingMs(from, ms).at;
        expect(calendar.workingMsBetween(from, end).ms).toBe(ms);
        expect(calendar.isOpen(end - 1)).toBe(true);
        const back = calendar.subtractWorkingMs(end, ms).at;
        expect(calendar.workingMsBetween(back, end).ms).toBe(ms);
        expect(calendar.isOpen(back)).toBe(true);
        expect(back).toBeGreaterThanOrEqual(from);
      }),
    );
  });
});

describe('counting days of a leave', () => {
  const half = fc.constantFrom('am' as const, 'pm' as const);
  const ranges = fc
    .tuple(dates, half, fc.integer({ min: 0, max: 40 }), half)
    .filter(([, fromHalf, days, toHalf]) => days > 0 || fromHalf === 'am' || toHalf === 'pm')
    .map(([from, fromHalf, days, toHalf]): HalfDayRange => ({
      from,
      fromHalf,
      to: addDays(from, days),
      toHalf,
    }));

  it('R39 gives multiples of a half, the sum of the strip, never more working than calendar days', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const work = countDays(range, 'workday', calendar);
        const all = countDays(range, 'calendar', calendar);
        expect(Number.isInteger(work.total * 2)).toBe(true);
        expect(work.strip.reduce((sum, day) => sum + day.weight, 0)).toBe(work.total);
        expect(work.total).toBeLessThanOrEqual(all.total);
        const slots = halfDaySlots(range);
        expect(all.total).toBe((slots.until - slots.from) / 2);
        for (const day of work.strip) {
          if (calendar.isWorkday(day.date) === false) expect(day.weight).toBe(0);
        }
      }),
    );
  });

  it('R39 splitting a leave at noon or midnight changes nothing', () => {
    fc.assert(
      fc.property(ranges, fc.nat(), (range, cut) => {
        const { from, until } = halfDaySlots(range);
        if (until - from < 2) return;
        const middle = from + 1 + (cut % (until - from - 1));
        const dateOfSlot = (slot: number) => dateOf(instantOf('1970-01-01') + Math.floor(slot / 2) * DAY_MS);
        const first: HalfDayRange = {
          ...range,
          to: dateOfSlot(middle - 1),
          toHalf: middle % 2 ? 'am' : 'pm',
        };
        const second: HalfDayRange = {
          ...range,
          from: dateOfSlot(middle),
          fromHalf: middle % 2 ? 'pm' : 'am',
        };
        const count = (r: HalfDayRange) => countDays(r, 'workday', calendar).total;
        expect(count(first) + count(second)).toBe(count(range));
        expect(overlaps(halfDaySlots(first), halfDaySlots(second))).toBe(false);
      }),
    );
  });

  it('R39 a full day and a half day on one date overlap; morning and afternoon do not', () => {
    const day = (fromHalf: 'am' | 'pm', toHalf: 'am' | 'pm') =>
      halfDaySlots({ from: '2026-11-26', fromHalf, to: '2026-11-26', toHalf });
    expect(overlaps(day('am', 'pm'), day('pm', 'pm'))).toBe(true);
    expect(overlaps(day('am', 'am'), day('pm', 'pm'))).toBe(false);
  });

  it('G4 says which notice is waited for, and only when it matters', () => {
    const range: HalfDayRange = { from: '2026-12-25', fromHalf: 'am', to: '2027-01-04', toHalf: 'pm' };
    expect(countDays(range, 'workday', calendar)).toMatchObject({ provisional: true, missingYears: [2027] });
    expect(countDays(range, 'calendar', calendar)).toMatchObject({ provisional: false, missingYears: [] });
  });
});
