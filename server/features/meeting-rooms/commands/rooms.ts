import { randomBytes } from 'node:crypto';
import type { PersonActor } from '../../../kernel/actor.ts';
import { badRequest, conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { BlackoutRequest, ChangeRoomRequest, RoomTerms } from '../contract.ts';
import { keeps, manages, type RoomOrg, type Viewer } from '../policy.ts';
import { overlap } from '../slots.ts';
import { HOLDS, lockRoom } from '../store.ts';
import { BlackoutTable, BookingTable, RoomTable, type BookingRow, type RoomRow } from '../tables.ts';
import { cancelRows } from './cancel.ts';
import { FOLLOW_JOB } from './follow.ts';
import { closeFreeLater } from './close-free-cards.ts';
import { tellWaiting } from './free-time.ts';

const DOOR_BYTES = 8;

/** @throws forbidden `meetingrooms.not_keeper`; refused `meetingrooms.hours`; badRequest `meetingrooms.unknown_unit` … */
export function makeRoom(ctx: MeetingRoomsContext, actor: PersonActor, terms: RoomTerms) {
  return ctx.db.write(actor, async (tx) => {
    const { org, viewer } = await enter(ctx, tx, actor.personId);
    if (!keeps(viewer, terms)) throw forbidden('meetingrooms.not_keeper');
    check(org, terms);
    const row: RoomRow = {
      id: newId(),
      ...terms,
      doorCode: randomBytes(DOOR_BYTES).toString('hex'),
      createdAt: tx.now,
      version: 1,
    };
    await insertRows(tx, RoomTable, [row]);
    record(tx, 'meetingrooms.make_room', row.id, { name: terms.name, unitId: terms.unitId });
    return { roomId: row.id };
  });
}

/** What is booked stays booked; new hours and rules count for what is booked from now on. */
export function changeRoom(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  roomId: string,
  { version, ...terms }: ChangeRoomRequest,
): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const { org, viewer } = await enter(ctx, tx, actor.personId);
    mustKeep(viewer, room);
    if (!keeps(viewer, terms)) throw forbidden('meetingrooms.not_keeper');
    check(org, terms);
    if (room.version !== version) throw conflict('meetingrooms.room_changed');
    await saveWithVersion(tx, RoomTable, room, terms);
    // What waits for the manager of before is the next one's.
    if (room.managerId !== terms.managerId)
      enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { roomId } });
    record(tx, 'meetingrooms.change_room', roomId, {
      state: terms.state,
      managerId: terms.managerId,
      unitId: terms.unitId,
    });
  });
}

/** @throws notFound for who does not even see it, forbidden for who does */
function mustKeep(viewer: Viewer, room: RoomRow): void {
  if (!keeps(viewer, room)) throw forbidden('meetingrooms.not_keeper');
}

function check(org: RoomOrg, terms: RoomTerms): void {
  if (terms.opensMinute >= terms.closesMinute) throw refused('meetingrooms.hours');
  const units = [terms.unitId, ...(terms.bookerUnitIds ?? [])];
  if (units.some((unitId) => org.unit(unitId)?.state !== 'active'))
    throw badRequest('meetingrooms.unknown_unit');
  if (org.person(terms.managerId)?.active !== true) throw badRequest('meetingrooms.unknown_person');
}

/** A new code at the door: the printed one opens nothing any more. */
export function renewDoor(ctx: MeetingRoomsContext, actor: PersonActor, roomId: string): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const { viewer } = await enter(ctx, tx, actor.personId);
    mustKeep(viewer, room);
    await saveWithVersion(tx, RoomTable, room, { doorCode: randomBytes(DOOR_BYTES).toString('hex') });
    record(tx, 'meetingrooms.renew_door', roomId);
  });
}

const MOST_BLACKOUT_MS = 366 * 86_400_000;

/**
 * Nobody meets there then. Bookings in it stand in its way, unless they are cancelled with it.
 * @throws conflict `meetingrooms.blackout_hits` with how many; refused `meetingrooms.cannot`
 */
export function blackOut(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  roomId: string,
  { startsAt, endsAt, reason, cancelBookings }: BlackoutRequest,
) {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const { viewer } = await enter(ctx, tx, actor.personId);
    if (!manages(viewer, room)) throw forbidden('meetingrooms.not_manager');
    const range = { startsAt, endsAt };
    if (endsAt <= startsAt || endsAt <= tx.now || endsAt - startsAt > MOST_BLACKOUT_MS)
      throw refused('meetingrooms.blackout_shape');
    const hit = (await holding(tx, roomId, startsAt, endsAt)).filter((row) => overlap(row, range));
    if (hit.length > 0 && !cancelBookings)
      throw conflict('meetingrooms.blackout_hits', { count: hit.length });
    const id = newId();
    await insertRows(tx, BlackoutTable, [{ id, roomId, ...range, reason, madeById: actor.personId }]);
    await cancelRows(ctx, tx, room, hit, reason, 'manager');
    closeFreeLater(tx, roomId, [range]);
    record(tx, 'meetingrooms.black_out', roomId, { ...range, cancelled: hit.length });
    return { blackoutId: id, cancelled: hit.length };
  });
}

function holding(tx: Tx, roomId: string, startsAt: number, endsAt: number): Promise<BookingRow[]> {
  return tx.em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(`b.roomId = :roomId and b.endsAt > :from and b.startsAt < :endsAt and b.${HOLDS}`, {
      roomId,
      from: Math.max(startsAt, tx.now),
      endsAt,
    })
    .orderBy('b.startsAt')
    .getMany();
}

/** @throws notFound `meetingrooms.no_blackout` */
export function liftBlackout(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  roomId: string,
  blackoutId: string,
): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const { viewer } = await enter(ctx, tx, actor.personId);
    if (!manages(viewer, room)) throw forbidden('meetingrooms.not_manager');
    const row = await tx.em.getRepository(BlackoutTable).findOneBy({ id: blackoutId, roomId });
    if (!row) throw notFound('meetingrooms.no_blackout');
    await tx.em.getRepository(BlackoutTable).delete({ id: blackoutId });
    await tellWaiting(ctx, tx, room, [row]);
    record(tx, 'meetingrooms.lift_blackout', roomId, { startsAt: row.startsAt, endsAt: row.endsAt });
  });
}

const record = (tx: Tx, action: string, roomId: string, after?: object): void =>
  recordAct(tx, { action, targetType: 'meeting_room', targetId: roomId, after });
