import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, charLength, cutBytes, cutChars, cutMarkup } from './cut.ts';

describe('cutting', () => {
  it.each([
    ['abc', 3, '', 'abc'],
    ['abcd', 3, '', 'abc'],
    ['你好', 6, '', '你好'],
    ['你好', 5, '', '你'],
    ['你好', 3, '', '你'],
    ['你好', 2, '', ''],
    ['a你', 3, '', 'a'],
    ['😀😀', 7, '', '😀'],
    ['你好吗', 8, '…', '你…'],
    ['你好吗', 9, '…', '你好吗'],
    ['你好', 2, '…', ''],
    ['', 0, '…', ''],
  ])('cutBytes(%j, %i, %j) is %j', (text, max, mark, expected) => {
    expect(cutBytes(text, max, mark)).toBe(expected);
  });

  it.each([
    ['你好', 2, '', '你好'],
    ['你好吗', 2, '', '你好'],
    ['你好吗', 2, '…', '你…'],
    ['😀😀😀', 2, '', '😀😀'],
    ['abc', 0, '…', ''],
  ])('cutChars(%j, %i, %j) is %j', (text, max, mark, expected) => {
    expect(cutChars(text, max, mark)).toBe(expected);
  });

  it.each([
    ['<a href="https://a.example">去办</a>完', 41, '…', '<a href="https://a.example">去办</a>完'],
    ['x<a href="https://a.example">去办理吧</a>', 36, '…', 'x…'],
    ['好<a href="https://a.example/long">x</a>', 20, '…', '好…'],
    ['一二三四五', 10, '…', '一二…'],
  ])('cutMarkup(%j, %i) is %j', (text, max, mark, expected) => {
    expect(cutMarkup(text, max, mark)).toBe(expected);
  });

  it('fits, is the beginning, and never breaks a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(40),
        fc.constantFrom('', '…'),
        (text, max, mark) => {
          const byBytes = cutBytes(text, max, mark);
          const byChars = cutChars(text, max, mark);
          expect(byteLength(byBytes)).toBeLessThanOrEqual(max);
          expect(charLength(byChars)).toBeLessThanOrEqual(max);
          for (const cut of [byBytes, byChars]) {
            expect(cut).not.toMatch(/\p{Surrogate}/u);
            expect(text.startsWith(cut) || (mark !== '' && cut.endsWith(mark))).toBe(true);
          }
          if (mark === '' && byBytes !== text) {
            const next = String.fromCodePoint(text.codePointAt(byBytes.length) ?? 0);
            expect(byteLength(byBytes + next)).toBeGreaterThan(max);
          }
        },
      ),
    );
  });
});
