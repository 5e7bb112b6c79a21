import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdminAct } from '../../../wecom/index.ts';
import { covers, judge, type Operator } from './judge.ts';

const act = (userid: string, at: number, detailType = 23): AdminAct => ({
  at,
  userid,
  operType: 2,
  detailType,
  info: '',
  ip: '',
});
const people: Readonly<Record<string, Operator>> = {
  keeper: { personId: 'p1', isEntitled: () => true },
  clerk: { personId: 'p2', isEntitled: () => false },
  former: { personId: 'p3', isEntitled: (at) => at < 100 },
};
const operatorOf = (userid: string): Operator =>
  people[userid.toLowerCase()] ?? { personId: null, isEntitled: () => false };

describe('the administrators’ log against our list of administrators (S2-9)', () => {
  it('S2-9d who was entitled at that moment is no finding, whoever was not is one, counted together', () => {
    const acts = [act('keeper', 1), act('clerk', 5), act('Clerk', 3), act('former', 99), act('former', 100)];
    expect(judge(acts, operatorOf)).toEqual({
      operators: [
        { kind: 'unregistered', userid: 'Clerk', personId: 'p2', firstAt: 3, lastAt: 5, times: 2 },
        { kind: 'unregistered', userid: 'former', personId: 'p3', firstAt: 100, lastAt: 100, times: 1 },
      ],
      rights: [],
    });
  });

  it('S2-9b a userid nobody knows is a stranger', () => {
    expect(judge([act('ghost', 1)], operatorOf).operators).toMatchObject([
      { kind: 'stranger', personId: null },
    ]);
  });

  it.each([5, 6, 7, 8])('S2-9d a change of administrators (%i) is shown even by who was entitled', (type) => {
    const made = act('keeper', 1, type);
    expect(judge([made], operatorOf)).toEqual({
      operators: [],
      rights: [{ kind: 'rightsChanged', userid: 'keeper', personId: 'p1', act: made }],
    });
  });

  it.each([
    // The right was given at 10.9 s; the log says 10 s of an act at 10.95 s.
    [10_900, null, 10_000, true],
    [10_900, null, 9_000, false],
    [10_900, 12_000, 11_000, true],
    [10_900, 12_000, 12_000, false],
  ])('a right from %i until %s covers an act the log puts at %i: %s', (sinceAt, untilAt, at, held) => {
    expect(covers({ sinceAt, untilAt }, at)).toBe(held);
  });

  it('no act is lost and none counted twice, in whatever order', () => {
    const acts = fc.array(
      fc.record({ userid: fc.constantFrom('keeper', 'clerk', 'CLERK', 'ghost'), at: fc.nat(500) }),
    );
    fc.assert(
      fc.property(acts, (made) => {
        const { operators } = judge(
          made.map(({ userid, at }) => act(userid, at)),
          operatorOf,
        );
        const wrong = made.filter(({ userid }) => userid !== 'keeper');
        expect(operators.reduce((sum, { times }) => sum + times, 0)).toBe(wrong.length);
        for (const { userid, firstAt, lastAt } of operators) {
          const ats = wrong
            .filter((one) => one.userid.toLowerCase() === userid.toLowerCase())
            .map(({ at }) => at);
          expect([firstAt, lastAt]).toEqual([Math.min(...ats), Math.max(...ats)]);
        }
      }),
    );
  });
});
