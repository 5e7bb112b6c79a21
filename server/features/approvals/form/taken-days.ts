/** Which days of a request are really taken: of a revoked one only those that had begun. */
import { addDays, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { HalfDayRangeValue } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';

/** @returns null when nothing of it was taken */
export function takenRange(
  range: HalfDayRangeValue,
  { revoked }: Pick<InstanceState, 'revoked'>,
): HalfDayRangeValue | null {
  if (revoked === undefined) return range;
  const last = dateOf(revoked.at);
  if (range.from > last) return null;
  return range.to <= last ? range : { ...range, to: last, toHalf: 'pm' };
}

export interface Freed {
  readonly released: readonly string[];
  readonly kept: readonly string[];
}

const daysWords = (from: CalendarDate, to: CalendarDate): string => (from === to ? from : `${from} 至 ${to}`);

/** What revoking on `today` gives back of a range of days. A day that has begun is taken. */
export function freedDays({ from, to }: HalfDayRangeValue, today: CalendarDate): Freed {
  const taken = from > today ? [] : [`${daysWords(from, to < today ? to : today)} 已经开始，记为已休`];
  const free = from > today ? from : addDays(today, 1);
  return { released: free > to ? [] : [`${daysWords(free, to)} 的假期取消`], kept: taken };
}
