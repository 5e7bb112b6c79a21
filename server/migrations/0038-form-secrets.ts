import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** ID numbers of approval forms, sealed apart from the forms, which hold them masked. */
export class FormSecrets1795341000000 implements MigrationInterface {
  readonly name = 'FormSecrets1795341000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'approval_secret',
      { id: c.id(), instanceId: c.ref(), fieldKey: c.code(40), valueSealed: c.longText() },
      [{ name: 'approval_secret_field', columns: ['instanceId', 'fieldKey'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('approval_secret');
  }
}
