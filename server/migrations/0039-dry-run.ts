import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** What the nightly walk of each template found, to tell what is new from what was known. */
export class DryRun1795343000000 implements MigrationInterface {
  readonly name = 'DryRun1795343000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'approval_dry_run',
      {
        id: { ...c.code(40), primary: true },
        templateVersion: c.integer(),
        walkedAt: c.instant(),
        runCount: c.integer(),
        deadCount: c.integer(),
        ends: c.json(),
      },
      [],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('approval_dry_run');
  }
}
