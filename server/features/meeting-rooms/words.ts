import { dateOf, timeOf, weekdayOf } from '../../kernel/dates.ts';
import type { State, Why } from './contract.ts';
import type { Range } from './slots.ts';
import type { EventKind } from './tables.ts';

export const TAKEN = '已占用';

export const STATE_WORDS: Readonly<Record<State, string>> = {
  pending: '等待批准',
  booked: '已订',
  refused: '未批准',
  cancelled: '已取消',
  released: '无人签到，已释放',
  lapsed: '没等到批准，已过期',
};

export const WHY_WORDS: Readonly<Record<Why, string>> = {
  closed: '会议室停用',
  shape: '时间不对',
  past: '时间已过',
  far: '太早了，最多提前 400 天',
  hours: '不在开放时间',
  blackout: '这段时间不开放',
  taken: '已被占用',
  late: '要管理人批准，已经开始的时间来不及批',
};

export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  asked: '提交预订',
  booked: '预订',
  approved: '批准',
  refused: '不批准',
  moved: '改时间',
  shortened: '提前结束',
  cancelled: '取消',
  checkedIn: '签到',
  released: '无人签到，释放',
  lapsed: '到时未批准，过期',
};

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** 11月26日 周四 14:00–15:30 */
export function rangeWords({ startsAt, endsAt }: Range): string {
  const date = dateOf(startsAt);
  const [, month, day] = date.split('-').map(Number);
  const end = timeOf(endsAt) === '00:00' ? '24:00' : timeOf(endsAt);
  return `${month}月${day}日 ${WEEKDAYS[weekdayOf(date)]} ${timeOf(startsAt)}–${end}`;
}
