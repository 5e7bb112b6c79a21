/**
 * Cards of meeting rooms with a button (PHONE.md 6). What a meeting is about is in none of them: it is sealed where it is
 * kept, a message is not. Nobody checks in on a card: whoever does has seen the code at the door. Pure.
 */
import { timeOf } from '../../kernel/dates.ts';
import type { CardContent } from '../../wecom/cards/content.ts';
import { wallTime, type ObligationRow } from '../supervision/index.ts';
import type { Range } from './slots.ts';
import type { BookingRow, RoomRow } from './tables.ts';
import { rangeWords } from './words.ts';

export const DECIDE_CARD = 'meetingrooms.decide';
export const COMING_CARD = 'meetingrooms.coming';
export const FREE_CARD = 'meetingrooms.free';
export const APPROVE_KEY = 'approve';
export const CANCEL_KEY = 'cancel';
export const BOOK_KEY = 'book';
export const DROP_KEY = 'drop';

const source = { desc: '办公助手 · 会议室' };

/** To who answers for the room. A refusal needs a reason, so that is for the page. */
export function decideCard(
  room: Pick<RoomRow, 'name' | 'place'>,
  asked: Range & { readonly bookerName: string; readonly times: number },
  { until, url }: { readonly until: string; readonly url: string },
): CardContent {
  return {
    cardType: 'button_interaction',
    source,
    title: `${asked.bookerName} 预订${room.name}`,
    desc: until === '' ? '请批准' : `请在 ${until} 前答复`,
    rows: [
      { label: '时间', value: rangeWords(asked) },
      ...(asked.times > 1 ? [{ label: '次数', value: `每周，共 ${asked.times} 次` }] : []),
      { label: '地点', value: room.place },
    ],
    actionUrl: url,
    buttons: [
      { text: '批准', style: 1, key: APPROVE_KEY },
      { text: '看详情', style: 3, url },
    ],
  };
}

/** To who booked, when the door opens for checking in: a room nobody comes to is released. */
export function comingCard(
  room: Pick<RoomRow, 'name' | 'place'>,
  booking: Range & { readonly releaseAt: number },
  { now, opensAt, url }: { readonly now: number; readonly opensAt: number; readonly url: string },
): CardContent {
  return {
    cardType: 'button_interaction',
    source,
    title: `${room.name} · ${wallTime(now, booking.startsAt)}–${timeOf(booking.endsAt)}`,
    desc: '不用了就取消，别人可以用',
    rows: [
      { label: '签到', value: `${timeOf(opensAt)} 至 ${timeOf(booking.releaseAt)}，门口扫码` },
      { label: '过时', value: '未签到会释放' },
      { label: '地点', value: room.place },
    ],
    actionUrl: url,
    buttons: [
      { text: '取消预订', style: 3, key: CANCEL_KEY },
      { text: '看详情', style: 3, url },
    ],
  };
}

/** To who waits. Where the manager has to agree, what it is for is said on the page. */
export function freeCard(
  room: Pick<RoomRow, 'name' | 'place' | 'needsApproval'>,
  rest: Range,
  url: string,
): CardContent {
  return {
    cardType: 'button_interaction',
    source,
    title: `${room.name} 空出来了`,
    desc: '先订先得',
    rows: [
      { label: '时段', value: rangeWords(rest) },
      { label: '地点', value: room.place },
    ],
    actionUrl: url,
    buttons: [
      room.needsApproval ? { text: '去预订', style: 1, url } : { text: '预订', style: 1, key: BOOK_KEY },
      { text: '不用了', style: 3, key: DROP_KEY },
    ],
  };
}

/** Last words of who was asked, by how their clock ended. */
export const DECIDED_WORDS = {
  approved: '已批准',
  refused: '未批准',
  withdrawn: '已取消',
  moved: '已改时间',
  lapsed: '已过期',
} as const;
export type Ending = keyof typeof DECIDED_WORDS;
const isEnding = (outcome: string | null): outcome is Ending =>
  outcome !== null && Object.hasOwn(DECIDED_WORDS, outcome);

/** What the card of who was asked says now; null: it still asks. */
export function wordsOfDecide(
  clock: Pick<ObligationRow, 'state' | 'outcome' | 'holderPersonId'> | undefined,
  personId: string,
  holderName: string,
): string | null {
  if (clock?.state === 'open') return clock.holderPersonId === personId ? null : `已转给${holderName}`;
  return clock && isEnding(clock.outcome) ? DECIDED_WORDS[clock.outcome] : '已失效';
}

/** A card is about the booking as it was when the card was made. */
export const refOf = ({ id, version }: Pick<BookingRow, 'id' | 'version'>): string => `${id}:${version}`;
export const versionIn = (ref: string): number => Number(ref.slice(ref.lastIndexOf(':') + 1));

/** What the card of who booked says now; null: it can still be cancelled there. */
export function wordsOfComing(
  booking: Pick<BookingRow, 'state' | 'checkedInAt' | 'endsAt' | 'version'>,
  version: number,
  now: number,
): string | null {
  if (booking.state === 'cancelled') return '已取消';
  if (booking.state === 'released') return '未签到，已释放';
  if (booking.checkedInAt !== null) return '已签到';
  if (booking.endsAt <= now) return '已结束';
  return booking.version === version && booking.state === 'booked' ? null : '已改时间';
}
