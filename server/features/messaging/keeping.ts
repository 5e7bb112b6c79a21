import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';

/** What is not on its way any more. A card's code is worth nothing after 72 hours, so nothing can still be said on it. */
const OVER = `state in ('sent', 'failed', 'unreachable', 'cancelled', 'recalled')`;

export const messagingKeepings = (db: Db): Keeping[] => [
  // What they led to is in the rooms' own histories. 企业微信 repeats a callback within minutes.
  deleteRows(db, {
    kind: 'messaging.callbacks',
    atLeastDays: 2,
    table: 'received_event',
    since: 'receivedAt',
    where: 'handledAt is not null',
  }),
  // Nothing is said twice as long as the first time is known.
  deleteRows(db, {
    kind: 'messaging.messages',
    atLeastDays: 184,
    table: 'message',
    since: 'createdAt',
    where: OVER,
  }),
];
