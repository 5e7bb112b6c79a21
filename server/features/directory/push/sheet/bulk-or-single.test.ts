import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredMember } from '../desired.ts';
import { memberCall } from '../difference.ts';
import {
  afterRefusal,
  bulkOrSingle,
  HELD_MS,
  isReadLater,
  MIN_ROWS,
  mostCalls,
  nextLook,
  nextTry,
  seatOf,
  type Refused,
} from './bulk-or-single.ts';

const hide = (value: string) => `#${value}`;
const member = (more: Partial<DesiredMember> = {}): DesiredMember => ({
  userid: 'ZhangYutong',
  name: '张雨桐',
  position: '教师',
  mobile: '19900000731',
  email: '',
  enable: 1,
  department: [4],
  main_department: 4,
  is_leader_in_dept: [0],
  order: [3_999_000_000],
  ...more,
});
const seat = (more: Partial<DesiredMember> = {}, missing: readonly string[] = []) => {
  const desired = member(more);
  return seatOf({ desired, call: memberCall(desired, null, 'people', hide), missing });
};

describe('S3-1 fewer calls: a sheet or single calls', () => {
  it.each([
    [0, 0, 'single'],
    [MIN_ROWS - 1, 0, 'single'],
    [MIN_ROWS, 0, 'bulk'],
    [MIN_ROWS, 100_000, 'bulk'],
    [MIN_ROWS, 130_000, 'single'],
    [600, 130_000, 'bulk'],
  ] as const)('%i new people, %i members there: %s', (rows, membersThere, expected) => {
    expect(bulkOrSingle({ rows, membersThere })).toBe(expected);
  });

  it('a sheet is never chosen where it could cost more calls than its rows', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(2_000_000), (rows, membersThere) => {
        const isBulk = bulkOrSingle({ rows, membersThere }) === 'bulk';
        expect(isBulk).toBe(rows >= MIN_ROWS && rows > mostCalls(membersThere));
      }),
    );
  });

  it('waits and looks have an end, and no claim ends before them', () => {
    const walk = (next: (done: number, now: number) => number | null): { count: number; at: number } => {
      let [count, at] = [0, 0];
      for (let now: number | null = 0; now !== null; count += 1) [at, now] = [now, next(count, now)];
      return { count, at };
    };
    const tries = walk((done, now) => nextTry(done + 1, 0, now));
    const looks = walk((done, now) => nextLook(done, 0, now));
    expect(tries.count + looks.count).toBeLessThan(60);
    expect(tries.at + looks.at).toBeLessThan(HELD_MS);
    expect(tries.count * 3 + looks.count).toBe(mostCalls(0));
  });
});

describe('which member a sheet can say safely', () => {
  it('C1, C15 a newcomer of one department: plain columns, no leader flag, nothing of the superior', () => {
    expect(seat({ is_leader_in_dept: [1] })).toEqual({
      row: {
        userid: 'ZhangYutong',
        name: '张雨桐',
        mobile: '19900000731',
        email: '',
        department: [4],
        position: '教师',
        order: [3_999_000_000],
      },
      written: {
        ...member(),
        mobile: '#19900000731',
        is_leader_in_dept: [0],
      },
    });
  });

  it.each<[string, Partial<DesiredMember>]>([
    ['C13 locked: a column not understood would let them in', { enable: 0 }],
    [
      'C7 two departments: which is the main one',
      { department: [4, 5], is_leader_in_dept: [0, 0], order: [0, 0] },
    ],
    ['a separator in the name', { name: '张,雨桐' }],
    ['a quote in the title', { position: '主任"兼"' }],
    ['a line break in the title', { position: '主任\n教师' }],
    ['a blank at the end of the name', { name: '张雨桐 ' }],
    ['no name', { name: '' }],
    ['60129 neither mobile nor mail', { mobile: '', email: '' }],
    ['a number with a country code', { mobile: '+852 51234567' }],
    ['no mail address', { email: 'zhang at haizhou' }],
    ['40003 a userid 企业微信 would refuse', { userid: '_zhang' }],
  ])('not %s', (_why, more) => {
    expect(seat(more)).toBeNull();
  });

  it('A4 not into a department 企业微信 does not have: it would invent it', () => {
    expect(seat({}, ['unit'])).toBeNull();
  });

  it('C9 nobody who is there: an update, nothing to write, somebody who left', () => {
    const desired = member();
    const call = memberCall(desired, { ...desired, mobile: '#1' }, 'people', hide);
    expect(call?.kind).toBe('update');
    expect(seatOf({ desired, call, missing: [] })).toBeNull();
    expect(seatOf({ desired, call: null, missing: [] })).toBeNull();
    expect(seatOf({ desired: null, call, missing: [] })).toBeNull();
  });
});

describe('D7 a sheet that could not be started or read', () => {
  const refused = (more: Partial<Refused>): Refused => ({
    handling: 'retryLater',
    errcode: null,
    retryAt: null,
    maybeSent: false,
    ...more,
  });
  it.each<[string, Partial<Refused>, 'wait' | 'single']>([
    ['302008 an import runs, perhaps a human’s', { errcode: 302008 }, 'wait'],
    ['busy', { errcode: -1 }, 'wait'],
    ['not reached', {}, 'wait'],
    ['no answer: it may run', { maybeSent: true }, 'wait'],
    ['an answer nobody understands', { handling: 'permanent', maybeSent: true }, 'wait'],
    ['45009 patience until a time', { errcode: 45009, retryAt: 5 }, 'single'],
    ['C10 accounts of the month used up', { retryAt: 5 }, 'single'],
    ['C10 more than a whole month has', { handling: 'fixData' }, 'single'],
    ['40092 the file', { handling: 'fixData', errcode: 40092 }, 'single'],
    ['48002 no right', { handling: 'fixPermission', errcode: 48002 }, 'single'],
    ['60020 the address', { handling: 'stopAll', errcode: 60020 }, 'single'],
  ])('%s: %o → %s', (_what, failure, expected) => {
    expect(afterRefusal(refused(failure))).toBe(expected);
  });

  it.each<[Partial<Refused>, boolean]>([
    [{ errcode: -1 }, true],
    [{}, true],
    [{ errcode: 45009, retryAt: 5 }, true],
    [{ errcode: 302005 }, false],
    [{ handling: 'fixData', errcode: 40089 }, false],
    [{ handling: 'fixData', errcode: 302003 }, false],
    [{ handling: 'stopAll', errcode: 40001 }, false],
  ])('result: %o is asked again: %s', (failure, expected) => {
    expect(isReadLater(refused(failure))).toBe(expected);
  });
});
