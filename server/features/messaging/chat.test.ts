import { describe, expect, it } from 'vitest';
import { type ChatCommand, helpText, isHelp, matchCommand, notUnderstood } from './chat.ts';

const command = (words: readonly string[]): ChatCommand => ({
  words,
  describe: `看${words[0]}`,
  answer: async () => '',
});
const commands = [command(['待办', 'todo']), command(['请假'])];
const wordOf = (text: string) => {
  const match = matchCommand(commands, text);
  return match && [match.command.words[0], match.rest];
};

describe('what a member types', () => {
  it.each([
    ['待办', ['待办', '']],
    [' 待办\n', ['待办', '']],
    ['TODO', ['待办', '']],
    ['ｔｏｄｏ', ['待办', '']],
    ['请假 明天', ['请假', '明天']],
    ['请假\u3000明天 下午', ['请假', '明天 下午']],
    ['请假条', null],
    ['我要请假', null],
    ['', null],
    ['__proto__', null],
    ['00731', null],
  ])('%j is %j', (text, expected) => {
    expect(wordOf(text)).toEqual(expected);
  });

  it.each(['帮助', '？', '?', ' HELP ', '菜单'])('%j asks for help', (text) => {
    expect(isHelp(text)).toBe(true);
  });

  it('the help names every word that can be said, and fits into one passive reply', () => {
    expect(helpText(commands)).toBe('可以发这些词：\n待办：看待办\n请假：看请假\n帮助：看这份说明');
    expect(notUnderstood(commands)).toContain(helpText(commands));
    expect(Buffer.byteLength(notUnderstood(commands))).toBeLessThan(2048);
  });
});
