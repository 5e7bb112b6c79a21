import { describe, expect, it } from 'vitest';
import { cleanAmount, fenOf, isAmount, typedOf } from './amount.ts';

describe('an amount as it is typed', () => {
  it.each([
    ['', null],
    ['.', null],
    ['0', 0],
    ['.5', 50],
    ['12', 1_200],
    ['12.', 1_200],
    ['12.3', 1_230],
    ['12.34', 1_234],
    ['0.29', 29],
    ['1.15', 115],
    ['999999999999.99', 99_999_999_999_999],
  ])('%s yuan', (text, fen) => {
    expect(isAmount(text)).toBe(true);
    expect(fenOf(text)).toBe(fen);
  });

  it.each(['12.345', '-1', '1e3', 'abc', '1234567890123', '1.2.3'])('%s cannot stand there', (text) =>
    expect(isAmount(text)).toBe(false),
  );

  it.each([0, 5, 10, 50, 100, 115, 1_230, 1_234, 99_999_999_999_999])('%i fen and back', (fen) =>
    expect(fenOf(typedOf(fen))).toBe(fen),
  );

  it('takes what is pasted', () => {
    expect(cleanAmount('￥1,234.50 元')).toBe('1234.50');
    expect(cleanAmount('１２．５')).toBe('12.5');
    expect(typedOf(123_450)).toBe('1234.5');
    expect(typedOf(null)).toBe('');
  });
});
