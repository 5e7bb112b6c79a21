import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable } from '../platform/db/migration-kit.ts';

/** What somebody else changed of our tags in 企业微信, and when each tag was last compared. */
export class TagFindings1795327000000 implements MigrationInterface {
  readonly name = 'TagFindings1795327000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'wecom_tag_mirror', { comparedAt: c.nullable(c.instant()) });
    await createTable(
      runner,
      'wecom_tag_finding',
      {
        id: c.id(),
        setId: c.ref(),
        kind: c.code(16),
        subject: c.code(64),
        words: c.nullable(c.label(64)),
        openKey: c.nullable(c.code(128)),
        state: c.code(16),
        foundBy: c.code(16),
        happenedAt: c.nullable(c.instant()),
        foundAt: c.instant(),
        byUserid: c.nullable(c.code(64)),
        byAt: c.nullable(c.instant()),
        actedAt: c.nullable(c.instant()),
        releasedBy: c.nullable(c.code(64)),
        settledAt: c.nullable(c.instant()),
      },
      [
        { name: 'wecom_tag_finding_open', columns: ['openKey'], unique: true },
        { name: 'wecom_tag_finding_set', columns: ['setId', 'id'] },
        { name: 'wecom_tag_finding_settled', columns: ['settledAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('wecom_tag_finding', true);
    await runner.dropColumn('wecom_tag_mirror', 'comparedAt');
  }
}
