import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** Delegated administrators, and holders of a role found by role and unit (one liaison per unit). */
export class DelegatedAdministration1795289000000 implements MigrationInterface {
  readonly name = 'DelegatedAdministration1795289000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'delegation',
      {
        id: c.id(),
        personId: c.ref(),
        unitId: c.ref(),
        duty: c.code(16),
        modules: c.json(),
        categories: c.json(),
        note: c.label(),
        grantedBy: c.ref(),
        sinceAt: c.instant(),
        untilAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        endedBy: c.nullable(c.code()),
        endReason: c.nullable(c.code(16)),
        warnedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'delegation_person', columns: ['personId'] },
        { name: 'delegation_end', columns: ['endedAt', 'untilAt'] },
      ],
    );
    await replaceIndex(runner, 'role_grant', { name: 'role_grant_role', columns: ['role', 'scopeUnitId'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('role_grant', 'role_grant_role');
    await runner.dropTable('delegation');
  }
}
