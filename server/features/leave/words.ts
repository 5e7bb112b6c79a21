import type { HalfDayRange } from '../../kernel/count-days.ts';
import type { OwnLeave } from './contract.ts';
import type { EntryKind } from './ledger.ts';
import type { Back } from './stay-away.ts';

const HALVES = { am: '上午', pm: '下午' } as const;
const day = (date: string): string => date.slice(5);

/** "11-26 下午 至 12-01"; "11-26 上午"; "11-26" for the whole of one day. */
export function rangeWords({ from, fromHalf, to, toHalf }: HalfDayRange): string {
  const start = fromHalf === 'pm' ? `${day(from)} 下午` : day(from);
  if (from === to) return fromHalf === toHalf ? `${day(from)} ${HALVES[fromHalf]}` : day(from);
  return `${start} 至 ${toHalf === 'am' ? `${day(to)} 上午` : day(to)}`;
}

export const backWords = ({ on, half }: Back, returnedDays: number): string =>
  `${day(on)} ${HALVES[half]}起在岗${returnedDays > 0 ? `，少休 ${String(returnedDays)} 天` : ''}`;

export const STATE_WORDS: Readonly<Record<OwnLeave['state'], string>> = {
  planned: '还没开始',
  away: '休假中',
  overdue: '待销假',
  extended: '已续假',
  returned: '已销假',
  cancelled: '已取消',
};

export const KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  granted: '按工龄应有',
  adjusted: '人事处调整',
  carriedIn: '上年转入',
  carriedOut: '转入下年',
  lapsed: '过期作废',
  held: '申请中占用',
  released: '释放占用',
  used: '已休',
  returned: '退回',
};
export const kindWords = (kind: string): string => KIND_WORDS[kind as EntryKind] ?? kind;
