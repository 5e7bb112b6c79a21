import { newId } from '../../kernel/id.ts';
import { createTogether } from '../../kernel/together.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { NewEvent } from './received-events.ts';
import { ReceivedEventTable, type ReceivedEventRow } from './tables.ts';

/** Resolves when the event is durable. One that is known already stays as it is (R26). */
export type KeepEvent = (event: NewEvent) => Promise<void>;

const MAX_TOGETHER = 50;

/** Keeps events before they are acknowledged: a burst costs a few statements, and no event refuses its neighbours. */
export function createEventInbox(db: Pick<Db, 'insertNew'>): KeepEvent {
  return createTogether(async (events: readonly NewEvent[]) => {
    await db.insertNew(ReceivedEventTable, events.map(rowOf));
    return events.map(() => undefined);
  }, MAX_TOGETHER);
}

const rowOf = (event: NewEvent): ReceivedEventRow => ({ ...event, id: newId(), attempts: 0 });
