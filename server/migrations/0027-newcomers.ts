import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** S3-1a: who is reported for duty before HR knows them. */
export class Newcomers1795334000000 implements MigrationInterface {
  readonly name = 'Newcomers1795334000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'account_newcomer',
      {
        id: c.id(),
        requestId: c.ref(),
        state: c.code(16),
        nameSealed: c.nullable(c.code(512)),
        nameMasked: c.label(128),
        sex: c.nullable(c.code(8)),
        idType: c.nullable(c.code(24)),
        idNumberSealed: c.nullable(c.code(255)),
        idNumberMasked: c.nullable(c.code(32)),
        idNumberPrint: c.nullable(c.code(64)),
        mobileSealed: c.nullable(c.code(255)),
        mobileMasked: c.nullable(c.code(32)),
        mobilePrint: c.nullable(c.code(64)),
        title: c.nullable(c.label(64)),
        personCategory: c.code(16),
        establishment: c.nullable(c.code(16)),
        personId: c.nullable(c.ref()),
        linkedBy: c.nullable(c.code(16)),
        linkedAt: c.nullable(c.instant()),
        rejected: c.json(),
        reportedAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        erasedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'account_newcomer_request', columns: ['requestId'], unique: true },
        { name: 'account_newcomer_state', columns: ['state', 'id'] },
        { name: 'account_newcomer_paper', columns: ['idNumberPrint'] },
        { name: 'account_newcomer_mobile', columns: ['mobilePrint'] },
        { name: 'account_newcomer_person', columns: ['personId', 'id'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_newcomer');
  }
}
