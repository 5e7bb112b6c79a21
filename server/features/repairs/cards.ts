/** Cards of repairs with a button: taking over, and accepting what was mended (PHONE.md 6). Pure. */
import type { CardButton, CardContent, CardRow } from '../../wecom/cards/content.ts';
import type { TicketState } from './contract.ts';
import type { TicketRow } from './tables.ts';

export const TAKE_CARD = 'repairs.take';
export const ACCEPT_CARD = 'repairs.accept';
export const TAKE_KEY = 'take';
export const ACCEPT_KEY = 'accept';
export const RATING = 'rating';

/** A card is about the ticket as it was when the card was made; one that moved on has another version. */
export const refOf = ({ id, version }: Pick<TicketRow, 'id' | 'version'>): string => `${id}:${version}`;

export const versionIn = (ref: string): number => Number(ref.slice(ref.lastIndexOf(':') + 1));

/** Which card asks somebody for something while a ticket is in this state. */
export const cardOfState = (state: TicketState): typeof TAKE_CARD | typeof ACCEPT_CARD | null =>
  state === 'dispatched' ? TAKE_CARD : state === 'done' ? ACCEPT_CARD : null;

interface Shown {
  readonly categoryName: string;
  /** The ticket's page, in full. */
  readonly url: string;
}

type About = Pick<TicketRow, 'placeName' | 'words' | 'convenient' | 'result'>;

const source = { desc: '办公助手 · 报修' };
const filled = (rows: readonly { readonly label: string; readonly value: string }[]): CardRow[] =>
  rows.filter(({ value }) => value !== '');

/** To who mends. Handing it on needs somebody's name, giving it back a reason: both are for the page. */
export function takeCard(
  ticket: About,
  shown: Shown & {
    readonly reporterName: string;
    readonly photos: number;
    /** 今天 14:30; '' where nothing is known. */
    readonly until: string;
    /** What whoever gave it out said. */
    readonly said: string;
  },
): CardContent {
  const { categoryName, url, reporterName, photos, until, said } = shown;
  const buttons: CardButton[] = [
    { text: '接单', style: 1, key: TAKE_KEY },
    { text: '转单', style: 3, url },
    { text: '看详情', style: 3, url },
  ];
  return {
    cardType: 'button_interaction',
    source,
    title: `${categoryName} · ${ticket.placeName}`,
    desc: until === '' ? '请接单' : `请在 ${until} 前接单`,
    rows: filled([
      { label: '说明', value: ticket.words },
      { label: '交代', value: said },
      { label: '照片', value: photos === 0 ? '' : `${photos} 张` },
      { label: '方便', value: ticket.convenient },
      { label: '报修', value: reporterName },
    ]),
    actionUrl: url,
    buttons,
  };
}

/** Nobody's rating is one they did not choose: the first of the list, which 企业微信 shows by itself, is none. */
const RATINGS = [
  { id: '0', text: '请选择' },
  { id: '5', text: '很满意' },
  { id: '4', text: '满意' },
  { id: '3', text: '一般' },
  { id: '2', text: '不满意' },
  { id: '1', text: '很差' },
];

/** To who reported it. What is not good enough needs words, so that is for the page. */
export function acceptCard(
  ticket: About,
  shown: Shown & {
    readonly photos: number;
    /** 2 小时 */
    readonly worked: string;
    /** 11-26 17:30, or 3 个工作日内 while a year has no notice. */
    readonly until: string;
  },
): CardContent {
  const { categoryName, url, photos, worked, until } = shown;
  return {
    cardType: 'button_interaction',
    source,
    title: `请验收：${categoryName} · ${ticket.placeName}`,
    desc: `${until}没有验收的，到期自动办结`,
    rows: filled([
      { label: '处理', value: ticket.result },
      { label: '照片', value: photos === 0 ? '' : `${photos} 张` },
      { label: '用时', value: worked },
    ]),
    actionUrl: url,
    selection: { questionKey: RATING, title: '评价', selectedId: '0', options: RATINGS },
    buttons: [
      { text: '验收通过', style: 1, key: ACCEPT_KEY },
      { text: '没修好', style: 3, url },
    ],
  };
}

/** Stars chosen on the card; null: none, or a client that shows no choice. */
export function ratingIn(
  selected: readonly { readonly questionKey: string; readonly optionIds: readonly string[] }[],
): number | null {
  const [id = '0'] = selected.find(({ questionKey }) => questionKey === RATING)?.optionIds ?? [];
  return /^[1-5]$/.test(id) ? Number(id) : null;
}

type Now = Pick<TicketRow, 'state' | 'holderId' | 'version' | 'isAutoConfirmed'>;

/** What the card of who was to take it over says now; null: it still asks. */
export function wordsOfTake(
  ticket: Now,
  card: { readonly personId: string; readonly version: number },
  holderName: string,
): string | null {
  switch (ticket.state) {
    case 'cancelled':
      return '已撤回';
    case 'reported':
      return '已退回派单';
    case 'dispatched':
      if (ticket.holderId !== card.personId) return `已转给${holderName}`;
      return ticket.version === card.version ? null : '请看新卡片';
    default:
      if (ticket.holderId !== card.personId) return `已转给${holderName}`;
      return ticket.state === 'done' ? '已报完工' : ticket.state === 'closed' ? '已办结' : '已接单';
  }
}

/** What the card of who reported it says now; null: it still asks. */
export function wordsOfAccept(ticket: Now, version: number): string | null {
  switch (ticket.state) {
    case 'closed':
      return ticket.isAutoConfirmed ? '到期自动办结' : '已验收通过';
    case 'done':
      return ticket.version === version ? null : '请看新卡片';
    default:
      return '已要求返修';
  }
}
