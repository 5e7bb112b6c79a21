import type { Reads } from '../../platform/db/unit-of-work.ts';
import { wallTime } from '../supervision/index.ts';

/** "11-24 17:30 前处理": the nearest deadline of a running request; empty when no clock runs. */
export async function dueWordsOf(reads: Reads, instanceId: string): Promise<string> {
  const [row] = await reads.em.query<{ dueAt: number | null }[]>(
    `select min(dueAt) as dueAt from approval_task where instanceId = ? and status = 'pending'`,
    [instanceId],
  );
  const dueAt = row?.dueAt ?? null;
  return dueAt === null ? '' : `${wallTime(reads.now, Number(dueAt))} 前处理`;
}
