/** People leave and are locked: what they booked is free again, and what waits for their word waits with another. */
import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import { settleCards } from '../../messaging/index.ts';
import { DECIDE_CARD } from '../cards.ts';
import type { MeetingRoomsContext } from '../context.ts';
import { deciderOf } from '../policy.ts';
import { HOLDS, lockRoom } from '../store.ts';
import { BookingTable, RoomTable, type BookingRow } from '../tables.ts';
import { drop } from './calendar.ts';
import { cancelRows } from './cancel.ts';
import { BOOKING } from './clock.ts';

export const FOLLOW_JOB = 'meetingrooms.follow';
const MECHANISM = systemActor(`job:${FOLLOW_JOB}`);
const AT_ONCE = 200;

/** Fill for `directory.onPersonChanged`: the work itself is a job's. */
export async function onPersonChanged(
  ctx: MeetingRoomsContext,
  tx: Tx,
  { kind, personId }: Pick<PersonChange, 'kind' | 'personId'>,
): Promise<void> {
  if (!['locked', 'unlocked', 'left', 'moved'].includes(kind)) return;
  const left = kind === 'left';
  if (left) await drop(tx, personId);
  const [concerned] = await tx.em.query<object[]>(
    `select id from meeting_room where managerId = ?
     union all select id from meeting_booking where bookerId = ? and endsAt > ? limit 1`,
    [personId, personId, tx.now],
  );
  if (concerned || (await holdsClock(ctx, tx, personId)))
    enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { personId, left } });
}

/** Heads who answer in place of a manager manage no room themselves. */
const holdsClock = async ({ supervision }: MeetingRoomsContext, tx: Tx, personId: string): Promise<boolean> =>
  (await supervision.listHeld(tx, personId, { limit: 1, only: BOOKING })).length > 0;

export interface Following {
  readonly personId?: string;
  readonly left?: boolean;
  readonly roomId?: string;
}

/** Looks at the present state first, so a repetition changes nothing. */
export async function follow(ctx: MeetingRoomsContext, { personId, left, roomId }: Following): Promise<void> {
  if (left === true && personId !== undefined) await giveBack(ctx, personId);
  const roomIds =
    roomId !== undefined
      ? [roomId]
      : await ctx.db.read((reads) => roomsToAnswerFor(ctx, reads, personId ?? ''));
  for (const id of roomIds) await handOn(ctx, id);
}

/** Rooms this person manages, and those where something waits for their word. */
async function roomsToAnswerFor(ctx: MeetingRoomsContext, reads: Reads, personId: string): Promise<string[]> {
  const managed = await reads.em.getRepository(RoomTable).findBy({ managerId: personId });
  const asked = among('askId', await heldAsks(ctx, reads, personId));
  const rows = await reads.em.query<{ roomId: string }[]>(
    `select distinct roomId from meeting_booking where ${asked.sql}`,
    [...asked.params],
  );
  return [...new Set([...managed.map(({ id }) => id), ...rows.map(({ roomId }) => roomId)])];
}

async function heldAsks(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  offset = 0,
): Promise<string[]> {
  const page = { limit: AT_ONCE, offset, only: BOOKING };
  const ids = (await ctx.supervision.listHeld(reads, personId, page)).map(({ subjectId }) => subjectId);
  return ids.length < AT_ONCE ? ids : [...ids, ...(await heldAsks(ctx, reads, personId, offset + AT_ONCE))];
}

async function giveBack(ctx: MeetingRoomsContext, bookerId: string): Promise<void> {
  const rooms = await ctx.db.read((reads) =>
    reads.em.query<{ roomId: string }[]>(
      `select distinct roomId from meeting_booking where bookerId = ? and endsAt > ? and ${HOLDS}`,
      [bookerId, reads.now],
    ),
  );
  for (const { roomId } of rooms)
    await ctx.db.write(MECHANISM, async (tx) => {
      const room = await lockRoom(tx, roomId);
      const found = await tx.em
        .getRepository(BookingTable)
        .createQueryBuilder('b')
        .where(`b.bookerId = :bookerId and b.roomId = :roomId and b.endsAt > :now and b.${HOLDS}`, {
          bookerId,
          roomId,
          now: tx.now,
        })
        .getMany();
      const org = await ctx.orgOf(tx);
      if (found.length === 0 || org.person(bookerId)?.state !== 'left') return;
      await cancelRows(ctx, tx, room, found, '预订人已离开', 'booker');
      recordAct(tx, {
        action: 'meetingrooms.cancel',
        targetType: 'meeting_room',
        targetId: roomId,
        after: { times: found.length, by: 'left' },
      });
    });
}

/** The same clock goes on with its next holder: a breach that happened stays with who held it then (G9). */
function handOn(ctx: MeetingRoomsContext, roomId: string): Promise<void> {
  return ctx.db.write(MECHANISM, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const pending = await tx.em.getRepository(BookingTable).findBy({ roomId, state: 'pending' });
    const asks = new Map<string, BookingRow>(pending.map((row) => [row.askId, row]));
    if (asks.size === 0) return;
    const org = await ctx.orgOf(tx);
    const clocks = await ctx.supervision.listOfSubjects(tx, BOOKING, [...asks.keys()]);
    for (const clock of clocks.filter(({ state }) => state === 'open')) {
      const booking = asks.get(clock.subjectId);
      if (!booking) continue;
      const holder = deciderOf(org, room, booking.bookerId);
      if (holder === clock.holderPersonId) continue;
      await ctx.supervision.transferObligations(tx, {
        subjectType: BOOKING,
        subjectId: clock.subjectId,
        toPersonId: holder,
        toUnitId: room.unitId,
        reason: 'holder',
      });
      const name = org.person(holder ?? '')?.name ?? '他人';
      settleCards(tx, DECIDE_CARD, [{ ref: clock.id, words: `已转给${name}` }]);
      if (holder !== null)
        ctx.notify(tx, {
          key: `handed:${clock.id}:${clock.version}`,
          personId: holder,
          words: `${clock.title}，转到你这里，等你批准。`,
          path: clock.path,
        });
    }
  });
}
