import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** What each night ended of what was kept long enough. */
export class Keeping1795307000000 implements MigrationInterface {
  readonly name = 'Keeping1795307000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'keeping_run',
      {
        id: c.id(),
        kind: c.code(),
        ranAt: c.instant(),
        days: c.integer(),
        removed: c.integer(),
        overdue: c.integer(),
        oldestAt: c.nullable(c.instant()),
        failed: c.flag(),
      },
      [
        { name: 'keeping_run_kind', columns: ['kind', 'ranAt'] },
        { name: 'keeping_run_at', columns: ['ranAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('keeping_run', true);
  }
}
