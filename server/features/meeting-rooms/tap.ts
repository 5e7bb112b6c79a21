import { actThenDescribe, type CardHandler, type TappedCards } from '../messaging/index.ts';
import {
  APPROVE_KEY,
  BOOK_KEY,
  CANCEL_KEY,
  COMING_CARD,
  DECIDE_CARD,
  DROP_KEY,
  FREE_CARD,
  versionIn,
  wordsOfComing,
  wordsOfDecide,
} from './cards.ts';
import { book } from './commands/book.ts';
import { cancel } from './commands/cancel.ts';
import { decide } from './commands/answer.ts';
import { BOOKING } from './commands/clock.ts';
import { stopWaiting } from './commands/wait.ts';
import { bookingPath, roomPath, type MeetingRoomsContext } from './context.ts';
import { waitedFor, wordsOfFree } from './queries/free-words.ts';
import { BookingTable } from './tables.ts';

/** Fill for `messaging.onCard`. */
export const roomCards = (ctx: MeetingRoomsContext): readonly TappedCards[] => [
  { kind: DECIDE_CARD, answer: onDecide(ctx), pageOf: bookingPath },
  { kind: COMING_CARD, answer: onComing(ctx), pageOf: bookingPath },
  { kind: FREE_CARD, answer: onFree(ctx), pageOf: roomPath },
];

/** 批准: all that was asked for at once, or nothing; which of a series to leave out is for the page. */
function onDecide(ctx: MeetingRoomsContext): CardHandler {
  return (actor, { subjectId: bookingId, ref: clockId, eventKey }) =>
    actThenDescribe(
      eventKey === APPROVE_KEY
        ? () => decide(ctx, actor, bookingId, { approve: true, reason: '', skipConflicts: false }, clockId)
        : null,
      () =>
        ctx.db.read(async (reads) => {
          const booking = await reads.em.getRepository(BookingTable).findOneBy({ id: bookingId });
          const clocks = await ctx.supervision.listOfSubjects(reads, BOOKING, booking ? [booking.askId] : []);
          const clock = clocks.find(({ id }) => id === clockId);
          const org = await ctx.orgOf(reads);
          return wordsOfDecide(
            clock,
            actor.personId,
            org.person(clock?.holderPersonId ?? '')?.name ?? '他人',
          );
        }),
      { url: `${ctx.publicUrl}${bookingPath(bookingId)}`, button: '打开处理' },
    );
}

/** 取消预订. */
function onComing(ctx: MeetingRoomsContext): CardHandler {
  return (actor, { subjectId: bookingId, ref, eventKey }) => {
    const version = versionIn(ref);
    return actThenDescribe(
      eventKey === CANCEL_KEY
        ? () => cancel(ctx, actor, bookingId, { version, following: false, reason: '' })
        : null,
      () =>
        ctx.db.read(async (reads) => {
          const booking = await reads.em.getRepository(BookingTable).findOneBy({ id: bookingId });
          return booking ? wordsOfComing(booking, version, reads.now) : '已失效';
        }),
      { url: `${ctx.publicUrl}${bookingPath(bookingId)}`, button: '打开预订' },
    );
  };
}

/**
 * Nobody writes on a card what a meeting is about, nor where they ask to be told of a time, and they want it before others
 * have it: it is called by who took it.
 */
export const subjectOf = (name: string): string => `${name}的会议`;

/** 预订, 不用了. The wait is the key of what is booked: tapped again it books nothing. */
function onFree(ctx: MeetingRoomsContext): CardHandler {
  return (actor, { subjectId: roomId, ref: waitId, eventKey }) => {
    const take = async (): Promise<void> => {
      const rest = await ctx.db.read((reads) => waitedFor(reads, waitId, actor.personId));
      if (rest === null) return;
      await book(ctx, actor, {
        roomId,
        ...rest,
        subject: subjectOf(actor.name),
        participantIds: [],
        clientKey: waitId,
        weeks: 1,
        onConflict: 'none',
      });
    };
    const acts: Readonly<Record<string, () => Promise<void>>> = {
      [BOOK_KEY]: take,
      [DROP_KEY]: () => stopWaiting(ctx, actor, waitId),
    };
    return actThenDescribe(
      acts[eventKey] ?? null,
      () => ctx.db.read((reads) => wordsOfFree(reads, roomId, waitId, actor.personId)),
      { url: `${ctx.publicUrl}${roomPath(roomId)}`, button: '看会议室' },
    );
  };
}
