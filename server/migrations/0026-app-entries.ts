import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** G7: the last time somebody opened a system on a day, and how far that is folded. */
export class AppEntries1795333000000 implements MigrationInterface {
  readonly name = 'AppEntries1795333000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'account_app_entry',
      {
        id: c.id(),
        systemCode: c.code(32),
        personId: c.ref(),
        enteredOn: c.day(),
        lastAt: c.instant(),
      },
      [
        { name: 'account_app_entry_once', columns: ['personId', 'systemCode', 'enteredOn'], unique: true },
        { name: 'account_app_entry_time', columns: ['systemCode', 'lastAt'] },
      ],
    );
    await createTable(runner, 'account_entry_log', {
      id: c.id(),
      reachesTo: c.instant(),
      version: c.version(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_entry_log');
    await runner.dropTable('account_app_entry');
  }
}
