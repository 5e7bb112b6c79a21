import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FEN, moneyInCharacters } from './money-in-characters.ts';

describe('type money: 大写', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [11, '壹角壹分'],
    [99, '玖角玖分'],
    [100, '壹元整'],
    [101, '壹元零壹分'],
    [110, '壹元壹角整'],
    [1_000, '壹拾元整'],
    [1_005, '壹拾元零伍分'],
    [1_050, '壹拾元伍角整'],
    [2_030, '贰拾元叁角整'],
    [10_000, '壹佰元整'],
    [10_100, '壹佰零壹元整'],
    [11_000, '壹佰壹拾元整'],
    [100_000, '壹仟元整'],
    [100_100, '壹仟零壹元整'],
    [101_000, '壹仟零壹拾元整'],
    [110_000, '壹仟壹佰元整'],
    [120_305, '壹仟贰佰零叁元零伍分'],
    [123_456, '壹仟贰佰叁拾肆元伍角陆分'],
    [1_000_000, '壹万元整'],
    [1_000_001, '壹万元零壹分'],
    [1_000_500, '壹万零伍元整'],
    [1_010_000, '壹万零壹佰元整'],
    [1_100_000, '壹万壹仟元整'],
    [10_000_000, '壹拾万元整'],
    [10_500_000, '壹拾万伍仟元整'],
    [100_000_100, '壹佰万零壹元整'],
    [100_100_000, '壹佰万壹仟元整'],
    [1_000_000_000, '壹仟万元整'],
    [1_000_100_000, '壹仟万壹仟元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [10_000_100_000, '壹亿零壹仟元整'],
    [10_001_000_000, '壹亿零壹万元整'],
    [10_010_000_000, '壹亿零壹拾万元整'],
    [10_100_000_000, '壹亿零壹佰万元整'],
    [11_000_000_000, '壹亿壹仟万元整'],
    [11_000_000_100, '壹亿壹仟万零壹元整'],
    [10_000_000_000_000, '壹仟亿元整'],
    [99_999_999_999_900, '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整'],
    [MAX_FEN, '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('%i fen', (fen, words) => {
    expect(moneyInCharacters(fen)).toBe(words);
  });

  it.each([-1, 0.5, Number.NaN, MAX_FEN + 1, Number.POSITIVE_INFINITY])('%d is no amount', (fen) => {
    expect(() => moneyInCharacters(fen)).toThrow(RangeError);
  });

  it('says what it was given, read back by the value of its characters, and never two zeros together', () => {
    const amounts = fc.oneof(
      fc.integer({ min: 0, max: MAX_FEN }),
      // Mostly zeros: where places are left out.
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 })), { maxLength: 4 })
        .map((digits) => [...new Map(digits)].reduce((sum, [place, digit]) => sum + digit * 10 ** place, 0)),
    );
    fc.assert(
      fc.property(amounts, (fen) => {
        const words = moneyInCharacters(fen);
        expect(readBack(words)).toBe(fen);
        if (fen > 0) expect(words).not.toMatch(/零零|零[元万亿]|^零|分整/);
      }),
    );
  });

  it('two amounts never share their words', () => {
    const amount = fc.integer({ min: 0, max: MAX_FEN });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(moneyInCharacters(a) === moneyInCharacters(b)).toBe(a === b);
      }),
    );
  });
});

/** The other way round, by adding up what each character is worth; zeros and 整 are worth nothing. */
function readBack(words: string): number {
  const worth: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let fen = 0;
  let yuan = 0;
  let four = 0;
  let digit = 0;
  for (const sign of words) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(sign);
    if (value >= 0) digit = value;
    else if (worth[sign] !== undefined) [four, digit] = [four + digit * worth[sign], 0];
    else if (sign === '万') [yuan, four, digit] = [yuan + (four + digit) * 1e4, 0, 0];
    else if (sign === '亿') [yuan, four, digit] = [(yuan + four + digit) * 1e8, 0, 0];
    else if (sign === '元') [fen, yuan, four, digit] = [(yuan + four + digit) * 100, 0, 0, 0];
    else if (sign === '角') [fen, digit] = [fen + digit * 10, 0];
    else if (sign === '分') [fen, digit] = [fen + digit, 0];
  }
  return fen;
}
