import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { wallTime } from '../../supervision/index.ts';

/** "11-24 17:30 前处理": the nearest of some deadlines; empty when no clock runs. */
export function dueWords(dues: readonly (number | null)[], now: number): string {
  const known = dues.filter((dueAt) => dueAt !== null);
  return known.length === 0 ? '' : `${wallTime(now, Math.min(...known))} 前处理`;
}

/** The same for the open tasks of a request. */
export async function dueWordsOf(reads: Reads, instanceId: string): Promise<string> {
  const rows = await reads.em.query<{ dueAt: number | null }[]>(
    `select dueAt from approval_task where instanceId = ? and status = 'pending'`,
    [instanceId],
  );
  return dueWords(
    rows.map(({ dueAt }) => dueAt),
    reads.now,
  );
}
