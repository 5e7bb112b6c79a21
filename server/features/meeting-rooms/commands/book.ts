import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, badRequest, conflict, forbidden, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { alternativesFor } from '../alternatives.ts';
import { bookingPath, enter, type MeetingRoomsContext } from '../context.ts';
import type { BookAnswer, BookRequest, Occurrence, Why } from '../contract.ts';
import { mirrorLater } from '../mirror/mirror.ts';
import { mayBook, needsDecision, type RoomOrg } from '../policy.ts';
import { judgeSeries, releaseTime, tooLateToAsk, weekly, type Range } from '../slots.ts';
import { appendEvent, lockRoom, sealSubject, standingToWrite } from '../store.ts';
import { BookingTable, ParticipantTable, type BookingRow, type RoomRow } from '../tables.ts';
import { rangeWords, WHY_WORDS } from '../words.ts';
import { openClock } from './clock.ts';
import { closeFreeLater } from './close-free-cards.ts';

type Judged = ReturnType<typeof judgeSeries>[number];

/** In the way is somebody else's: other times and rooms help. Else the request itself is wrong. */
const CONTESTED: readonly Why[] = ['taken', 'blackout'];

/**
 * R42: look and write in one unit of work behind the room's lock. R43: of a series, each occurrence is answered; all
 * or none, or those that can be had.
 * @throws conflict `meetingrooms.taken` with alternatives, `meetingrooms.series_taken` with every occurrence;
 * refused `meetingrooms.cannot`; forbidden `meetingrooms.may_not_book`
 */
export async function book(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  request: BookRequest,
): Promise<BookAnswer> {
  try {
    return await againOnClash(() => ctx.db.write(actor, (tx) => bookNow(ctx, tx, actor.personId, request)));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'meetingrooms.taken') throw error;
    // Looked for outside the lock: whoever waits behind it is not kept by the words for who lost.
    const { roomId, startsAt, endsAt, participantIds } = request;
    const alternatives = await ctx.db.read((reads) =>
      alternativesFor(ctx, reads, actor.personId, roomId, { startsAt, endsAt }, participantIds.length + 1),
    );
    throw conflict(error.code, { ...error.data, ...alternatives });
  }
}

async function bookNow(
  ctx: MeetingRoomsContext,
  tx: Tx,
  bookerId: string,
  request: BookRequest,
): Promise<BookAnswer> {
  const room = await lockRoom(tx, request.roomId);
  const known = await alreadyBooked(tx, bookerId, request);
  if (known) return known;
  const { org, viewer } = await enter(ctx, tx, bookerId);
  if (!mayBook(viewer, room)) throw forbidden('meetingrooms.may_not_book', { room: room.name });
  const participants = checkedPeople(org, bookerId, request.participantIds);
  const judged = await judge(tx, room, request, needsDecision(room, bookerId));
  const fit = judged.flatMap(({ range, why }, nth) => (why === null ? [{ range, nth }] : []));
  refuseUnlessFit(room, request, judged);
  const rows = fit.map(({ range, nth }) => rowOf(ctx, tx, org, room, request, bookerId, range, nth));
  const askId = rows.length === 1 && request.weeks === 1 ? (rows[0]?.id ?? newId()) : newId();
  const asked = rows.map((row) => ({ ...row, askId }));
  await insertRows(tx, BookingTable, asked);
  await insertRows(
    tx,
    ParticipantTable,
    asked.flatMap((row) => participants.map((personId) => ({ id: newId(), bookingId: row.id, personId }))),
  );
  for (const row of asked) appendEvent(tx, row, row.state === 'pending' ? 'asked' : 'booked');
  mirrorLater(
    ctx,
    tx,
    asked.filter(({ state }) => state === 'booked'),
  );
  tellOrAsk(ctx, tx, org, room, asked, participants);
  closeFreeLater(tx, room.id, asked);
  recordAct(tx, {
    action: 'meetingrooms.book',
    targetType: 'meeting_booking',
    targetId: askId,
    after: { roomId: room.id, times: asked.length, of: request.weeks, state: asked[0]?.state ?? '' },
  });
  return { items: answerOf(judged, asked) };
}

async function judge(
  tx: Tx,
  room: RoomRow,
  { startsAt, endsAt, weeks }: BookRequest,
  asks: boolean,
): Promise<Judged[]> {
  const ranges = weekly({ startsAt, endsAt }, weeks);
  const standing = await standingToWrite(tx, room.id, {
    startsAt,
    endsAt: ranges.at(-1)?.endsAt ?? endsAt,
  });
  return judgeSeries(room, ranges, standing, tx.now).map((one) =>
    one.why === null && asks && tooLateToAsk(one.range, tx.now) ? { ...one, why: 'late' } : one,
  );
}

function refuseUnlessFit(room: RoomRow, { weeks, onConflict }: BookRequest, judged: readonly Judged[]): void {
  const unfit = judged.flatMap(({ why }) => why ?? []);
  const [first] = unfit;
  if (first === undefined) return;
  const data = { room: room.name, why: first, whyWords: WHY_WORDS[first] };
  if (weeks === 1)
    throw CONTESTED.includes(first)
      ? conflict('meetingrooms.taken', data)
      : refused('meetingrooms.cannot', data);
  if (onConflict === 'skip' && unfit.length < judged.length) return;
  throw conflict('meetingrooms.series_taken', {
    ...data,
    count: unfit.length,
    of: judged.length,
    items: answerOf(judged, []),
  });
}

function rowOf(
  ctx: MeetingRoomsContext,
  tx: Tx,
  org: RoomOrg,
  room: RoomRow,
  request: BookRequest,
  bookerId: string,
  range: Range,
  nth: number,
): BookingRow {
  const id = newId();
  const post = org.mainAssignmentOf(bookerId);
  return {
    id,
    roomId: room.id,
    askId: id,
    inSeries: request.weeks > 1,
    bookerId,
    unitId: post === null ? null : (org.departmentOf(post.unitId)?.unitId ?? post.unitId),
    clientKey: request.clientKey,
    nth,
    subjectSealed: sealSubject(ctx, request.subject),
    reasonSealed: null,
    startsAt: range.startsAt,
    endsAt: range.endsAt,
    state: needsDecision(room, bookerId) ? 'pending' : 'booked',
    checkedInAt: null,
    releaseAt: releaseTime(range, room.checkInMinutes, tx.now),
    remindedAt: null,
    createdAt: tx.now,
    version: 1,
  };
}

/** @throws badRequest `meetingrooms.unknown_person` */
function checkedPeople(org: RoomOrg, bookerId: string, personIds: readonly string[]): string[] {
  const unique = [...new Set(personIds)].filter((id) => id !== bookerId);
  if (unique.some((id) => org.person(id)?.active !== true)) throw badRequest('meetingrooms.unknown_person');
  return unique;
}

/** A second tap of the same request answers with what the first one booked. */
async function alreadyBooked(tx: Tx, bookerId: string, request: BookRequest): Promise<BookAnswer | null> {
  const { clientKey } = request;
  const rows = await tx.em.getRepository(BookingTable).find({ where: { bookerId, clientKey } });
  if (rows.length === 0) return null;
  const judged = weekly(request, request.weeks).map((range, nth) => ({
    range,
    why: rows.some((row) => row.nth === nth) ? null : ('taken' as const),
  }));
  return { items: answerOf(judged, rows) };
}

function answerOf(judged: readonly Judged[], rows: readonly BookingRow[]): Occurrence[] {
  return judged.map(({ range, why }, nth) => {
    const row = rows.find((one) => one.nth === nth);
    return {
      startsAt: row?.startsAt ?? range.startsAt,
      endsAt: row?.endsAt ?? range.endsAt,
      bookingId: row?.id ?? null,
      state: row?.state ?? null,
      why,
      whyWords: why === null ? '' : WHY_WORDS[why],
    };
  });
}

function tellOrAsk(
  ctx: MeetingRoomsContext,
  tx: Tx,
  org: RoomOrg,
  room: RoomRow,
  rows: readonly BookingRow[],
  participants: readonly string[],
): void {
  const [first] = rows;
  if (!first) return;
  if (first.state === 'pending') openClock(ctx, tx, org, room, first, rows.length);
  else invite(ctx, tx, org, room, rows, participants);
}

/** Who takes part learns of it once the room is theirs. */
export function invite(
  { notify }: MeetingRoomsContext,
  tx: Tx,
  org: RoomOrg,
  room: RoomRow,
  rows: readonly BookingRow[],
  participants: readonly string[],
): void {
  const [first] = rows;
  if (!first) return;
  const name = org.person(first.bookerId)?.name ?? '';
  const times = rows.length > 1 ? ` 起每周，共 ${rows.length} 次` : '';
  for (const personId of participants)
    notify(tx, {
      // Asked again after it was moved: invited again.
      key: `invite:${first.id}:${first.version}`,
      personId,
      words: `${name}约你开会：${room.name}（${room.place}），${rangeWords(first)}${times}。`,
      path: bookingPath(first.id),
    });
}
