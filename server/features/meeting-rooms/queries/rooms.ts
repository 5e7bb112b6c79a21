import { forbidden } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { ChoicesAnswer, KeptRoomAnswer, RoomsAnswer, RoomsQuery } from '../contract.ts';
import { keeps, keepsSome, manages, mayLook, seesSomeUsage } from '../policy.ts';
import { blackoutsOf, loadRoom } from '../store.ts';
import { RoomTable, type RoomRow } from '../tables.ts';
import { calendarSince } from './calendar.ts';
import { roomBrief } from './present.ts';

/** In the order they were made. */
export async function pageOfRooms(
  { em }: Reads,
  ask: {
    readonly after: string | undefined;
    readonly limit: number;
    readonly roomId?: string | undefined;
    readonly openOnly?: boolean;
  },
): Promise<{ rooms: RoomRow[]; next: string | null }> {
  const query = em.getRepository(RoomTable).createQueryBuilder('r').where('1 = 1');
  if (ask.openOnly === true) query.andWhere(`r.state = 'open'`);
  if (ask.roomId !== undefined) query.andWhere('r.id = :roomId', { roomId: ask.roomId });
  if (ask.after !== undefined) query.andWhere('r.id > :after', { after: ask.after });
  const rows = await query
    .orderBy('r.id')
    .limit(ask.limit + 1)
    .getMany();
  const rooms = rows.slice(0, ask.limit);
  return { rooms, next: rows.length > ask.limit ? (rooms.at(-1)?.id ?? null) : null };
}

/** Closed ones too, for who keeps them. @throws forbidden `meetingrooms.not_for_you` */
export async function listRooms(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  { after, limit }: RoomsQuery,
): Promise<RoomsAnswer> {
  const entered = await enter(ctx, reads, personId);
  if (!mayLook(entered.viewer)) throw forbidden('meetingrooms.not_for_you');
  const openOnly = !keepsSome(entered.viewer);
  const { rooms, next } = await pageOfRooms(reads, { after, limit, openOnly });
  return {
    items: rooms
      .filter((room) => room.state === 'open' || keeps(entered.viewer, room))
      .map((room) => roomBrief(entered, room)),
    next,
    can: { make: keepsSome(entered.viewer), usage: seesSomeUsage(entered.viewer, rooms) },
  };
}

/** Everything about a room. @throws forbidden `meetingrooms.not_manager` */
export async function readKept(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
  roomId: string,
): Promise<KeptRoomAnswer> {
  const entered = await enter(ctx, reads, personId);
  const room = await loadRoom(reads, roomId);
  if (!manages(entered.viewer, room)) throw forbidden('meetingrooms.not_manager');
  const { org } = entered;
  const { id: _id, doorCode, createdAt: _createdAt, version, ...terms } = room;
  const blackouts = await blackoutsOf(reads, roomId, reads.now);
  return {
    room: roomBrief(entered, room),
    version,
    terms: { ...terms, needsApproval: Boolean(terms.needsApproval) },
    bookerUnits: (room.bookerUnitIds ?? []).map((unitId) => ({
      unitId,
      name: org.unit(unitId)?.name ?? '',
    })),
    calendar: await calendarSince(reads, roomId),
    doorPath: `/rooms/${room.id}?door=${doorCode}`,
    blackouts: blackouts.map(({ id, startsAt, endsAt, reason }) => ({
      blackoutId: id,
      startsAt,
      endsAt,
      reason,
    })),
  };
}

/** @throws forbidden `meetingrooms.not_keeper` */
export async function readChoices(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
): Promise<ChoicesAnswer> {
  const { org, viewer } = await enter(ctx, reads, personId);
  if (!keepsSome(viewer)) throw forbidden('meetingrooms.not_keeper');
  // Departments: a room belongs to one, and a list of thousands of offices helps nobody choose.
  const units = org
    .units()
    .filter(({ kind }) => kind !== 'office')
    .map(({ unitId, name }) => ({ unitId, name }));
  return { keeps: units.filter(({ unitId }) => keeps(viewer, { unitId })), units };
}

const ENTRY = {
  group: '服务保障',
  id: 'meetingRooms',
  title: '会议室',
  icon: 'cal',
  hue: 'teal',
  path: '/rooms',
} as const;

/** For the home page: the module is this person's, and there is a room to be had. */
export async function homeEntries(
  ctx: MeetingRoomsContext,
  reads: Reads,
  personId: string,
): Promise<(typeof ENTRY)[]> {
  const { viewer } = await enter(ctx, reads, personId);
  if (!mayLook(viewer)) return [];
  const { rooms } = await pageOfRooms(reads, { after: undefined, limit: 1, openOnly: true });
  return rooms.length > 0 ? [ENTRY] : [];
}
