import { In } from 'typeorm';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { bookingPath, type MeetingRoomsContext } from '../context.ts';
import { participantsOf } from '../store.ts';
import { BookingEventTable, type BookingRow } from '../tables.ts';

/**
 * To who takes part, if they were ever told of the meeting: one that never got its room needs no word that it is off,
 * one that waits for the manager's word again, because it was moved, does.
 * @param ref makes a repetition harmless; its first word is the message's kind
 */
export async function tellInvited(
  { notify }: MeetingRoomsContext,
  tx: Tx,
  row: Pick<BookingRow, 'id' | 'state'>,
  ref: string,
  words: string,
): Promise<void> {
  if (row.state !== 'booked' && !(await hadItsRoom(tx, row.id))) return;
  const path = bookingPath(row.id);
  for (const personId of await participantsOf(tx, row.id)) notify(tx, { key: ref, personId, words, path });
}

const hadItsRoom = ({ em }: Tx, bookingId: string): Promise<boolean> =>
  em.getRepository(BookingEventTable).existsBy({ bookingId, kind: In(['booked', 'approved']) });
