import type { MigrationInterface, QueryRunner } from 'typeorm';
import { replaceIndex } from '../platform/db/migration-kit.ts';

/** Who changed since, and who is called so: what identity systems ask of everybody, counted in a narrow index. */
export class ScimLists1795303000000 implements MigrationInterface {
  readonly name = 'ScimLists1795303000000';

  async up(runner: QueryRunner): Promise<void> {
    await replaceIndex(runner, 'person', { name: 'person_changed', columns: ['updatedAt', 'state'] });
    await replaceIndex(runner, 'person', { name: 'person_called', columns: ['state', 'name'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['person_called', 'person_changed']) await runner.dropIndex('person', index);
  }
}
