import { dateOf } from '../../../ui/format.ts';

/** `2026-10` when it is November in Shanghai. */
export function lastMonth(now: number): string {
  const [year = 0, month = 0] = dateOf(now).split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
