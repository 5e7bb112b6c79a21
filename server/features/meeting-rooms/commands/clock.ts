/** A booking that waits for its manager's word is a to-do with a clock. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import { bookingPath, type MeetingRoomsContext } from '../context.ts';
import { deciderOf, type RoomOrg } from '../policy.ts';
import type { Range } from '../slots.ts';
import type { RoomRow } from '../tables.ts';
import { rangeWords } from '../words.ts';

/** As obligations name it; the subject is what was asked for at once. */
export const BOOKING = 'meeting_booking';
const KIND = 'meetingrooms.decide';

interface Asked extends Range {
  readonly id: string;
  readonly askId: string;
  readonly bookerId: string;
}

/** What the meeting is about is in no word of it: to-dos are shown in lists and messages. */
export function openClock(
  ctx: MeetingRoomsContext,
  tx: Tx,
  org: RoomOrg,
  room: RoomRow,
  first: Asked,
  times: number,
): void {
  const holder = deciderOf(org, room, first.bookerId);
  const { supervision, notify, settings } = ctx;
  const name = org.person(first.bookerId)?.name ?? '';
  const title = `${name}预订${room.name}，${rangeWords(first)}${times > 1 ? ` 起 ${times} 次` : ''}`;
  const row = supervision.openObligation(tx, {
    kind: KIND,
    subjectType: BOOKING,
    subjectId: first.askId,
    // Asked again after it was moved: a clock of its own.
    stepRef: `decide:${tx.now}`,
    title,
    path: bookingPath(first.id),
    holderPersonId: holder,
    holderUnitId: room.unitId,
    budget: { minutes: settings.decideMinutes },
  });
  if (holder !== null)
    notify(tx, {
      key: `decide:${row.id}`,
      personId: holder,
      words: `${title}，等你批准。`,
      path: row.path,
    });
}

export async function closeClock(
  { supervision }: MeetingRoomsContext,
  tx: Tx,
  askId: string,
  outcome: string,
): Promise<void> {
  await supervision.closeObligations(tx, { subjectType: BOOKING, subjectId: askId, outcome });
}

/** Each rung once (R37). */
export function remindDeciders({ supervision, notify }: MeetingRoomsContext): void {
  supervision.onReminder(KIND, async (tx, row, rung) => {
    if (row.holderPersonId === null || row.dueAt === null) return;
    notify(tx, {
      key: `rung:${row.id}:${rung.rung}`,
      personId: row.holderPersonId,
      words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
      path: row.path,
    });
  });
}
