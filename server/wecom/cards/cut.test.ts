import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBytes, cutGraphemes } from './cut.ts';

const family = '👨‍👩‍👧‍👦';
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const graphemesOf = (text: string): string[] => [...segmenter.segment(text)].map((one) => one.segment);

describe('cutGraphemes', () => {
  it.each([
    ['', 3, ''],
    ['一二三', 3, '一二三'],
    ['一二三四', 3, '一二…'],
    ['一', 1, '一'],
    ['一二', 1, '…'],
    [family.repeat(3), 3, family.repeat(3)],
    [family.repeat(4), 3, `${family.repeat(2)}…`],
    ['𠮷野家食堂', 3, '𠮷野…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['🇨🇳🇨🇳🇨🇳', 2, '🇨🇳…'],
  ])('%j to %i', (text, max, expected) => {
    expect(cutGraphemes(text, max)).toBe(expected);
  });

  it('never cuts inside a grapheme and never exceeds the length', () => {
    const text = fc.array(fc.constantFrom('中', 'a', family, 'e\u0301', '🇨🇳', '𠮷', '\u200d', '👍🏽'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (parts, max) => {
        const whole = parts.join('');
        const cut = cutGraphemes(whole, max);
        const all = graphemesOf(whole);
        if (all.length <= max) expect(cut).toBe(whole);
        else expect(cut).toBe(`${all.slice(0, max - 1).join('')}…`);
      }),
    );
  });

  it('keeps placeholders for names whole or drops them whole', () => {
    const user = '$userName=zhangsan$';
    expect(cutGraphemes(`${user}申请年假三天`, 10)).toBe(`${user}申请年假三天`);
    expect(cutGraphemes(`${user}申请年假三天半`, 10)).toBe(`${user}申请年假三…`);
    expect(cutGraphemes(`转交给${user}`, 6)).toBe('转交给…');
    expect(cutGraphemes(`一二三$departmentName=12$`, 10)).toBe('一二三…');
    expect(cutGraphemes('单价 $5 和 $6 都可以', 8)).toBe('单价 $5 和…');
  });

  it('is not fooled by one grapheme of thousands of accents', () => {
    const wall = `a${'\u0301'.repeat(10_000)}`;
    expect(Buffer.byteLength(cutGraphemes(`报修${wall}`, 10))).toBeLessThan(330);
  });
});

describe('cutBytes', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['中文', 6, '中文'],
    ['中文', 5, '中'],
    ['中文', 2, ''],
    ['a😀', 4, 'a'],
    ['a😀', 5, 'a😀'],
    ['x', 0, ''],
  ])('%j to %i bytes', (text, max, expected) => {
    expect(cutBytes(text, max)).toBe(expected);
  });

  it('is the longest prefix of whole code points that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, max) => {
        const cut = cutBytes(text, max);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
        const next = String.fromCodePoint(text.codePointAt(cut.length) ?? 0);
        if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(max);
      }),
    );
  });
});
