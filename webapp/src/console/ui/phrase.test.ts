import { describe, expect, it } from 'vitest';
import { comparePhrase, spaced } from './phrase.ts';

describe('the typed phrase', () => {
  it.each(['停用6人', '停用 6 人', '停用６人', ' 停用\u3000６ 人 '])(
    '%s is right: width and spaces do not count',
    (typed) => {
      expect(comparePhrase(typed, '停用6人').right).toBe(true);
    },
  );
  it.each(['', '停', '停用6', '停用66人', '停用7人', '启用6人'])('%s is not', (typed) => {
    expect(comparePhrase(typed, '停用6人').right).toBe(false);
  });
  it('counts what is left to type, and says when it went wrong', () => {
    expect([comparePhrase('停用 ６', '停用6人').left, comparePhrase('停用7', '停用6人').left]).toEqual([
      1,
      null,
    ]);
  });
  it('reads well on a button', () => expect(spaced('停用6人')).toBe('停用 6 人'));
});
