import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns } from '../platform/db/migration-kit.ts';

/** A person's home address, sealed and masked. */
export class HomeAddress1795329000000 implements MigrationInterface {
  readonly name = 'HomeAddress1795329000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'person', {
      addressSealed: c.nullable(c.longText()),
      addressMasked: c.nullable(c.label(32)),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['addressSealed', 'addressMasked']) await runner.dropColumn('person', column);
  }
}
