import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** What stands on people's tiles of the workbench, so that nothing is set that says the same again. */
export class WorkbenchTiles1795350200000 implements MigrationInterface {
  readonly name = 'WorkbenchTiles1795350200000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'workbench_tile',
      { id: c.id(), numbers: c.json(), isShown: c.flag(), saidAt: c.instant(), version: c.version() },
      [
        { name: 'workbench_tile_shown', columns: ['isShown', 'id'] },
        { name: 'workbench_tile_said', columns: ['saidAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('workbench_tile', true);
  }
}
