import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/**
 * What the address of an entry is salted with, so that an entry can be shown and checked without it (R45, H8); requests of
 * a period as one .zip, in pieces; who wrote what on requests, for the copy of one's data.
 */
export class Packages1795346000000 implements MigrationInterface {
  readonly name = 'Packages1795346000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'audit_entry', { salt: c.nullable(c.code(32)) });
    await replaceIndex(runner, 'approval_event', {
      name: 'approval_event_by',
      columns: ['byPersonId', 'type', 'id'],
    });
    await createTable(
      runner,
      'approval_package',
      {
        id: c.id(),
        askedBy: c.ref(),
        templateKey: c.nullable(c.code(40)),
        unitId: c.nullable(c.ref()),
        fromOn: c.day(),
        untilOn: c.day(),
        state: c.code(16),
        caseCount: c.integer(),
        doneCount: c.integer(),
        bytes: c.nullable(c.counter()),
        askedAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        takenAt: c.nullable(c.instant()),
      },
      [
        { name: 'approval_package_asked', columns: ['askedBy', 'id'] },
        { name: 'approval_package_at', columns: ['askedAt'] },
      ],
    );
    await createTable(
      runner,
      'approval_package_part',
      { id: c.id(), packageId: c.ref(), seq: c.integer(), contentHash: c.code(64) },
      [{ name: 'approval_package_part_seq', columns: ['packageId', 'seq'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('approval_event', 'approval_event_by');
    for (const table of ['approval_package_part', 'approval_package']) await runner.dropTable(table);
    await runner.dropColumn('audit_entry', 'salt');
  }
}
