import { describe, expect, it } from 'vitest';
import { MANY, mustBeTyped, samePhrase } from './typed-phrase.ts';

describe('what is typed before an act on many', () => {
  it.each<[number, string | undefined, boolean]>([
    [MANY, undefined, true],
    [MANY, '别的', true],
    [MANY + 1, undefined, false],
    [MANY + 1, '', false],
    [MANY + 1, '放回50条', false],
    [MANY + 1, '放回51条', true],
    [MANY + 1, ' 放回 ５１ 条 ', true],
  ])('%i with %j goes through: %s', (count, typed, goes) => {
    const act = () => mustBeTyped(count, `放回${count}条`, typed);
    if (goes) expect(act).not.toThrow();
    else expect(act).toThrow('act.not_typed');
  });

  it('spaces and width do not count, letters do', () => {
    expect(samePhrase('停用 ６ 人', '停用6人')).toBe(true);
    expect(samePhrase('停用7人', '停用6人')).toBe(false);
  });
});
