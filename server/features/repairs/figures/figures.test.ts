import { describe, expect, it } from 'vitest';
import { nextOf } from '../commands/recur.ts';
import { lastOver, periodAfter, periodBefore, periodOf } from './periods.ts';
import { reckon, type Counted } from './reckon.ts';

const TERMS = [
  { name: '上学期', fromOn: '2026-02-23', untilOn: '2026-08-31' },
  { name: '下学期', fromOn: '2026-08-31', untilOn: '2027-02-22' },
];

describe('S1-10.1c periods', () => {
  it.each([
    ['week', '2026-11-22', '2026-11-16', '2026-11-23'],
    ['week', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['month', '2026-12-31', '2026-12-01', '2027-01-01'],
    ['month', '2028-02-29', '2028-02-01', '2028-03-01'],
    ['term', '2026-08-31', '2026-08-31', '2027-02-22'],
  ] as const)('%s of %s is from %s until before %s', (kind, on, fromOn, untilOn) => {
    expect(periodOf(kind, on, TERMS)).toMatchObject({ fromOn, untilOn });
  });

  it('the one before ends where this one begins; before the first term there is none', () => {
    const month = periodOf('month', '2026-01-15', TERMS);
    expect(month && periodBefore(month, TERMS)).toMatchObject({
      fromOn: '2025-12-01',
      untilOn: '2026-01-01',
    });
    const term = periodOf('term', '2026-03-01', TERMS);
    expect(term && periodBefore(term, TERMS)).toBeNull();
    expect(periodOf('term', '2025-01-01', TERMS)).toBeNull();
  });

  it('in the holidays between two terms the last one is over, and each finds the other', () => {
    const terms = [
      { name: '上学期', fromOn: '2026-02-23', untilOn: '2026-07-11' },
      { name: '下学期', fromOn: '2026-09-01', untilOn: '2027-01-23' },
    ];
    expect(periodOf('term', '2026-08-01', terms)).toBeNull();
    expect(lastOver('term', '2026-07-10', terms)).toBeNull();
    const [first, second] = ['2026-07-11', '2027-05-01'].map((on) => lastOver('term', on, terms));
    expect([first?.title, second?.title]).toEqual(['上学期', '下学期']);
    expect(second && periodBefore(second, terms)).toEqual(first);
    expect(first && periodAfter(first, terms)).toEqual(second);
    expect(second && periodAfter(second, terms)).toBeNull();
    const week = periodOf('week', '2026-11-22', terms);
    expect(week && periodAfter(week, terms)?.fromOn).toBe('2026-11-23');
    expect(lastOver('month', '2026-12-01', terms)?.fromOn).toBe('2026-11-01');
  });
});

describe('orders that recur', () => {
  it.each([
    ['week', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['month', '2026-01-31', '2026-01-31', '2026-02-28'],
    ['month', '2026-01-31', '2026-02-28', '2026-03-31'],
    ['quarter', '2026-11-30', '2026-11-30', '2027-02-28'],
    ['year', '2028-02-29', '2028-02-29', '2029-02-28'],
    ['year', '2028-02-29', '2031-02-28', '2032-02-29'],
  ] as const)('every %s from %s: after %s comes %s', (every, startsOn, on, next) => {
    expect(nextOf(every, startsOn, on)).toBe(next);
  });
});

const DAY = 450 * 60_000;
const base: Counted = {
  ticketId: 't',
  number: 'BX-2026-0001',
  categoryId: 'water',
  category: '水',
  unitId: 'u1',
  unit: '图书馆',
  personId: 'p1',
  person: '张师傅',
  place: '三楼',
  reportedOn: '2026-11-23',
  state: 'done',
  isTaken: true,
  isTakeLate: false,
  isResolveLate: false,
  lateWho: '',
  workedMs: DAY / 2,
  rating: null,
  isAutoConfirmed: false,
  reworks: 0,
  wasHeld: false,
};

describe('S1-10.1b figures', () => {
  const days = [
    { on: '2026-11-22', works: false },
    { on: '2026-11-23', works: true },
  ];
  const figures = reckon(
    [
      { ...base, rating: 4 },
      {
        ...base,
        ticketId: 'b',
        rating: 5,
        workedMs: 4 * DAY,
        isResolveLate: true,
        lateWho: '张师傅',
        reworks: 1,
      },
      {
        ...base,
        ticketId: 'c',
        state: 'open',
        isTaken: false,
        personId: null,
        isTakeLate: true,
        unitId: 'u2',
        unit: '学生处',
      },
      { ...base, ticketId: 'd', isAutoConfirmed: true, workedMs: DAY },
      { ...base, ticketId: 'e', state: 'cancelled' },
    ],
    days,
    DAY,
  );

  it('counts what was reported and not withdrawn, done in time by the clock, and rates only what was rated', () => {
    expect(figures.total).toEqual({
      id: '',
      name: '合计',
      reported: 4,
      done: 3,
      inTime: 2,
      medianMs: DAY,
      rating: 4.5,
      rated: 2,
      rework: 1,
    });
    expect([figures.open, figures.cancelled, figures.taken, figures.takeInTime]).toEqual([1, 1, 3, 3]);
    expect(figures.autoConfirmed).toBe(1);
  });

  it('adds up: units, categories, days and stars tell the same tickets', () => {
    const sum = (rows: readonly { reported: number }[]) => rows.reduce((n, row) => n + row.reported, 0);
    expect([sum(figures.byUnit), sum(figures.byCategory), sum(figures.byDay)]).toEqual([4, 4, 4]);
    // Lies with nobody yet: of no person.
    expect(sum(figures.byPerson)).toBe(3);
    expect(figures.byDuration.map(({ count }) => count)).toEqual([1, 1, 0, 1]);
    expect(figures.byRating.find(({ stars }) => stars === 5)?.count).toBe(1);
  });

  it('says of what was late in whose hands and why', () => {
    expect(figures.late.map(({ ticketId, who, why }) => [ticketId, who, why])).toEqual([
      ['b', '张师傅', '修好晚'],
      ['c', '', '接单晚'],
    ]);
    expect(figures.lateTotal).toBe(2);
  });

  it('nobody rated is no average, nothing done is no median', () => {
    const none = reckon([{ ...base, state: 'open' }], days, DAY).total;
    expect([none.rating, none.medianMs]).toEqual([null, null]);
  });
});
