import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, replaceIndex } from '../platform/db/migration-kit.ts';

/** What identity systems look people up by: e-mail without case, and the beginnings of accounts and staff numbers. */
export class ScimLookups1795331000000 implements MigrationInterface {
  readonly name = 'ScimLookups1795331000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'person', { emailKey: c.nullable(c.code(64)) });
    await runner.query('update person set emailKey = lower(email) where email is not null');
    await replaceIndex(runner, 'person', { name: 'person_email', columns: ['emailKey'] });
    await replaceIndex(runner, 'person', { name: 'person_by_userid', columns: ['useridKey', 'state'] });
    await replaceIndex(runner, 'person', { name: 'person_by_staff_no', columns: ['staffNo', 'state'] });
    await replaceIndex(runner, 'person', { name: 'person_listing', columns: listing('emailKey') });
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceIndex(runner, 'person', { name: 'person_listing', columns: listing('email') });
    for (const index of ['person_by_staff_no', 'person_by_userid', 'person_email'])
      await runner.dropIndex('person', index);
    await runner.dropColumn('person', 'emailKey');
  }
}

const listing = (email: string) => [
  'id',
  'state',
  'useridKey',
  'name',
  email,
  'category',
  'staffNo',
  'managerId',
  'createdAt',
  'updatedAt',
];
