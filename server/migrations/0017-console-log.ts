import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** What the administrators' log of 企业微信 shows that our list of administrators does not explain. */
export class ConsoleLog1795315000000 implements MigrationInterface {
  readonly name = 'ConsoleLog1795315000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'console_finding',
      {
        id: c.id(),
        kind: c.code(16),
        userid: c.code(64),
        personId: c.nullable(c.ref()),
        firstAt: c.instant(),
        lastAt: c.instant(),
        times: c.integer(),
        detailType: c.nullable(c.integer()),
        info: c.longText(),
        openKey: c.nullable(c.code(80)),
        settledAt: c.nullable(c.instant()),
        settledBy: c.nullable(c.ref()),
        note: c.label(400),
      },
      [
        { name: 'console_finding_open', columns: ['openKey'], unique: true },
        { name: 'console_finding_settled', columns: ['settledAt'] },
      ],
    );
    await createTable(runner, 'console_log_mark', {
      id: c.id(),
      readUntil: c.instant(),
      checkedAt: c.instant(),
      refused: c.nullable(c.integer()),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['console_log_mark', 'console_finding']) await runner.dropTable(table, true);
  }
}
