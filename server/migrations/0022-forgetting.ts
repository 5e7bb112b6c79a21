import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Forgetting somebody takes two: who proposed it and when. */
export class Forgetting1795325000000 implements MigrationInterface {
  readonly name = 'Forgetting1795325000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'audit_forgetting', {
      id: c.id(),
      proposedAt: c.instant(),
      proposedBy: c.ref(),
      version: c.version(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_forgetting', true);
  }
}
