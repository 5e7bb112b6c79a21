import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outliersOf, type Subject } from './outliers.ts';

const days = (...values: number[]): Subject[] =>
  values.map((value, n) => ({ taskId: `t${String(n)}`, kind: 'leave', figures: [{ label: '请假', value }] }));

describe('what stands out in a batch', () => {
  it.each([
    ['one long leave among short ones', days(1, 1, 2, 2, 3, 12), ['t5']],
    ['a little more than the others', days(1, 1, 1, 1, 2), []],
    ['too few to compare', days(1, 1, 1, 30), []],
    ['all alike', days(3, 3, 3, 3, 3, 3), []],
    ['spread out anyway', days(1, 3, 5, 8, 12, 15), []],
  ] as const)('%s', (_name, subjects, out) => {
    expect([...outliersOf(subjects).keys()]).toEqual(out);
  });

  it('says by how much', () => {
    expect(outliersOf(days(1, 1, 2, 2, 3, 12)).get('t5')).toBe('请假 12，这批多为 1 到 3');
  });

  it('compares only requests of one kind', () => {
    const mixed = [
      ...days(1, 1, 2, 2, 3),
      { taskId: 'x', kind: 'money', figures: [{ label: '请假', value: 900 }] },
    ];
    expect(outliersOf(mixed).size).toBe(0);
  });

  it('never marks half of them, nor the smallest, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 }), (values) => {
        const subjects = days(...values);
        const out = outliersOf(subjects);
        expect(out.size).toBeLessThanOrEqual(values.length / 2);
        expect(new Map([...outliersOf([...subjects].reverse())].sort())).toEqual(new Map([...out].sort()));
        const least = Math.min(...values);
        for (const [n, value] of values.entries())
          if (value === least) expect(out.has(`t${String(n)}`)).toBe(false);
      }),
    );
  });
});
