import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../testing/stage.ts';
import { lettersFor } from './letters.ts';
import { consequenceOf } from './reply.ts';
import { figuresOf, inspect, type InspectedAccount, type Source } from './verdict.ts';
import { endedMonth, nextMonth, telling, windowOf } from './window.ts';

describe('the window (G7)', () => {
  it.each([
    ['2026-10', 9, '2026-10-09', '2026-11-09'],
    ['2026-01', 31, '2026-01-31', '2026-02-28'],
    ['2028-01', 31, '2028-01-31', '2028-02-29'],
    ['2026-02', 31, '2026-02-28', '2026-03-31'],
    ['2026-12', 15, '2026-12-15', '2027-01-15'],
  ])('G7 %s, day %i: from %s until before %s', (month, day, fromOn, untilOn) => {
    expect(windowOf(month, day)).toEqual({ fromOn, untilOn });
  });

  it.each([
    ['2026-11-08', 9, '2026-09'],
    ['2026-11-09', 9, '2026-10'],
    ['2026-12-31', 31, '2026-11'],
    ['2027-01-30', 31, '2026-11'],
    ['2027-01-31', 31, '2026-12'],
    ['2027-02-28', 31, '2027-01'],
  ])('S3-4a on %s, day %i, the month inspected last is %s', (today, day, month) => {
    expect(endedMonth(today, day)).toBe(month);
    expect(windowOf(month, day).untilOn <= today).toBe(true);
    expect(windowOf(nextMonth(month), day).untilOn > today).toBe(true);
  });

  it('G7 windows of following months touch and never overlap, whatever the day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2007, max: 2099 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, number, day) => {
          const month = `${year}-${String(number).padStart(2, '0')}`;
          const window = windowOf(month, day);
          expect(window.fromOn < window.untilOn).toBe(true);
          expect(windowOf(nextMonth(month), day).fromOn).toBe(window.untilOn);
        },
      ),
    );
  });
});

const window = windowOf('2026-10', 9);
const source = (more: Partial<Source> = {}): Source => ({
  code: 'appEntry',
  label: '进应用',
  required: true,
  cutOffAt: at('2026-11-09 02:00'),
  last: new Map(),
  ...more,
});
const account = (personId: string, more: Partial<InspectedAccount> = {}): InspectedAccount => ({
  personId,
  state: 'open',
  openedAt: at('2020-09-01 08:00'),
  lockedAt: null,
  unlockedAt: null,
  joinedOn: '2020-09-01',
  leaves: [],
  ...more,
});
const verdictOf = (one: InspectedAccount, sources = [source()]) => {
  const [found] = inspect([one], sources, window);
  return `${found?.verdict} ${found?.ruleCode}`;
};

describe('the verdict', () => {
  it.each([
    ['S3-4b nothing in the window: listed', account('a'), 'listed noEvidence'],
    ['G7 joined inside the window', account('a', { joinedOn: '2026-10-20' }), 'excluded excluded:joined'],
    ['G7 joined on the first day', account('a', { joinedOn: '2026-10-09' }), 'excluded excluded:joined'],
    [
      'G7 opened inside the window',
      account('a', { openedAt: at('2026-11-01 09:00') }),
      'excluded excluded:opened',
    ],
    [
      'G7 C13 locked inside the window',
      account('a', { lockedAt: at('2026-11-03 09:00') }),
      'excluded excluded:locked',
    ],
    [
      'C13 locked before and still locked: not counted as inactive',
      account('a', { lockedAt: at('2026-03-03 09:00') }),
      'excluded excluded:locked',
    ],
    [
      'locked and unlocked long ago',
      account('a', { lockedAt: at('2026-03-03 09:00'), unlockedAt: at('2026-04-01 09:00') }),
      'listed noEvidence',
    ],
    [
      'G7 on leave',
      account('a', { leaves: [{ fromOn: '2026-09-01', untilOn: '2026-12-01', words: '病假到 11-30' }] }),
      'excluded excluded:leave',
    ],
    [
      'leave that ended before',
      account('a', { leaves: [{ fromOn: '2026-09-01', untilOn: '2026-10-09', words: '病假' }] }),
      'listed noEvidence',
    ],
  ])('%s', (_name, one, expected) => {
    expect(verdictOf(one)).toBe(expected);
  });

  it('S3-4b one act in any source is use, from the first moment of the window', () => {
    const inOther = [
      source(),
      source({
        code: 'ownActs',
        label: '本系统办事',
        required: false,
        last: new Map([['a', at('2026-10-09 00:00')]]),
      }),
    ];
    expect(verdictOf(account('a'), inOther)).toBe('active evidence:ownActs');
    expect(verdictOf(account('a'), [source({ last: new Map([['a', at('2026-10-08 23:59')]]) })])).toBe(
      'listed noEvidence',
    );
  });

  it('G7 a last act after the window hides those inside it, so nobody is accused by it; the words say so', () => {
    const after = source({ last: new Map([['a', at('2026-11-09 00:00')]]) });
    const [found] = inspect([account('a')], [after], window);
    expect(found).toMatchObject({
      verdict: 'active',
      ruleCode: 'evidence:appEntry',
      ruleWords: '有操作（窗口之后）：进应用',
      evidence: [{ inside: false, lastAt: at('2026-11-09 00:00') }],
    });
    const inside = source({ code: 'operLog', label: '日志', last: new Map([['a', at('2026-11-08 23:59')]]) });
    expect(inspect([account('a')], [after, inside], window)[0]).toMatchObject({
      verdict: 'active',
      ruleCode: 'evidence:operLog',
      ruleWords: '有操作：日志',
    });
    expect(verdictOf(account('a', { joinedOn: '2026-10-20' }), [after])).toBe('excluded excluded:joined');
  });

  it('G7 of several acts of one source the last inside the window tells, else the last after it', () => {
    const instant = fc.integer({ min: at('2026-09-20 00:00'), max: at('2026-11-30 00:00') });
    const { from, until } = { from: at('2026-10-09 00:00'), until: at('2026-11-09 00:00') };
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1 }), (acts) => {
        const told = acts.reduce((known, act) => telling(known, act, window));
        const within = acts.filter((act) => act >= from && act < until);
        expect(told).toBe(Math.max(...(within.length > 0 ? within : acts)));
      }),
    );
  });

  it('S3-4b no verdict when a required source is missing or ends before the window; an empty one is none missing', () => {
    const active = new Map([['a', at('2026-10-20 09:00')]]);
    for (const cutOffAt of [null, at('2026-11-08 23:59')]) {
      const found = inspect(
        [account('a'), account('b')],
        [source({ last: active }), source({ code: 'operLog', label: '操作日志', cutOffAt })],
        window,
      );
      expect(found.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided']);
      expect(found[0]?.ruleWords).toBe('操作日志没取到，不能下结论');
    }
    const optional = source({ code: 'ownActs', required: false, cutOffAt: null });
    expect(verdictOf(account('a'), [source(), optional])).toBe('listed noEvidence');
  });

  it('S3-4a the figures add up to all accounts', () => {
    const people = ['a', 'b', 'c'].map((id) => account(id, id === 'b' ? { joinedOn: '2026-10-20' } : {}));
    const figures = figuresOf(
      inspect(people, [source({ last: new Map([['c', at('2026-10-20 09:00')]]) })], window),
    );
    expect(figures).toEqual({ total: 3, active: 1, excluded: 1, listed: 1, undecided: 0 });
  });
});

describe('letters and replies', () => {
  const listed = [
    { personId: 'a', unitId: 'jidian', leadersOfficeId: null },
    { personId: 'b', unitId: 'jidian', leadersOfficeId: null },
    { personId: 'c', unitId: 'jidian', leadersOfficeId: 'dzb' },
    { personId: 'd', unitId: null, leadersOfficeId: null },
  ];
  it('S3-4c S3-4d one letter per unit, leaders’ accounts to the named office', () => {
    expect(lettersFor(listed, new Set())).toEqual({
      letters: [
        { unitId: 'jidian', forLeaders: false, personIds: ['a', 'b'] },
        { unitId: 'dzb', forLeaders: true, personIds: ['c'] },
      ],
      homeless: ['d'],
    });
  });

  it('G8 what is in a letter already is in no second one', () => {
    expect(lettersFor(listed, new Set(['a', 'b', 'c', 'd'])).letters).toEqual([]);
    expect(lettersFor(listed, new Set(['a'])).letters.map(({ personIds }) => personIds)).toEqual([
      ['b'],
      ['c'],
    ]);
  });

  it('S3-4f only "has left" cancels', () => {
    expect((['left', 'keep', 'lock', 'other'] as const).map((kind) => consequenceOf({ kind }))).toEqual([
      'cancel',
      'none',
      'lock',
      'none',
    ]);
  });
});
