import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, intersection, isEmpty, overlaps, type Interval } from './interval.ts';

const range = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -2, max: 10 }))
  .map(([from, length]): Interval<number> => ({ from, until: from + length }));
const points = Array.from({ length: 60 }, (_, n) => n - 30);

describe('half-open intervals', () => {
  it.each([
    ['touching', { from: 14, until: 15 }, { from: 15, until: 16 }, false],
    ['one inside the other', { from: 1, until: 9 }, { from: 3, until: 4 }, true],
    ['same', { from: 1, until: 2 }, { from: 1, until: 2 }, true],
    ['empty inside another', { from: 3, until: 3 }, { from: 1, until: 9 }, false],
    ['reversed', { from: 5, until: 1 }, { from: 1, until: 9 }, false],
  ])('%s', (_name, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });

  it('works for calendar dates', () => {
    const leave = { from: '2026-11-26', until: '2026-12-02' };
    expect(contains(leave, '2026-12-01')).toBe(true);
    expect(contains(leave, '2026-12-02')).toBe(false);
    expect(overlaps(leave, { from: '2026-12-02', until: '2026-12-03' })).toBe(false);
  });

  it('overlap, emptiness and the shared part agree with counting points one by one', () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const shared = points.filter((p) => contains(a, p) && contains(b, p));
        expect(overlaps(a, b)).toBe(shared.length > 0);
        expect(isEmpty(a)).toBe(!points.some((p) => contains(a, p)));
        const both = intersection(a, b);
        expect(points.filter((p) => both !== null && contains(both, p))).toEqual(shared);
      }),
    );
  });
});
