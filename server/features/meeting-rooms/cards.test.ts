import { describe, expect, it } from 'vitest';
import { instantOf } from '../../kernel/dates.ts';
import { comingCard, decideCard, freeCard, refOf, versionIn, wordsOfComing, wordsOfDecide } from './cards.ts';

const DAY = '2026-11-24';
const at = (hour: number, minute = 0) => instantOf(DAY, hour * 60 + minute);
const room = { name: '第一会议室', place: '行政楼 301', needsApproval: false };
const url = 'https://steward.example.edu.cn/rooms/bookings/b1';

describe('PHONE.md 6: the cards', () => {
  it('the manager agrees on it; refusing needs a reason, so it is a page', () => {
    const asked = { startsAt: at(9), endsAt: at(10), bookerName: '张雨桐', times: 3 };
    expect(decideCard(room, asked, { until: '今天 17:30', url })).toMatchObject({
      title: '张雨桐 预订第一会议室',
      desc: '请在 今天 17:30 前答复',
      rows: [{ value: '11月24日 周二 09:00–10:00' }, { value: '每周，共 3 次' }, { value: '行政楼 301' }],
      buttons: [
        { text: '批准', key: 'approve' },
        { text: '看详情', url },
      ],
    });
  });

  it('who booked can give it back; checking in takes the code at the door', () => {
    const booking = { startsAt: at(14), endsAt: at(15), releaseAt: at(14, 10) };
    const card = comingCard(room, booking, { now: at(13, 45), opensAt: at(13, 45), url });
    expect(card).toMatchObject({
      title: '第一会议室 · 今天 14:00–15:00',
      rows: [{ value: '13:45 至 14:10，门口扫码' }, { value: '未签到会释放' }, { value: '行政楼 301' }],
      buttons: [
        { text: '取消预订', key: 'cancel' },
        { text: '看详情', url },
      ],
    });
  });

  it('who waits books on it, except where the manager wants to know what for', () => {
    const rest = { startsAt: at(9), endsAt: at(10) };
    const buttons = (needsApproval: boolean) => {
      const card = freeCard({ ...room, needsApproval }, rest, url);
      return card.cardType === 'button_interaction' ? card.buttons : [];
    };
    expect(buttons(false)).toMatchObject([
      { text: '预订', key: 'book' },
      { text: '不用了', key: 'drop' },
    ]);
    expect(buttons(true)).toMatchObject([
      { text: '去预订', url },
      { text: '不用了', key: 'drop' },
    ]);
  });
});

describe('R27: what a card says is told by the state', () => {
  const open = { state: 'open', outcome: null, holderPersonId: 'a' } as const;
  it.each([
    [open, null],
    [{ ...open, holderPersonId: 'b' }, '已转给李四'],
    [{ ...open, state: 'closed', outcome: 'approved' }, '已批准'],
    [{ ...open, state: 'closed', outcome: 'refused' }, '未批准'],
    [{ ...open, state: 'closed', outcome: 'moved' }, '已改时间'],
    [{ ...open, state: 'closed', outcome: 'lapsed' }, '已过期'],
    [{ ...open, state: 'closed', outcome: 'withdrawn' }, '已取消'],
    [{ ...open, state: 'closed', outcome: 'toString' }, '已失效'],
    [undefined, '已失效'],
  ] as const)('to answer for a room: %j says %s', (clock, words) => {
    expect(wordsOfDecide(clock, 'a', '李四')).toBe(words);
  });

  const booking = { state: 'booked', checkedInAt: null, endsAt: at(15), version: 2 } as const;
  it.each([
    [booking, 2, null],
    [booking, 1, '已改时间'],
    [{ ...booking, state: 'pending' }, 1, '已改时间'],
    [{ ...booking, checkedInAt: at(14) }, 1, '已签到'],
    [{ ...booking, state: 'cancelled' }, 1, '已取消'],
    [{ ...booking, state: 'released' }, 1, '未签到，已释放'],
    [{ ...booking, endsAt: at(13) }, 2, '已结束'],
  ] as const)('to come to a meeting: %j with version %i says %s', (row, version, words) => {
    expect(wordsOfComing(row, version, at(14))).toBe(words);
  });
});

it('a card names the booking and its version', () => {
  expect(versionIn(refOf({ id: '0190a5b3c4d5e6f7a8b9c0d1e2f3a4b5', version: 7 }))).toBe(7);
});
