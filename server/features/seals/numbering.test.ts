import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerNumber, patternFault, patternKey, render } from './numbering.ts';

describe('S2-A11k patterns of contract numbers', () => {
  it.each<[string, boolean]>([
    ['HT-{unit}-{yyyy}-{seq:4}', true],
    ['海职院合字〔{yyyy}〕{unit}-{seq:3}号', true],
    ['{unit}/{yyyy}/{seq:4}', false],
    ['HT-{unit}-{yyyy}', false],
    ['HT-{unit}-{seq:4}', false],
    ['HT-{yyyy}-{seq:4}', false],
    ['HT-{unit}-{yyyy}-{seq:4}-{seq:4}', false],
    ['HT-{unit}{yyyy}-{seq:4}', false],
    ['HT-{unit}A{yyyy}-{seq:4}', false],
    ['HT-{unit}-{yyyy}-{seq}', false],
    ['HT-{unit}-{yyyy}-{seq:0}', false],
    ['=HT-{unit}-{yyyy}-{seq:4}', false],
    ['<b>-{unit}-{yyyy}-{seq:4}', false],
  ])('%s', (pattern, isGood) => {
    expect(patternFault(pattern) === null).toBe(isGood);
  });

  it.each([
    ['HT-{unit}-{yyyy}-{seq:4}', { unitCode: 'D20', year: 2026, seq: 7 }, 'HT-D20-2026-0007'],
    ['HT-{unit}-{yyyy}-{seq:2}', { unitCode: 'D20', year: 2026, seq: 100 }, 'HT-D20-2026-100'],
    ['合〔{yyyy}〕{unit}·{seq:3}号', { unitCode: '$&', year: 2027, seq: 1 }, '合〔2027〕$&·001号'],
  ])('%s becomes %j', (pattern, position, number) => {
    expect(render(pattern, position)).toBe(number);
  });

  it('tells two patterns that would meet', () => {
    expect(patternKey('A-{unit}-{yyyy}-{seq:4}')).toBe(patternKey('A-{unit}-{yyyy}-{seq:3}'));
    expect(ledgerNumber('YZ01', 2026, 12)).toBe('YZ01-2026-0012');
  });

  it('gives different places different numbers', () => {
    const place = fc.record({
      unitCode: fc.stringMatching(/^[A-Z][0-9]{2,4}$/),
      year: fc.integer({ min: 2026, max: 2099 }),
      seq: fc.integer({ min: 1, max: 99_999 }),
    });
    const patterns = fc.constantFrom(
      'HT-{unit}-{yyyy}-{seq:4}',
      '{yyyy}-{unit}-{seq:1}',
      '合〔{yyyy}〕{unit}-{seq:3}号',
    );
    fc.assert(
      fc.property(patterns, place, place, (pattern, one, other) => {
        const isSame = one.unitCode === other.unitCode && one.year === other.year && one.seq === other.seq;
        expect(render(pattern, one) === render(pattern, other)).toBe(isSame);
      }),
      { numRuns: 300 },
    );
  });
});
