import { describe, expect, it } from 'vitest';
import { instantOf, readEvidence } from './evidence-file.ts';
import { lastMonth } from './months.ts';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);

describe('times as exports write them', () => {
  it.each([
    ['2026-10-31 09:20:15', at('2026-10-31T09:20') + 15_000],
    ['2026/10/31 9:20', at('2026-10-31T09:20')],
    ['2026年10月31日', at('2026-10-31T00:00')],
    ['2026-10-31T09:20', at('2026-10-31T09:20')],
  ])('%s', (text, instant) => expect(instantOf(text)).toBe(instant));
  it.each(['2026-02-30', '2026-13-01', '昨天', '', '2026-10-31 25:00', '46326.5'])('%s is no time', (text) =>
    expect(instantOf(text)).toBeNull(),
  );
});

describe('an export as evidence', () => {
  it('finds its columns below a title, takes a line without a time as no act', () => {
    const cells = [
      ['成员使用明细'],
      ['姓名', '账号', '最后操作时间'],
      ['何老师', 'H1', '2026-10-31 09:20'],
      ['郭老师', 'H2', '—'],
      ['', '', ''],
    ];
    expect(readEvidence(cells)).toEqual({
      lines: [{ who: 'H1', line: 3, lastAt: at('2026-10-31T09:20') }],
      unreadable: [],
      silent: 1,
    });
  });
  it('names the lines whose time it cannot read instead of guessing', () => {
    const cells = [
      ['工号', '时间'],
      ['H1', '上周'],
      ['H2', '2026-10-31'],
      ['H3', '10/31'],
    ];
    expect(readEvidence(cells).unreadable).toEqual([2, 4]);
  });
  it('says when the columns are not there', () => {
    expect(readEvidence([['姓名', '部门']]).lines).toBeNull();
  });
});

describe('the month before', () => {
  it('in Shanghai, also over the year', () => {
    expect(lastMonth(Date.parse('2026-10-31T16:00:00Z'))).toBe('2026-10');
    expect(lastMonth(Date.parse('2027-01-05T00:00:00Z'))).toBe('2026-12');
  });
});
