import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue, type JobDefinition, RunAgain } from '../../../platform/jobs/index.ts';
import { FixPermission, RetryLater, StopAll, WeComError } from '../../../wecom/index.ts';
import { bookingPath, type MeetingRoomsContext } from '../context.ts';
import { participantsOf, subjectOf } from '../store.ts';
import { BookingTable, RoomTable } from '../tables.ts';
import { rangeWords } from '../words.ts';
import { createCalendarSide, isUnknownPerson, MECHANISM, MIRROR_JOB, type Side } from './calendar-side.ts';
import { ScheduleTable, type ScheduleRow } from './tables.ts';
import { stepsTo, wantedOf, type Step, type Wanted } from './wanted.ts';

const BUSY_PAUSE_MS = 20_000;
const STOPPED_PAUSE_MS = 600_000;
/** Finding, adding and taking the room are three; who needs more goes round in circles. */
const MOST_ROUNDS = 6;

type Booked = { readonly id: string };

/** What happened to these bookings is to be seen in 日程 as well: a job's work, in the unit of work of the act. */
export function mirrorLater({ mirror }: MeetingRoomsContext, tx: Tx, rows: readonly Booked[]): void {
  if (mirror.mode === 'off' || rows.length === 0) return;
  enqueue(tx, {
    name: MIRROR_JOB,
    key: newId(),
    payload: { bookingIds: rows.map(({ id }) => id) } satisfies Payload,
  });
}

interface Payload {
  readonly bookingIds: readonly string[];
}

/** One at a time: two that make the same schedule would make it twice. The job looks at what is so now. */
export const mirrorJob = (ctx: MeetingRoomsContext): JobDefinition => ({
  name: MIRROR_JOB,
  exclusive: true,
  async handle({ payload, now }) {
    const side = createCalendarSide(ctx);
    const { bookingIds } = payload as Payload;
    const stuck: string[] = [];
    for (const id of bookingIds) {
      try {
        await mirrorBooking(ctx, side, id);
      } catch (error) {
        if (bookingIds.length === 1 || isOfAll(error)) throw laterOr(error, now);
        stuck.push(id);
      }
    }
    // Tried again by itself: what is wrong with one booking does not hold up the others of its series.
    await ctx.db.write(MECHANISM, async (tx) => {
      for (const id of stuck) mirrorLater(ctx, tx, [{ id }]);
    });
  },
});

/** 企业微信 answers nobody just now, or not this app. */
const isOfAll = (error: unknown): boolean => error instanceof RetryLater || error instanceof StopAll;

function laterOr(error: unknown, now: number): unknown {
  const at = error instanceof WeComError ? pauseUntil(error, now) : null;
  return at === null ? error : new RunAgain(at, (error as Error).message);
}

/** When it may go on; null: waiting helps nobody. */
function pauseUntil(error: WeComError, now: number): number | null {
  if (error instanceof RetryLater) return Math.max(error.retryAt ?? 0, now + BUSY_PAUSE_MS);
  // Whoever booked may not be a member yet; when the booking is over, nothing is left to do.
  if (error instanceof StopAll || error instanceof FixPermission || isUnknownPerson(error))
    return Math.max(error.retryAt ?? 0, now + STOPPED_PAUSE_MS);
  return null;
}

interface State {
  readonly wanted: Wanted | null;
  readonly known: ScheduleRow | null;
  readonly title: string;
  readonly managerId: string;
}

async function mirrorBooking(ctx: MeetingRoomsContext, side: Side, bookingId: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const state = await stateOf(ctx, bookingId);
    const [step] = state === null ? [] : stepsTo(state.wanted, state.known);
    if (state === null || step === undefined) return;
    await act(ctx, side, bookingId, state, step);
  }
}

/** Null: there is no such booking any more, or it is over and stays as it was written. */
function stateOf(ctx: MeetingRoomsContext, bookingId: string): Promise<State | null> {
  return ctx.db.read(async (reads) => {
    const booking = await reads.em.getRepository(BookingTable).findOneBy({ id: bookingId });
    const room = booking && (await reads.em.getRepository(RoomTable).findOneBy({ id: booking.roomId }));
    if (!booking || !room || booking.endsAt <= reads.now) return null;
    const org = await ctx.orgOf(reads);
    const member = (personId: string): string[] => {
      const person = org.person(personId);
      return person?.active === true ? [person.userid] : [];
    };
    const wanted = wantedOf({
      booking,
      room,
      booker: member(booking.bookerId)[0] ?? null,
      participants: (await participantsOf(reads, bookingId)).flatMap(member),
      bookerName: org.person(booking.bookerId)?.name ?? '',
      subject: ctx.mirror.mode === 'subjects' ? subjectOf(ctx, booking) : null,
      link: `${ctx.publicUrl}${bookingPath(bookingId)}`,
      now: reads.now,
    });
    const known = await reads.em.getRepository(ScheduleTable).findOneBy({ bookingId });
    return { wanted, known, title: `${room.name}，${rangeWords(booking)}`, managerId: room.managerId };
  });
}

async function act(
  ctx: MeetingRoomsContext,
  side: Side,
  bookingId: string,
  { wanted, known, title, managerId }: State,
  step: Step,
): Promise<void> {
  const scheduleId = known?.scheduleId ?? '';
  switch (step) {
    case 'find': {
      const found = await side.find(`${ctx.publicUrl}${bookingPath(bookingId)}`);
      // The terms of an unanswered call are not known: they are written again.
      const there = { state: 'there', scheduleId: found, termsHash: '' } as const;
      return note(ctx, bookingId, found === null ? { state: 'gone' } : there);
    }
    case 'add': {
      if (wanted === null) return;
      await note(ctx, bookingId, { state: 'adding', roomBookingId: null, roomHash: null });
      const added = await side.add(wanted.terms);
      return note(ctx, bookingId, { state: 'there', scheduleId: added, termsHash: wanted.hash });
    }
    case 'update': {
      if (wanted === null) return;
      const isThere = await side.update(scheduleId, wanted.terms);
      return note(ctx, bookingId, isThere ? { termsHash: wanted.hash } : { state: 'gone' });
    }
    case 'leaveRoom':
      await side.leaveRoom(known?.roomBookingId ?? '');
      return note(ctx, bookingId, { roomBookingId: null, roomHash: null });
    case 'takeRoom': {
      if (!wanted?.room) return;
      const roomBookingId = await side.takeRoom(scheduleId, wanted);
      return note(ctx, bookingId, { roomBookingId, roomHash: wanted.room.hash }, (tx) => {
        if (roomBookingId === null) tellOfTakenRoom(ctx, tx, managerId, bookingId, wanted, title);
      });
    }
    case 'delete':
      await side.delete(scheduleId);
      return note(ctx, bookingId, { state: 'gone' });
  }
}

/** Somebody took the room in 企业微信 itself. Ours stands; who keeps the room has to know. */
function tellOfTakenRoom(
  { notify }: MeetingRoomsContext,
  tx: Tx,
  personId: string,
  bookingId: string,
  { room }: Wanted,
  title: string,
): void {
  const words = `${title}：企业微信的会议室里没有订上（可能已被别人直接订走），请核对。这里的预订仍然有效。`;
  notify(tx, {
    key: `mirror:${bookingId}:${room?.hash.slice(0, 12) ?? ''}`,
    personId,
    words,
    path: bookingPath(bookingId),
  });
}

/** What is known of it now, beside what was said about it. */
function note(
  { db }: MeetingRoomsContext,
  bookingId: string,
  changes: Partial<ScheduleRow>,
  also: (tx: Tx) => void = () => undefined,
): Promise<void> {
  return db.write(MECHANISM, async (tx) => {
    const row: ScheduleRow = {
      id: newId(),
      bookingId,
      state: 'gone',
      scheduleId: null,
      termsHash: '',
      roomBookingId: null,
      roomHash: null,
      writtenAt: tx.now,
    };
    await insertRows(tx, ScheduleTable, [row], 'keep');
    await tx.em.getRepository(ScheduleTable).update({ bookingId }, { ...changes, writtenAt: tx.now });
    also(tx);
  });
}
