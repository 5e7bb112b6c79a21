import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns } from '../platform/db/migration-kit.ts';

/**
 * Whose units are in the package of a period, so that it can be asked again when it is taken. Those that lie there are
 * asked for anew: it is not known of them, and their pieces are stored otherwise.
 */
export class PackageUnits1795350000000 implements MigrationInterface {
  readonly name = 'PackageUnits1795350000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'approval_package', { unitIds: c.nullable(c.json()) });
    await runner.query("update approval_package set state = 'failed' where state = 'ready'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('approval_package', 'unitIds');
  }
}
