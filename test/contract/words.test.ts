import { describe, expect, it } from 'vitest';
import { STATE_WORDS as nativeStates } from '../../server/features/native-approvals/words.ts';
import { STATE_WORDS as repairStates } from '../../server/features/repairs/words.ts';
import { STATE_WORDS as sealStates } from '../../server/features/seals/words.ts';
import { phrases, wordsFor } from '../../server/phrases/index.ts';
import { w as native } from '../../webapp/src/console/native-approvals/words.ts';
import { w as repairs } from '../../webapp/src/console/repairs/words.ts';
import { w as seals } from '../../webapp/src/console/seals/words.ts';
import { serverSources } from '../support/sources.ts';

const sources = serverSources().filter(({ path }) => !path.startsWith('server/phrases/'));
const THROWN =
  /\b(?:badRequest|forbidden|notFound|conflict|refused|new AppError|fail|super)\(\s*'([a-z]+\.[\w.]+)'/g;
const thrown = new Map(
  sources.flatMap(({ path, text }) =>
    [...text.matchAll(THROWN)].map(([, code = '']) => [code, path] as const),
  ),
);

/** Kinds of a row's fault; whoever prints the report of an import puts the stem before them. */
const SHEET_FAULTS = 'directory.row_';

describe('error codes and their words', () => {
  it('every code that is thrown has words in Chinese and English', () => {
    expect(thrown.size).toBeGreaterThan(40);
    const wordless = [...thrown].filter(([code]) => !phrases[code]);
    expect(wordless).toEqual([]);
  });

  it('no words are kept for codes nobody uses', () => {
    const all = sources.map(({ text }) => text).join('\n');
    // Some are put together: `directory.row_${fault}`.
    const stems = [...all.matchAll(/`([a-z]+\.\w+)\$\{/g)].map(([, stem = '']) => stem);
    const unused = Object.keys(phrases).filter(
      (code) => !all.includes(`'${code}'`) && ![...stems, SHEET_FAULTS].some((stem) => code.startsWith(stem)),
    );
    expect(unused).toEqual([]);
  });

  it.each(Object.entries(phrases))(
    '%s has the same blanks in both languages, and no loud words',
    (_code, words) => {
      const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
      expect(words.zh).not.toBe('');
      expect(words.en).not.toBe('');
      expect(blanks(words.zh)).toEqual(blanks(words.en));
      // Copy rules.
      expect(words.zh).not.toMatch(/[！!您]/);
      expect(words.en).not.toMatch(/!/);
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en.replaceAll('企业微信', 'WeCom')).not.toMatch(/[\u4e00-\u9fff]/);
    },
  );

  it('fills the blanks; a code without words reads as a failure of ours', () => {
    expect(wordsFor('http.too_many', { seconds: 7 }, 'zh')).toBe('操作太频繁，请 7 秒后再试。');
    expect(wordsFor('http.too_many', {}, 'en')).toBe('Too many requests; try again in  s.');
    expect(wordsFor('no.such', {}, 'en')).toBe(phrases['http.internal']?.en);
  });
});

/** A filter is drawn before the first answer is there, so its words cannot come with the rows. */
describe('the words of a state', () => {
  it.each([
    ['native approvals', native.filters.states, nativeStates],
    ['repairs', repairs.filters.states, repairStates],
    ['seals', seals.filters.states, sealStates],
  ])('%s: the same in the filter of the console as in its rows', (_room, filter, rows) => {
    expect(filter).toMatchObject(rows);
  });
});
