import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Drafts of templates, which of them are retired, and who may design which (S2-10b). */
export class TemplateDesign1795344000000 implements MigrationInterface {
  readonly name = 'TemplateDesign1795344000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'approval_draft',
      {
        id: { ...c.code(40), primary: true },
        basedOn: c.integer(),
        content: c.json(),
        startedAt: c.instant(),
        startedBy: c.code(),
        changedAt: c.instant(),
        changedBy: c.code(),
        changers: c.json(),
        reviewAskedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [],
    );
    await createTable(
      runner,
      'approval_template_state',
      {
        id: { ...c.code(40), primary: true },
        state: c.code(16),
        fileHash: c.code(64),
        fileOffer: c.nullable(c.json()),
        reason: c.longText(),
        changedAt: c.instant(),
        changedBy: c.code(),
        version: c.version(),
      },
      [],
    );
    await createTable(
      runner,
      'approval_design_right',
      {
        id: c.id(),
        personId: c.ref(),
        scopeKind: c.code(16),
        scopeValue: c.code(),
        instanceId: c.ref(),
        requestNumber: c.code(32),
        grantedAt: c.instant(),
        grantedBy: c.code(),
        endedAt: c.nullable(c.instant()),
        endedBy: c.nullable(c.code()),
      },
      [{ name: 'approval_design_right_of', columns: ['personId', 'id'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['approval_design_right', 'approval_template_state', 'approval_draft'])
      await runner.dropTable(table);
  }
}
