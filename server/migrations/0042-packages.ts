import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns } from '../platform/db/migration-kit.ts';

/** What the address of an entry is salted with, so that an entry can be shown and checked without it (R45, H8). */
export class Packages1795346000000 implements MigrationInterface {
  readonly name = 'Packages1795346000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'audit_entry', { salt: c.nullable(c.code(32)) });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('audit_entry', 'salt');
  }
}
