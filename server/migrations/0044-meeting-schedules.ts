import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable } from '../platform/db/migration-kit.ts';

/** Bookings as they stand in 日程 and 会议室 of 企业微信, and which of its rooms a room is. */
export class MeetingSchedules1795348000000 implements MigrationInterface {
  readonly name = 'MeetingSchedules1795348000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'meeting_room', { wecomRoomId: c.nullable(c.integer()) });
    await createTable(
      runner,
      'meeting_schedule',
      {
        id: c.id(),
        bookingId: c.ref(),
        state: c.code(16),
        scheduleId: c.nullable(c.code(64)),
        termsHash: c.code(64),
        roomBookingId: c.nullable(c.code(64)),
        roomHash: c.nullable(c.code(64)),
        writtenAt: c.instant(),
      },
      [{ name: 'meeting_schedule_booking', columns: ['bookingId'], unique: true }],
    );
    await createTable(runner, 'meeting_schedule_calendar', {
      id: c.id(),
      calendarId: c.code(64),
      madeAt: c.instant(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('meeting_schedule_calendar');
    await runner.dropTable('meeting_schedule');
    await runner.dropColumn('meeting_room', 'wecomRoomId');
  }
}
