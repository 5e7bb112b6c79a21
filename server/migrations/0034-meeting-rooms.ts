import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

const TABLES = [
  'meeting_calendar',
  'meeting_wait',
  'meeting_booking_event',
  'meeting_participant',
  'meeting_booking',
  'meeting_blackout',
  'meeting_room',
] as const;

/** Meeting rooms, who has them when, who waits for a time (S2-A11d, R42, R43). */
export class MeetingRooms1795338004000 implements MigrationInterface {
  readonly name = 'MeetingRooms1795338004000';

  async up(runner: QueryRunner): Promise<void> {
    await createRooms(runner);
    await createBookings(runner);
    await createTable(
      runner,
      'meeting_wait',
      {
        id: c.id(),
        roomId: c.ref(),
        personId: c.ref(),
        startsAt: c.instant(),
        endsAt: c.instant(),
        toldAt: c.nullable(c.instant()),
      },
      [
        { name: 'meeting_wait_room', columns: ['roomId', 'endsAt'] },
        { name: 'meeting_wait_person', columns: ['personId', 'endsAt'] },
        { name: 'meeting_wait_ends', columns: ['endsAt'] },
      ],
    );
    await createTable(
      runner,
      'meeting_calendar',
      { id: c.id(), kind: c.code(16), ownerId: c.ref(), keyHash: c.code(64), madeAt: c.instant() },
      [
        { name: 'meeting_calendar_owner', columns: ['ownerId'], unique: true },
        { name: 'meeting_calendar_key', columns: ['keyHash'], unique: true },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropTable(table);
  }
}

async function createRooms(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'meeting_room',
    {
      id: c.id(),
      name: c.label(40),
      place: c.label(80),
      capacity: c.integer(),
      equipment: c.json(),
      unitId: c.ref(),
      managerId: c.ref(),
      opensMinute: c.integer(),
      closesMinute: c.integer(),
      weekdays: c.json(),
      bookerUnitIds: c.nullable(c.json()),
      needsApproval: c.flag(),
      bufferMinutes: c.integer(),
      checkInMinutes: c.nullable(c.integer()),
      state: c.code(16),
      doorCode: c.code(32),
      createdAt: c.instant(),
      version: c.version(),
    },
    [{ name: 'meeting_room_manager', columns: ['managerId'] }],
  );
  await createTable(
    runner,
    'meeting_blackout',
    {
      id: c.id(),
      roomId: c.ref(),
      startsAt: c.instant(),
      endsAt: c.instant(),
      reason: c.label(60),
      madeById: c.ref(),
    },
    [{ name: 'meeting_blackout_room', columns: ['roomId', 'endsAt'] }],
  );
}

async function createBookings(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'meeting_booking',
    {
      id: c.id(),
      roomId: c.ref(),
      askId: c.ref(),
      inSeries: c.flag(),
      bookerId: c.ref(),
      unitId: c.nullable(c.ref()),
      clientKey: c.code(36),
      nth: c.integer(),
      subjectSealed: c.longText(),
      reasonSealed: c.nullable(c.longText()),
      startsAt: c.instant(),
      endsAt: c.instant(),
      state: c.code(16),
      checkedInAt: c.nullable(c.instant()),
      releaseAt: c.nullable(c.instant()),
      createdAt: c.instant(),
      version: c.version(),
    },
    [
      { name: 'meeting_booking_room', columns: ['roomId', 'endsAt'] },
      { name: 'meeting_booking_booker', columns: ['bookerId', 'endsAt'] },
      { name: 'meeting_booking_ask', columns: ['askId', 'startsAt'] },
      { name: 'meeting_booking_once', columns: ['bookerId', 'clientKey', 'nth'], unique: true },
      { name: 'meeting_booking_release', columns: ['state', 'releaseAt'] },
      { name: 'meeting_booking_start', columns: ['state', 'startsAt'] },
      { name: 'meeting_booking_ends', columns: ['endsAt'] },
    ],
  );
  await createTable(runner, 'meeting_participant', { id: c.id(), bookingId: c.ref(), personId: c.ref() }, [
    { name: 'meeting_participant_once', columns: ['bookingId', 'personId'], unique: true },
    { name: 'meeting_participant_person', columns: ['personId'] },
  ]);
  await createTable(
    runner,
    'meeting_booking_event',
    {
      id: c.id(),
      bookingId: c.ref(),
      kind: c.code(16),
      happenedAt: c.instant(),
      byId: c.code(64),
      byName: c.label(64),
      startsAt: c.instant(),
      endsAt: c.instant(),
    },
    [{ name: 'meeting_booking_event_of', columns: ['bookingId'] }],
  );
}
