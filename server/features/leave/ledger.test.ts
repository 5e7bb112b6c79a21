import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingOf, entriesToward, standingOf, unusedCarried, type Entry, type EntryKind } from './ledger.ts';

const entry = (kind: EntryKind, halves: number): Entry => ({ kind, halves });

describe('R39 an account of leave is the sum of its entries', () => {
  it('tells what was given, carried, held, used and lapsed', () => {
    const standing = standingOf([
      entry('granted', 20),
      entry('carriedIn', 6),
      entry('held', -4),
      entry('released', 4),
      entry('used', -4),
      entry('returned', 1),
      entry('lapsed', -2),
      entry('adjusted', -1),
    ]);
    expect(standing).toEqual({
      hasAccount: true,
      left: 20,
      granted: 19,
      carriedIn: 6,
      carriedOut: 0,
      lapsed: 2,
      held: 0,
      used: 3,
    });
  });

  it('is no account while only requests were booked', () => {
    expect(standingOf([entry('held', -4)])).toMatchObject({ hasAccount: false, left: -4, held: 4 });
    expect(standingOf([entry('granted', 0)]).hasAccount).toBe(true);
  });

  it('goes from hold to use to giving back, and asking twice changes nothing', () => {
    const held = entriesToward([], { held: 7, used: 0 });
    expect(held).toEqual([entry('held', -7)]);
    expect(entriesToward(held, { held: 7, used: 0 })).toEqual([]);
    const used = entriesToward(held, { held: 0, used: 7 });
    expect(used).toEqual([entry('released', 7), entry('used', -7)]);
    expect(entriesToward([...held, ...used], { held: 0, used: 3 })).toEqual([entry('returned', 4)]);
    expect(entriesToward(held, { held: 0, used: 0 })).toEqual([entry('released', 7)]);
  });
});

const claim = fc.record({ held: fc.nat(40), used: fc.nat(40) });

describe('R39 whatever happens to requests', () => {
  it('left is always granted less what requests hold and use', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.array(fc.tuple(fc.nat(3), claim), { maxLength: 30 }), (granted, steps) => {
        const byRequest = new Map<number, Entry[]>();
        const now = new Map<number, { held: number; used: number }>();
        for (const [request, wanted] of steps) {
          const known = byRequest.get(request) ?? [];
          byRequest.set(request, [...known, ...entriesToward(known, wanted)]);
          now.set(request, wanted);
        }
        const all = [entry('granted', granted), ...[...byRequest.values()].flat()];
        const taken = [...now.values()].reduce((sum, { held, used }) => sum + held + used, 0);
        expect(standingOf(all).left).toBe(granted - taken);
      }),
    );
  });

  it('a request that is let in only when it fits never brings the account below nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.array(
          fc.record({ ask: fc.integer({ min: 1, max: 20 }), end: fc.constantFrom('yes', 'no', 'run') }),
        ),
        (granted, asked) => {
          let all: Entry[] = [entry('granted', granted)];
          for (const { ask, end } of asked) {
            if (standingOf(all).left < ask) continue;
            const own = entriesToward([], { held: ask, used: 0 });
            if (end !== 'run') own.push(...entriesToward(own, { held: 0, used: end === 'yes' ? ask : 0 }));
            all = [...all, ...own];
            expect(standingOf(all).left).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  it('the end of a year loses and makes no half day', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(20),
        fc.nat(60),
        fc.option(fc.nat(30)),
        fc.boolean(),
        (granted, carriedIn, taken, maxHalves, isOver) => {
          const standing = standingOf([
            entry('granted', granted),
            entry('carriedIn', carriedIn),
            entry('used', -taken),
          ]);
          const { carried, lapsed } = closingOf(standing, { maxHalves, isOver });
          expect(carried + lapsed).toBe(Math.max(0, standing.left));
          expect(carried).toBeLessThanOrEqual(isOver ? 0 : Math.min(granted, maxHalves ?? granted));
        },
      ),
    );
  });
});

describe('carried days are taken first', () => {
  it.each([
    [6, 0, 6],
    [6, 4, 2],
    [6, 8, 0],
  ])('of %d carried and %d taken %d are unused', (carried, taken, unused) => {
    expect(
      unusedCarried(standingOf([entry('granted', 20), entry('carriedIn', carried), entry('used', -taken)])),
    ).toBe(unused);
  });

  it('and do not go on into a third year', () => {
    const standing = standingOf([entry('granted', 20), entry('carriedIn', 6), entry('used', -2)]);
    expect(closingOf(standing, { maxHalves: null, isOver: false })).toEqual({ carried: 20, lapsed: 4 });
    expect(closingOf(standing, { maxHalves: 10, isOver: false })).toEqual({ carried: 10, lapsed: 14 });
    expect(closingOf(standing, null)).toEqual({ carried: 0, lapsed: 24 });
  });
});
