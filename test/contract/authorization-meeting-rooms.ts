/** Rooms and bookings as they lie, without the story that led there. */
import {
  BlackoutTable,
  BookingTable,
  CalendarTable,
  RoomTable,
  MEETING_SUBJECT,
  WaitTable,
} from '../../server/features/meeting-rooms/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import { newId } from '../../server/kernel/id.ts';
import { createVault } from '../../server/platform/vault/index.ts';
import { createHash } from 'node:crypto';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');
export const DOOR = 'd'.repeat(16);
const hash = (key: string): string => createHash('sha256').update(key).digest('hex');
const QUARTER = 15 * 60_000;

export const RANGE = {
  startsAt: instantOf('2026-11-26', 9 * 60),
  endsAt: instantOf('2026-11-26', 10 * 60),
} as const;

export type MeetingRoomsStage = ReturnType<typeof openMeetingRoomsStage>;

export function openMeetingRoomsStage({ app, config, clock }: Started, managerId: string, unitId: string) {
  const vault = createVault({
    secrets: config.vaultKeys,
    fingerprintSecret: config.fingerprintKey,
  });

  async function room(): Promise<string> {
    const id = newId();
    const row = { ...terms(), id, equipment: [], doorCode: DOOR, createdAt: clock.now(), version: 1 };
    await app.db.write(SEED, (tx) => insertRows(tx, RoomTable, [row]));
    return id;
  }

  const terms = () => ({
    name: '会议室',
    place: '行政楼',
    capacity: 10,
    equipment: [],
    unitId,
    managerId,
    opensMinute: 0,
    closesMinute: 1_440,
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    bookerUnitIds: null,
    needsApproval: false,
    bufferMinutes: 0,
    checkInMinutes: null,
    state: 'open' as const,
    wecomRoomId: null,
  });

  async function booking(bookerId: string, state: 'pending' | 'booked', now = false) {
    const id = newId();
    const roomId = await room();
    const startsAt = now ? Math.floor(clock.now() / QUARTER) * QUARTER : RANGE.startsAt;
    const row = {
      id,
      roomId,
      askId: id,
      inSeries: false,
      bookerId,
      unitId: null,
      clientKey: newId(),
      nth: 0,
      subjectSealed: vault.seal(MEETING_SUBJECT, '例会'),
      reasonSealed: null,
      startsAt,
      endsAt: startsAt + RANGE.endsAt - RANGE.startsAt,
      state,
      checkedInAt: null,
      releaseAt: null,
      remindedAt: null,
      createdAt: clock.now(),
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, BookingTable, [row]));
    return { bookingId: id, roomId };
  }

  async function wait(personId: string): Promise<string> {
    const id = newId();
    const row = { id, roomId: await room(), personId, ...RANGE, toldAt: null };
    await app.db.write(SEED, (tx) => insertRows(tx, WaitTable, [row]));
    return id;
  }

  async function blackout() {
    const blackoutId = newId();
    const roomId = await room();
    const row = { id: blackoutId, roomId, ...RANGE, reason: '检修', madeById: managerId };
    await app.db.write(SEED, (tx) => insertRows(tx, BlackoutTable, [row]));
    return { roomId, blackoutId };
  }

  /** @returns the key of its address */
  async function calendar(ownerId?: string, kind: 'person' | 'room' = 'room'): Promise<string> {
    const key = newId();
    const row = { id: newId(), kind, ownerId: ownerId ?? (await room()), keyHash: hash(key), madeAt: 1 };
    await app.db.write(SEED, async (tx) => {
      await tx.em.getRepository(CalendarTable).delete({ ownerId: row.ownerId });
      await insertRows(tx, CalendarTable, [row]);
    });
    return key;
  }

  return { room, terms, booking, wait, blackout, calendar };
}
