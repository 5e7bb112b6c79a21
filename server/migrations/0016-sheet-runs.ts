import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Many new members at once: the sheets that 企业微信 imports and who is in them. */
export class SheetRuns1795313000000 implements MigrationInterface {
  readonly name = 'SheetRuns1795313000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'wecom_sheet_run',
      {
        id: c.id(),
        openSlot: c.nullable(c.integer()),
        state: c.code(16),
        run: c.nullable(c.code(64)),
        sheet: c.integer(),
        jobId: c.nullable(c.code(64)),
        tries: c.integer(),
        triesSinceAt: c.nullable(c.instant()),
        looks: c.integer(),
        startedAt: c.nullable(c.instant()),
        nextAt: c.instant(),
        errorCode: c.nullable(c.integer()),
        openedAt: c.instant(),
        closedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'wecom_sheet_run_open', columns: ['openSlot'], unique: true },
        { name: 'wecom_sheet_run_of', columns: ['run'] },
      ],
    );
    await createTable(
      runner,
      'wecom_sheet_member',
      {
        id: c.id(),
        sheetRunId: c.ref(),
        personId: c.ref(),
        sheet: c.integer(),
        userid: c.code(64),
        written: c.json(),
      },
      [{ name: 'wecom_sheet_member_once', columns: ['sheetRunId', 'personId'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['wecom_sheet_member', 'wecom_sheet_run']) await runner.dropTable(table, true);
  }
}
