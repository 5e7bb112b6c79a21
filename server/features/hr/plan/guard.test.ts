import { describe, expect, it } from 'vitest';
import type { Incoming, Limit } from '../model.ts';
import { guard, type GuardInput } from './guard.ts';
import { DEFAULT_LIMITS } from './guard-limits.ts';
import { aKnown, aPerson, aPost, aRow, aSnapshot, aUnit, aUnitRow, plan } from './testing/builders.ts';

const UNITS = [aUnit('A', { name: '机电' }), aUnit('B', { name: '信息' })];
/** 300 people in A, 3 in B. */
const PEOPLE = [
  ...Array.from({ length: 300 }, (_, n) => aPerson(String(1000 + n))),
  ...Array.from({ length: 3 }, (_, n) => aPerson(String(2000 + n), { posts: [aPost('B')] })),
];
const KNOWN = aKnown(PEOPLE, UNITS);

const rowsOf = (leavers: (staffNo: string) => boolean): Incoming[] =>
  PEOPLE.map(({ staffNo, posts }) =>
    aRow(staffNo, {
      unitCodes: posts.map((post) => post.unitCode),
      status: leavers(staffNo) ? 'left' : 'working',
    }),
  );

/** The first so many of A and of B leave. */
const leave = (ofA: number, ofB = 0): Incoming[] =>
  rowsOf((staffNo) => {
    const n = Number(staffNo);
    return n < 2000 ? n < 1000 + ofA : n < 2000 + ofB;
  });

const judge = (rows: readonly Incoming[], more: Partial<GuardInput> = {}, snapshot = {}) =>
  guard(plan(aSnapshot(rows, snapshot), KNOWN), {
    known: KNOWN,
    lastGood: { people: 303 },
    doneToday: [],
    firstRun: false,
    bringers: [],
    ...more,
  });

describe('the guard', () => {
  it('D1 nothing destructive is free', () => {
    expect(judge(leave(0))).toMatchObject({ verdict: 'free', reasons: [] });
  });

  it('D2 D3 within the limits a second person confirms', () => {
    const { verdict, lines } = judge(leave(5));
    expect(verdict).toBe('needsConfirmation');
    expect(lines).toEqual([
      {
        scope: 'run',
        scopeName: '本次',
        planned: 5,
        alreadyToday: 0,
        base: 303,
        max: 15,
        maxPercent: 3,
        exceeded: false,
      },
      {
        scope: 'day',
        scopeName: '今天累计',
        planned: 5,
        alreadyToday: 0,
        base: 303,
        max: 30,
        maxPercent: 5,
        exceeded: false,
      },
      {
        scope: 'topUnit',
        scopeName: '机电',
        planned: 5,
        alreadyToday: 0,
        base: 300,
        max: 5,
        maxPercent: 20,
        exceeded: false,
      },
    ]);
  });

  const exceeded = (result: ReturnType<typeof judge>): string[] =>
    result.lines.filter((line) => line.exceeded).map(({ scopeName }) => scopeName);
  const only = (...limits: Limit[]): Partial<GuardInput> => ({ limits });

  it.each([
    ['run, number', 15, only({ scope: 'run', max: 14, maxPercent: 100 }), ['本次']],
    ['run, number just held', 15, only({ scope: 'run', max: 15, maxPercent: 100 }), []],
    ['run, percent', 10, only({ scope: 'run', max: 1000, maxPercent: 3 }), ['本次']],
    ['run, percent just held', 9, only({ scope: 'run', max: 1000, maxPercent: 3 }), []],
    ['top unit, number', 6, only({ scope: 'topUnit', max: 5, maxPercent: 100 }), ['机电']],
    ['top unit, percent', 61, only({ scope: 'topUnit', max: 1000, maxPercent: 20 }), ['机电']],
    ['all at once', 60, {}, ['本次', '今天累计', '机电']],
  ])('D2 either figure breaks a limit: %s', (_, leavers, more, expected) => {
    const result = judge(leave(leavers), more);
    expect(exceeded(result)).toEqual(expected);
    expect(result.verdict).toBe(expected.length > 0 ? 'overLimit' : 'needsConfirmation');
    expect(result.reasons).toHaveLength(expected.length);
  });

  it('D2 many small runs of a day do not slip through', () => {
    const doneToday = [{ kind: 'leave' as const, topUnitCode: 'A', count: 3, gone: 3 }];
    const result = judge(leave(3), { doneToday });
    expect(exceeded(result)).toEqual(['机电']);
    expect(result.lines.find(({ scope }) => scope === 'day')).toMatchObject({
      planned: 3,
      alreadyToday: 3,
      base: 306,
    });
  });

  it('D2 who goes on a later day counts on the day it was said, and is still employed meanwhile', () => {
    const doneToday = [{ kind: 'leave' as const, topUnitCode: 'A', count: 4, gone: 1 }];
    const day = judge(leave(2), { doneToday }).lines.find(({ scope }) => scope === 'day');
    expect(day).toMatchObject({ planned: 2, alreadyToday: 4, base: 304 });
  });

  it.each([
    [
      'their own record',
      leave(0).map((row) => (row.staffNo === '1000' ? { ...row, grade: '六级' } : row)),
      {},
    ],
    [
      'a unit they become head of',
      leave(0),
      { units: [aUnitRow('A', { name: '机电', headStaffNo: '1000' })] },
    ],
  ])('H3 who brought the statement has %s looked at by somebody else', (_, rows, snapshot) => {
    const own = { personId: KNOWN.people[0]?.personId ?? '', staffNo: '1000' };
    const another = { personId: KNOWN.people[1]?.personId ?? '', staffNo: '1001' };
    expect(judge(rows, {}, snapshot).verdict).toBe('free');
    expect(judge(rows, { bringers: [another] }, snapshot).verdict).toBe('free');
    expect(judge(rows, { bringers: [own] }, snapshot)).toMatchObject({
      verdict: 'needsConfirmation',
      reasons: ['改动了上传人或生成人自己的记录，要由另一位复核'],
    });
  });

  it('D2 what was done in another top unit counts for the day only', () => {
    const doneToday = [
      { kind: 'leave' as const, topUnitCode: 'B', count: 14, gone: 14 },
      { kind: 'hire' as const, topUnitCode: 'A', count: 500, gone: 500 },
    ];
    expect(exceeded(judge(leave(3), { doneToday }))).toEqual(['今天累计']);
  });

  it('D2 one of three people may leave, two may not, nor a second one on the same day', () => {
    expect(judge(leave(0, 1)).verdict).toBe('needsConfirmation');
    expect(exceeded(judge(leave(0, 2)))).toEqual(['信息']);
    const doneToday = [{ kind: 'leave' as const, topUnitCode: 'B', count: 1, gone: 1 }];
    expect(exceeded(judge(leave(0, 1), { doneToday }))).toEqual(['信息']);
    expect(exceeded(judge(leave(0, 1), { alwaysAllowed: 0 }))).toEqual(['信息']);
  });

  it('D2 a limit of nobody holds for one as well', () => {
    const zero = DEFAULT_LIMITS.map((limit) => ({ ...limit, max: 0 }));
    expect(judge(leave(1), { limits: zero }).verdict).toBe('overLimit');
    expect(judge(leave(0), { limits: zero }).verdict).toBe('free');
  });

  it('D2 units to be dissolved are counted by the same limits, on lines of their own', () => {
    const units = Array.from({ length: 40 }, (_, n) => aUnit(`S${n}`, { parentCode: 'B' }));
    const known = aKnown(PEOPLE, [...UNITS, ...units]);
    const kept = [...UNITS, ...units.slice(8)].map(({ code, name }) => aUnitRow(code, { name }));
    const result = guard(plan(aSnapshot(leave(0), { units: kept }), known), {
      known,
      lastGood: null,
      doneToday: [],
      bringers: [],
      firstRun: false,
    });
    expect(exceeded(result)).toEqual(['本次 撤销部门', '今天累计 撤销部门', '信息 撤销部门']);
    expect(result.lines.find(({ scopeName }) => scopeName === '本次 撤销部门')).toMatchObject({
      planned: 8,
      base: 42,
    });
  });

  it('A1 destructive steps of an incomplete source are suspicious, harmless ones are not', () => {
    expect(judge(leave(1), {}, { complete: false })).toMatchObject({ verdict: 'suspicious' });
    expect(judge(leave(0).slice(0, 2), {}, { complete: false })).toMatchObject({ verdict: 'free' });
  });

  describe('A2 floors of a complete statement', () => {
    it('fewer people than 90 % of the last good one', () => {
      const ofA = leave(0);
      expect(judge(ofA, { lastGood: { people: 336 } }).verdict).toBe('free');
      const result = judge(ofA, { lastGood: { people: 337 } });
      expect([result.verdict, result.reasons]).toEqual([
        'suspicious',
        ['来源有 303 人，不到上次 337 人的 90%'],
      ]);
    });
    it('a top unit that had people and has none', () => {
      const result = judge(
        leave(0).filter(({ unitCodes }) => unitCodes[0] === 'A'),
        { lastGood: null },
      );
      expect([result.verdict, result.reasons]).toEqual(['suspicious', ['信息 原有 3 人，来源里一个也没有']]);
    });
    it('but not one that the statement dissolves', () => {
      const rows = leave(0).map((row) => ({ ...row, unitCodes: ['A'] }));
      const result = judge(rows, {}, { units: [aUnitRow('A', { name: '机电' })] });
      expect(result.verdict).toBe('needsConfirmation');
    });
    it('no rows at all, complete or not', () => {
      expect(judge([]).reasons).toEqual(['来源里一行也没有']);
      expect(judge([], {}, { complete: false }).verdict).toBe('suspicious');
    });
    it('A4 unreadable rows are there', () => {
      const rows = leave(0);
      const refusedStaffNos = rows.slice(100).map(({ staffNo }) => staffNo);
      expect(judge(rows.slice(0, 100), {}, { refusedStaffNos }).verdict).toBe('free');
    });
  });

  it('A7 before the first correlation was accepted nothing destructive can be confirmed', () => {
    expect(judge(leave(1), { firstRun: true }).verdict).toBe('suspicious');
    expect(judge(leave(0), { firstRun: true }).verdict).toBe('free');
  });

  it('A2 before D2: a cut file is suspicious, not merely over the limit', () => {
    const result = judge(leave(60), { lastGood: { people: 400 } });
    expect(result.verdict).toBe('suspicious');
    expect(exceeded(result)).not.toEqual([]);
  });
});
