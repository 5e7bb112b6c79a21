import { newId } from '../../kernel/id.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { NewEvent } from './received-events.ts';
import { ReceivedEventTable, type ReceivedEventRow } from './tables.ts';

/** Resolves when the event is durable. One that is known already stays as it is (R26). */
export type KeepEvent = (event: NewEvent) => Promise<void>;

const MAX_TOGETHER = 50;

interface Waiting {
  readonly row: ReceivedEventRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Keeps events before they are acknowledged. Whatever arrives while one INSERT is under way shares the next one: a
 * burst costs a few statements, and an event that comes alone does not wait.
 */
export function createEventInbox(db: Pick<Db, 'insertNew'>): KeepEvent {
  const waiting: Waiting[] = [];
  let working = false;

  async function keep(batch: readonly Waiting[]): Promise<void> {
    try {
      await db.insertNew(
        ReceivedEventTable,
        batch.map(({ row }) => row),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // A row the database will not take must not refuse its neighbours.
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((one) => keep([one])));
    }
  }

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) await keep(waiting.splice(0, MAX_TOGETHER));
    working = false;
  }

  return (event) =>
    new Promise((resolve, reject) => {
      waiting.push({ row: { ...event, id: newId(), attempts: 0 }, resolve, reject });
      if (!working) void work();
    });
}
