import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, conflict, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { alternativesFor } from '../alternatives.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { ChangeRequest } from '../contract.ts';
import { mirrorLater } from '../mirror/mirror.ts';
import { mayBook, mayChange, needsDecision, type RoomOrg } from '../policy.ts';
import { firstStart, releaseTime, STEP_MINUTES, tooLateToAsk, whyNot, type Range } from '../slots.ts';
import {
  appendEvent,
  bookingsOfAsk,
  loadBooking,
  lockRoom,
  participantsOf,
  roomIdOf,
  standingToWrite,
} from '../store.ts';
import { BookingTable, type BookingRow, type RoomRow } from '../tables.ts';
import { rangeWords, WHY_WORDS } from '../words.ts';
import { closeClock, openClock } from './clock.ts';
import { closeFreeLater } from './close-free-cards.ts';
import { tellWaiting } from './free-time.ts';
import { settleComing } from './remind-coming.ts';
import { tellInvited } from './tell-invited.ts';

/**
 * The booker gives a part back, or takes another time of the same room (R42: looked at and written at once, itself
 * aside). Another time of a room that needs approval needs it anew, and holds the room meanwhile; what would begin before
 * anybody can answer is refused, and the booking stays as it is.
 * @throws conflict `meetingrooms.taken` with alternatives, `meetingrooms.changed`, `meetingrooms.over`;
 * refused `meetingrooms.cannot`; notFound `meetingrooms.no_booking`
 */
export async function change(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  bookingId: string,
  request: ChangeRequest,
): Promise<void> {
  const roomId = await roomIdOf(ctx.db, bookingId);
  try {
    await ctx.db.write(actor, (tx) => changeNow(ctx, tx, actor.personId, roomId, bookingId, request));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'meetingrooms.taken') throw error;
    const alternatives = await ctx.db.read(async (reads) => {
      const people = (await participantsOf(reads, bookingId)).length + 1;
      return alternativesFor(ctx, reads, actor.personId, roomId, request, people);
    });
    throw conflict(error.code, { ...error.data, ...alternatives });
  }
}

async function changeNow(
  ctx: MeetingRoomsContext,
  tx: Tx,
  personId: string,
  roomId: string,
  bookingId: string,
  { version, startsAt, endsAt }: ChangeRequest,
): Promise<void> {
  const room = await lockRoom(tx, roomId);
  const booking = await loadBooking(tx, bookingId);
  const entered = await enter(ctx, tx, personId);
  if (booking.bookerId !== personId) throw notFound('meetingrooms.no_booking');
  if (!mayChange(entered.viewer, booking, tx.now)) throw conflict('meetingrooms.over');
  if (booking.version !== version) throw conflict('meetingrooms.changed');
  const range = { startsAt, endsAt };
  // Nobody is told, and no clock begins anew, because somebody looked and left it as it was.
  if (startsAt === booking.startsAt && endsAt === booking.endsAt) return;
  const shorter = isShorter(booking, range);
  if (shorter) mustEndSensibly(booking, range, tx.now);
  else {
    if (!mayBook(entered.viewer, room)) throw refused('meetingrooms.may_not_book', { room: room.name });
    await mustBeFree(tx, room, booking, range);
  }
  const asksAgain = !shorter && needsDecision(room, personId) && booking.state === 'booked';
  const waits = asksAgain || booking.state === 'pending';
  // It would lapse within the minute, and with it the meeting that may sit there now.
  if (waits && tooLateToAsk(range, tx.now))
    throw refused('meetingrooms.cannot', { why: 'late', whyWords: WHY_WORDS.late });
  const isLater = startsAt > tx.now;
  await saveWithVersion(tx, BookingTable, booking, {
    ...range,
    state: asksAgain ? 'pending' : booking.state,
    checkedInAt: isLater ? null : booking.checkedInAt,
    releaseAt: releaseOf(booking, range, room, tx.now),
    // Told again when its time comes; who only stays longer or shorter just saw it.
    remindedAt: startsAt === booking.startsAt ? booking.remindedAt : null,
  });
  settleComing(tx, booking, range);
  appendEvent(tx, booking, shorter ? 'shortened' : 'moved', range);
  mirrorLater(ctx, tx, [booking]);
  if (waits) await askAnew(ctx, tx, entered.org, room, booking.askId);
  await tellInvited(
    ctx,
    tx,
    booking,
    `moved:${booking.id}:${booking.version}`,
    `${room.name}的会议改到 ${rangeWords(range)}（原来 ${rangeWords(booking)}）${asksAgain ? '，等管理人批准' : ''}。`,
  );
  await tellWaiting(ctx, tx, room, [booking]);
  if (!shorter) closeFreeLater(tx, room.id, [range]);
  recordAct(tx, {
    action: shorter ? 'meetingrooms.shorten' : 'meetingrooms.move',
    targetType: 'meeting_booking',
    targetId: bookingId,
    before: { startsAt: booking.startsAt, endsAt: booking.endsAt },
    after: range,
  });
}

/** The clock's words name the time, and how many of a series wait with it. */
async function askAnew(
  ctx: MeetingRoomsContext,
  tx: Tx,
  org: RoomOrg,
  room: RoomRow,
  askId: string,
): Promise<void> {
  await closeClock(ctx, tx, askId, 'moved');
  const waiting = (await bookingsOfAsk(tx, askId)).filter(({ state }) => state === 'pending');
  const [first] = waiting.toSorted((a, b) => a.startsAt - b.startsAt);
  if (first) openClock(ctx, tx, org, room, first, waiting.length);
}

/** Whoever only gives back a part, or stays longer, has no more time to come than before. */
function releaseOf(booking: BookingRow, range: Range, room: RoomRow, now: number): number | null {
  const isLater = range.startsAt > now;
  if (booking.checkedInAt !== null && !isLater) return null;
  if (range.startsAt === booking.startsAt && booking.releaseAt !== null)
    return Math.min(booking.releaseAt, range.endsAt);
  return releaseTime(range, room.checkInMinutes, now);
}

/** Nothing of it was not held before. */
const isShorter = (held: Range, { startsAt, endsAt }: Range): boolean =>
  startsAt >= held.startsAt && endsAt <= held.endsAt && endsAt > startsAt;

function mustEndSensibly(held: Range, { startsAt, endsAt }: Range, now: number): void {
  const step = STEP_MINUTES * 60_000;
  const isRunning = held.startsAt <= now;
  const fits =
    startsAt % step === 0 &&
    endsAt % step === 0 &&
    endsAt > firstStart(now) &&
    (isRunning ? startsAt === held.startsAt : startsAt >= firstStart(now));
  if (!fits) throw refused('meetingrooms.cannot', { why: 'shape', whyWords: WHY_WORDS.shape });
}

async function mustBeFree(tx: Tx, room: RoomRow, booking: BookingRow, range: Range): Promise<void> {
  const standing = await standingToWrite(tx, room.id, range, [booking.id]);
  // A meeting that runs may go on longer: it began in time.
  const isLonger = range.startsAt === booking.startsAt && booking.startsAt <= tx.now;
  const why = whyNot(room, range, standing, isLonger ? booking.startsAt : tx.now);
  if (why === null) return;
  const data = { room: room.name, why, whyWords: WHY_WORDS[why] };
  throw why === 'taken' || why === 'blackout'
    ? conflict('meetingrooms.taken', data)
    : refused('meetingrooms.cannot', data);
}
