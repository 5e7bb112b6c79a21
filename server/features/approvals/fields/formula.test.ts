import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, divide, fractionOf, roundTo, scaled, times, type Fraction } from './fraction.ts';
import { MAX_LENGTH, namesIn, readFormula, reckon } from './formula.ts';

const number = (text: string): Fraction => {
  const value = fractionOf(text);
  if (value === null) throw new Error(`no number: ${text}`);
  return value;
};

/** In thousandths, for reading; a word where there is no number. */
function result(text: string, values: Record<string, string> = {}): string {
  const reading = readFormula(text);
  if (!reading.ok) throw new Error(reading.fault);
  const found = reckon(reading.expression, (name) =>
    Object.hasOwn(values, name) ? number(values[name] ?? '') : null,
  );
  return typeof found === 'string' ? found : String(Number(scaled(found, 3)) / 1000);
}

describe('type formula: the expression', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['10 - 4 - 3', '3'],
    ['100 / 10 / 2', '5'],
    ['2 - -3', '5'],
    ['-2 * 3', '-6'],
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '0.333'],
    ['1 / 3 * 3', '1'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['round(1 / 3, 2)', '0.33'],
    ['round(1.005, 2)', '1.01'],
    ['round(round(1.25, 1) * 2)', '3'],
    ['a * b + items.amount', '17.5'],
    ['a/(b-b)', 'zero'],
    ['a + gone', 'missing'],
    ['gone / 0', 'missing'],
    ['1 / 0 + 1', 'zero'],
  ])('%s = %s', (text, value) =>
    expect(result(text, { a: '2.5', b: '3', 'items.amount': '10' })).toBe(value),
  );

  it.each([
    ['', '公式没有写完'],
    ['1 +', '公式没有写完'],
    ['1 2', '“2”的位置不对'],
    ['(1 + 2', '少了“)”'],
    ['1 + )', '“)”的位置不对'],
    ['* 2', '“*”的位置不对'],
    ['a ^ 2', '看不懂“^ 2”'],
    ['a = 2', '看不懂“= 2”'],
    ['"a"', '看不懂“"a"”'],
    ['金额 * 2', '看不懂“金额 * 2”'],
    ['round 2', '少了“(”'],
    ['round(2, 9)', 'round 的小数位数要写 0 到 4'],
    ['round(2, a)', 'round 的小数位数要写 0 到 4'],
    ['max(1)', '“(”的位置不对'],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, '括号套得太深'],
    ['-'.repeat(60) + '1', '括号套得太深'],
    ['1'.repeat(60), '数字 111111111111 太长'],
    [`1${' + 1'.repeat(60)}`, `公式最长 ${MAX_LENGTH} 个字符`],
  ])('refuses %s', (text, fault) => expect(readFormula(text)).toEqual({ ok: false, fault }));

  it('names what it needs, each once', () => {
    const reading = readFormula('a + round(b * a) - -items.sum');
    expect(reading.ok && namesIn(reading.expression)).toEqual(['a', 'b', 'items.sum']);
  });

  it('answers whatever is written, within its bounds', () => {
    const piece = fc.constantFrom(
      '1',
      '0',
      'a',
      'a.b',
      '+',
      '-',
      '*',
      '/',
      '(',
      ')',
      ',',
      'round',
      ' ',
      '^',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const reading = readFormula(pieces.join(''));
        if (reading.ok) expect(reckon(reading.expression, () => number('2'))).toBeDefined();
        else expect(reading.fault).not.toBe('');
      }),
    );
  });
});

describe('exact numbers', () => {
  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
    .map(([over, under]) =>
      times({ over, under: 1n }, divide(number('1'), { over: under, under: 1n }) ?? number('1')),
    );
  const zero = number('0');

  it('obeys the laws of numbers, which doubles do not', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(times(a, add(b, c))).toEqual(add(times(a, b), times(a, c)));
        if (b.over !== 0n) expect(times(divide(a, b) ?? zero, b)).toEqual(a);
      }),
    );
  });

  it('rounds to the nearest, half away from zero, and never twice', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 0, max: 4 }), (a, decimals) => {
        const once = roundTo(a, decimals);
        expect(roundTo(once, decimals)).toEqual(once);
        const off = add(a, times(once, number('-1')));
        const size = off.over < 0n ? -off.over : off.over;
        // |off| <= half of a step
        expect(size * 2n * 10n ** BigInt(decimals) <= off.under).toBe(true);
      }),
    );
  });

  it.each(['', '1.', '.5', '1e3', '0x1', 'NaN', '1,000', '9'.repeat(40)])('%s is no number', (text) =>
    expect(fractionOf(text)).toBeNull(),
  );
});
