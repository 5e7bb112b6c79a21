import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, forbidden, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { bookingPath, enter, type MeetingRoomsContext } from '../context.ts';
import type { BookAnswer, DecideRequest } from '../contract.ts';
import { mirrorLater } from '../mirror/mirror.ts';
import { answersFor, mayDecide } from '../policy.ts';
import { releaseTime, whyNot } from '../slots.ts';
import {
  appendEvent,
  bookingsOfAsk,
  loadBooking,
  lockRoom,
  participantsOf,
  roomIdOf,
  sealReason,
  standingToWrite,
} from '../store.ts';
import { BookingTable, type BookingRow, type RoomRow } from '../tables.ts';
import { rangeWords, WHY_WORDS } from '../words.ts';
import { invite } from './book.ts';
import { BOOKING, closeClock } from './clock.ts';
import { tellWaiting } from './free-time.ts';
import { tellInvited } from './tell-invited.ts';

type Judged = { readonly row: BookingRow; readonly why: ReturnType<typeof whyNot> };

/**
 * The manager's word on everything that was asked for at once. @param clockId whose clock it answers, where that is
 * known: a card asks for the time it names.  R42: approval looks again, since the room may have been
 * closed, its hours changed or a blackout laid over it meanwhile.
 * @throws forbidden `meetingrooms.own_booking`, `meetingrooms.not_manager`; conflict `meetingrooms.decided`,
 * `meetingrooms.cannot_approve` with every occurrence; refused `meetingrooms.reason_needed`
 */
export async function decide(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  bookingId: string,
  request: DecideRequest,
  clockId?: string,
): Promise<BookAnswer> {
  if (!request.approve && request.reason === '') throw refused('meetingrooms.reason_needed');
  const roomId = await roomIdOf(ctx.db, bookingId);
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const asked = await loadBooking(tx, bookingId);
    const { org, viewer } = await enter(ctx, tx, actor.personId);
    if (!answersFor(org, viewer, room, asked)) throw forbidden('meetingrooms.not_manager');
    if (asked.bookerId === actor.personId) throw forbidden('meetingrooms.own_booking');
    if (clockId !== undefined) await mustRun(ctx, tx, asked.askId, clockId);
    const rows = (await bookingsOfAsk(tx, asked.askId)).filter((row) => mayDecide(org, viewer, room, row));
    if (rows.length === 0) throw conflict('meetingrooms.decided');
    const judged = request.approve
      ? await judgeAgain(tx, room, rows)
      : rows.map((row) => ({ row, why: null }));
    mustFit(judged, request);
    const approved = request.approve ? judged.filter(({ why }) => why === null).map(({ row }) => row) : [];
    const denied = judged.filter(({ row }) => !approved.includes(row));
    for (const row of approved) {
      const releaseAt = releaseTime(row, room.checkInMinutes, tx.now);
      await saveWithVersion(tx, BookingTable, row, { state: 'booked', releaseAt });
      appendEvent(tx, row, 'approved');
    }
    for (const { row, why } of denied) {
      const reason = why === null ? request.reason : WHY_WORDS[why];
      const reasonSealed = sealReason(ctx, reason);
      await saveWithVersion(tx, BookingTable, row, { state: 'refused', reasonSealed, releaseAt: null });
      appendEvent(tx, row, 'refused');
    }
    mirrorLater(ctx, tx, approved);
    await closeClock(ctx, tx, asked.askId, approved.length > 0 ? 'approved' : 'refused');
    tellBooker(
      ctx,
      tx,
      room,
      asked.bookerId,
      approved,
      denied.map(({ row }) => row),
    );
    invite(ctx, tx, org, room, approved, await participantsOf(tx, asked.id));
    for (const { row } of denied)
      await tellInvited(
        ctx,
        tx,
        row,
        `off:${row.id}:${row.version}`,
        `${room.name} ${rangeWords(row)} 没有批准，会议没有会议室了。`,
      );
    await tellWaiting(
      ctx,
      tx,
      room,
      denied.map(({ row }) => row),
    );
    recordAct(tx, {
      action: request.approve ? 'meetingrooms.approve' : 'meetingrooms.refuse',
      targetType: 'meeting_booking',
      targetId: asked.askId,
      after: { approved: approved.length, refused: denied.length },
    });
    return { items: judged.map(({ row, why }) => occurrence(row, why, approved.includes(row))) };
  });
}

/** @throws conflict `meetingrooms.changed` */
async function mustRun(
  { supervision }: MeetingRoomsContext,
  tx: Tx,
  askId: string,
  clockId: string,
): Promise<void> {
  const clocks = await supervision.listOfSubjects(tx, BOOKING, [askId]);
  if (!clocks.some(({ id, state }) => id === clockId && state === 'open'))
    throw conflict('meetingrooms.changed');
}

const occurrence = (
  row: BookingRow,
  why: Judged['why'],
  isApproved: boolean,
): BookAnswer['items'][number] => ({
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  bookingId: row.id,
  state: isApproved ? 'booked' : 'refused',
  why,
  whyWords: why === null ? '' : WHY_WORDS[why],
});

async function judgeAgain(tx: Tx, room: RoomRow, rows: readonly BookingRow[]): Promise<Judged[]> {
  const around = {
    startsAt: Math.min(...rows.map(({ startsAt }) => startsAt)),
    endsAt: Math.max(...rows.map(({ endsAt }) => endsAt)),
  };
  const standing = await standingToWrite(
    tx,
    room.id,
    around,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ row, why: whyNot(room, row, standing, tx.now) }));
}

function mustFit(judged: readonly Judged[], { skipConflicts }: DecideRequest): void {
  const unfit = judged.flatMap(({ why }) => why ?? []);
  const [first] = unfit;
  if (first === undefined || (skipConflicts && unfit.length < judged.length)) return;
  throw conflict('meetingrooms.cannot_approve', {
    count: unfit.length,
    of: judged.length,
    whyWords: WHY_WORDS[first],
    items: judged.map(({ row, why }) => ({ ...occurrence(row, why, false), state: row.state })),
  });
}

function tellBooker(
  { notify }: MeetingRoomsContext,
  tx: Tx,
  room: RoomRow,
  personId: string,
  approved: readonly BookingRow[],
  denied: readonly BookingRow[],
): void {
  const [first] = [...approved, ...denied];
  if (!first) return;
  const partly = approved.length > 0 && denied.length > 0;
  const outcome = partly
    ? `批准了 ${approved.length} 次，${denied.length} 次没有批准`
    : approved.length > 0
      ? '已批准'
      : '没有批准';
  notify(tx, {
    key: `decided:${first.id}:${first.version}`,
    personId,
    words: `你预订的${room.name}，${rangeWords(first)}，${outcome}。`,
    path: bookingPath(first.id),
  });
}
