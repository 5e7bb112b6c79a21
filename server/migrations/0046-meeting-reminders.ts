import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns } from '../platform/db/migration-kit.ts';

/** When whoever booked was told that one can check in. */
export class MeetingReminders1795348800000 implements MigrationInterface {
  readonly name = 'MeetingReminders1795348800000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'meeting_booking', { remindedAt: c.nullable(c.instant()) });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('meeting_booking', 'remindedAt');
  }
}
