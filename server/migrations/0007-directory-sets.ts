import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Sets of people, the tags that 企业微信 shows for them, and what each revision of the directory changed. */
export class DirectorySets1795295000000 implements MigrationInterface {
  readonly name = 'DirectorySets1795295000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'directory_set', {
      id: c.id(),
      name: c.label(64),
      rule: c.nullable(c.json()),
      state: c.code(16),
      version: c.version(),
    });
    const person = { id: c.id(), setId: c.ref(), personId: c.ref() };
    for (const table of ['directory_set_person', 'wecom_tag_member'])
      await createTable(runner, table, person, [
        { name: `${table}_once`, columns: ['setId', 'personId'], unique: true },
        { name: `${table}_person`, columns: ['personId'] },
      ]);
    await createTable(
      runner,
      'directory_change',
      {
        id: c.id(),
        previous: c.code(32),
        personIds: c.nullable(c.json()),
        changedAt: c.instant(),
      },
      [{ name: 'directory_change_old', columns: ['changedAt'] }],
    );
    await createTable(runner, 'wecom_tag_mirror', {
      id: c.id(),
      tagId: c.nullable(c.integer()),
      name: c.label(64),
      state: c.code(16),
      errorCode: c.nullable(c.integer()),
      updatedAt: c.instant(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'wecom_tag_mirror',
      'wecom_tag_member',
      'directory_set_person',
      'directory_set',
      'directory_change',
    ])
      await runner.dropTable(table, true);
  }
}
