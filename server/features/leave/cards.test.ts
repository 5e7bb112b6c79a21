import { expect, it } from 'vitest';
import { backCard, refOf, wordsOfBack } from './cards.ts';

it('asks to report back, by when, with a button for it; an extension is asked for on the page', () => {
  const url = 'https://steward.example.edu.cn/leave';
  expect(backCard({ typeLabel: '年假', toOn: '2026-11-27' }, { until: '今天 17:30', url })).toMatchObject({
    title: '上班了请销假：你的年假到 11-27',
    desc: '请在 今天 17:30 前销假',
    buttons: [
      { text: '我已返岗', key: 'back' },
      { text: '续假或看详情', url },
    ],
  });
});

const row = { id: '0190a5b3c4d5e6f7a8b9c0d1e2f3a4b5', askedAt: 1_795_500_000_000 };

it.each([
  ['open', row.askedAt, null],
  ['open', row.askedAt + 1, '已失效'],
  ['open', null, '已失效'],
  ['extended', row.askedAt, '已续假'],
  ['returned', row.askedAt, '已销假'],
  ['cancelled', row.askedAt, '已取消'],
  ['ended', row.askedAt, '已失效'],
] as const)('R27: %s and asked at %s the card says %s', (state, askedAt, words) => {
  expect(wordsOfBack({ ...row, state, askedAt }, refOf(row))).toBe(words);
});

it('a card names the leave and when it was asked for', () => {
  expect(refOf(row).length).toBeLessThanOrEqual(64);
});
