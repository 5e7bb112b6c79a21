import { MINUTE_MS } from '../../../kernel/dates.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { SETTLE_MS } from './follow.ts';

export const DRIFT_RECORD = 'directory.driftRecord';
export const DRIFT_SCAN = 'directory.driftScan';

export interface RecordRef {
  readonly type: 'member' | 'department';
  /** Userid or department id. */
  readonly id: string;
  /** When an event said it happened. */
  readonly happenedAt: number | null;
}

/** More single records than that are a whole comparison's business. */
const AT_MOST = 200;

/** Read these again when our own writes have settled. */
export function lookAgain(tx: Tx, type: RecordRef['type'], ids: readonly string[]): void {
  for (const id of ids.slice(0, AT_MOST))
    lookAt(tx, { type, id, happenedAt: null }, tx.now + SETTLE_MS + MINUTE_MS);
}

/** One look per record and minute, however many events there were: at the minute's end, so that none comes too late. */
export function lookAt(tx: Tx, ref: RecordRef, notBefore: number): void {
  const runAt = nextMinute(notBefore);
  enqueue(tx, { name: DRIFT_RECORD, key: `${ref.type}:${ref.id}:${runAt}`, payload: ref, runAt });
}

/** Everybody's existence and departments, once for all events of a minute. */
export function lookAtEverybody(tx: Tx, happenedAt: number | null): void {
  const runAt = nextMinute(tx.now);
  enqueue(tx, { name: DRIFT_SCAN, key: String(runAt), payload: { happenedAt }, runAt });
}

const nextMinute = (at: number): number => (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS;
