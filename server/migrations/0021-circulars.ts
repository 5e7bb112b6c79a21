import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** S3-4g: circulars, and which late case is in which. */
export class Circulars1795323000000 implements MigrationInterface {
  readonly name = 'Circulars1795323000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'account_circular',
      {
        id: c.id(),
        state: c.code(16),
        title: c.label(),
        documentNumber: c.label(64),
        opening: c.longText(),
        closing: c.longText(),
        instruction: c.json(),
        unitIds: c.json(),
        caseCount: c.integer(),
        issuedText: c.nullable(c.longText()),
        textHash: c.nullable(c.code(64)),
        draftedById: c.ref(),
        draftedByName: c.label(64),
        draftedAt: c.instant(),
        editedById: c.ref(),
        issuedById: c.nullable(c.ref()),
        issuedByName: c.nullable(c.label(64)),
        issuedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [{ name: 'account_circular_state', columns: ['state', 'id'] }],
    );
    await addColumns(runner, 'account_late_case', { circularId: c.nullable(c.ref()) });
    await replaceIndex(runner, 'account_late_case', {
      name: 'account_late_case_circular',
      columns: ['circularId'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('account_late_case', 'account_late_case_circular');
    await runner.dropColumn('account_late_case', 'circularId');
    await runner.dropTable('account_circular');
  }
}
