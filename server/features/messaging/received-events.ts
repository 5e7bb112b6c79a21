import type { Db } from '../../platform/db/unit-of-work.ts';
import { ReceivedEventTable, type ReceivedEventRow } from './tables.ts';

export interface NewEvent {
  readonly entrance: string;
  readonly eventKey: string;
  readonly kind: string;
  readonly fromUser: string;
  readonly body: string;
  readonly receivedAt: number;
  /** Set at once for what nothing follows from. */
  readonly handledAt: number | null;
}

const MAX_ATTEMPTS = 5;

export async function markHandled(db: Db, entrance: string, eventKey: string, at: number): Promise<void> {
  await db.run('update received_event set handledAt = ? where entrance = ? and eventKey = ?', [
    at,
    entrance,
    eventKey,
  ]);
}

export async function countAttempt(db: Db, id: string): Promise<void> {
  await db.run('update received_event set attempts = attempts + 1 where id = ?', [id]);
}

/** Stored but not handled for a while: the process died in between, or the handler failed. */
export async function unhandledEvents(db: Db, before: number): Promise<ReceivedEventRow[]> {
  return db.read((reads) =>
    reads.em
      .getRepository(ReceivedEventTable)
      .createQueryBuilder('e')
      .where('e.handledAt is null and e.receivedAt <= :before and e.attempts < :max', {
        before,
        max: MAX_ATTEMPTS,
      })
      .orderBy('e.receivedAt')
      .take(100)
      .getMany(),
  );
}
