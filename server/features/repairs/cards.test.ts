import { describe, expect, it } from 'vitest';
import { STATES } from './contract.ts';
import {
  acceptCard,
  cardOfState,
  ratingIn,
  refOf,
  takeCard,
  versionIn,
  wordsOfAccept,
  wordsOfTake,
} from './cards.ts';

const ticket = { placeName: '行政楼 302', words: '卡纸，报错 13.20', convenient: '', result: '换搓纸轮' };
const shown = { categoryName: '打印机', url: 'https://steward.example.edu.cn/repairs/t1' };

describe('PHONE.md 6: the cards', () => {
  it('takes over on the card; handing on and looking are pages', () => {
    const card = takeCard(ticket, {
      ...shown,
      reporterName: '张雨桐',
      photos: 2,
      until: '今天 14:30',
      said: '',
    });
    expect(card).toMatchObject({
      title: '打印机 · 行政楼 302',
      desc: '请在 今天 14:30 前接单',
      rows: [
        { label: '说明', value: '卡纸，报错 13.20' },
        { label: '照片', value: '2 张' },
        { label: '报修', value: '张雨桐' },
      ],
      buttons: [
        { text: '接单', key: 'take' },
        { text: '转单', url: shown.url },
        { text: '看详情', url: shown.url },
      ],
    });
  });

  it('accepts on the card, with stars nobody chose for the reporter; what is not mended needs words', () => {
    const card = acceptCard(ticket, { ...shown, photos: 0, worked: '2 小时', until: '11-26 17:30 前' });
    expect(card).toMatchObject({
      title: '请验收：打印机 · 行政楼 302',
      selection: { selectedId: '0' },
      buttons: [
        { text: '验收通过', key: 'accept' },
        { text: '没修好', url: shown.url },
      ],
    });
  });
});

it.each([
  [[], null],
  [[{ questionKey: 'rating', optionIds: ['0'] }], null],
  [[{ questionKey: 'rating', optionIds: ['5'] }], 5],
  [[{ questionKey: 'rating', optionIds: ['1', '5'] }], 1],
  [[{ questionKey: 'rating', optionIds: ['6'] }], null],
  [[{ questionKey: 'rating', optionIds: [] }], null],
  [[{ questionKey: 'other', optionIds: ['5'] }], null],
])('stars that came with a tap: %j are %j', (selected, stars) => {
  expect(ratingIn(selected)).toBe(stars);
});

describe('R27: what a card says is told by the state', () => {
  const now = { holderId: 'a', version: 3, isAutoConfirmed: false };
  it.each([
    ['dispatched', {}, 3, null],
    ['dispatched', {}, 2, '请看新卡片'],
    ['dispatched', { holderId: 'b' }, 2, '已转给李四'],
    ['reported', { holderId: null }, 3, '已退回派单'],
    ['accepted', {}, 2, '已接单'],
    ['held', {}, 2, '已接单'],
    ['done', {}, 2, '已报完工'],
    ['closed', {}, 2, '已办结'],
    ['closed', { holderId: 'b' }, 2, '已转给李四'],
    ['cancelled', {}, 2, '已撤回'],
  ] as const)('to take over: %s %j with version %i says %s', (state, more, version, words) => {
    expect(wordsOfTake({ ...now, state, ...more }, { personId: 'a', version }, '李四')).toBe(words);
  });

  it.each([
    ['done', {}, 3, null],
    ['done', {}, 2, '请看新卡片'],
    ['closed', {}, 2, '已验收通过'],
    ['closed', { isAutoConfirmed: true }, 2, '到期自动办结'],
    ['accepted', {}, 2, '已要求返修'],
  ] as const)('to accept: %s %j with version %i says %s', (state, more, version, words) => {
    expect(wordsOfAccept({ ...now, state, ...more }, version)).toBe(words);
  });

  it('only the state that asks leaves a card open', () => {
    for (const state of STATES) {
      const take = wordsOfTake({ ...now, state }, { personId: 'a', version: 3 }, '李四');
      const accept = wordsOfAccept({ ...now, state }, 3);
      expect([take === null, accept === null]).toEqual([
        cardOfState(state) === 'repairs.take',
        cardOfState(state) === 'repairs.accept',
      ]);
    }
  });
});

it('a card names the ticket and its version', () => {
  const ref = refOf({ id: '0190a5b3c4d5e6f7a8b9c0d1e2f3a4b5', version: 12 });
  expect(versionIn(ref)).toBe(12);
  // The column of a message's ref.
  expect(ref.length).toBeLessThanOrEqual(64);
});
