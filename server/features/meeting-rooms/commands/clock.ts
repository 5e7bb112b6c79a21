/** A booking that waits for its manager's word is a to-do with a clock. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard, settleCards, tapsNow } from '../../messaging/index.ts';
import { wallTime, wordsOfDeadline } from '../../supervision/index.ts';
import { DECIDE_CARD, DECIDED_WORDS, decideCard, type Ending } from '../cards.ts';
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
  const { supervision, settings } = ctx;
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
  if (holder === null) return;
  const until =
    row.dueAt === null ? '' : `${wallTime(tx.now, row.dueAt)}${row.provisional ? '（暂估）' : ''}`;
  queueCard(
    tx,
    { kind: DECIDE_CARD, personId: holder, subjectType: BOOKING, subjectId: first.id, ref: row.id },
    decideCard(room, { ...first, bookerName: name, times }, { until, url: `${ctx.publicUrl}${row.path}` }),
  );
}

export async function closeClock(
  { supervision }: MeetingRoomsContext,
  tx: Tx,
  askId: string,
  outcome: Ending,
): Promise<void> {
  const clocks = await supervision.listOfSubjects(tx, BOOKING, [askId]);
  for (const { id, state, holderPersonId } of clocks)
    if (state === 'open')
      settleCards(tx, DECIDE_CARD, [
        { ref: id, words: DECIDED_WORDS[outcome], answeredInPlace: tapsNow(tx, holderPersonId) },
      ]);
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
