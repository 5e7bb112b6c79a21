import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** What 企业微信 shows otherwise than the directory, the rules about it, and the comparisons. */
export class DirectoryDrift1795297000000 implements MigrationInterface {
  readonly name = 'DirectoryDrift1795297000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'directory_difference',
      {
        id: c.id(),
        subjectType: c.code(16),
        subjectId: c.code(64),
        field: c.code(24),
        openKey: c.nullable(c.code(128)),
        ours: c.nullable(c.json()),
        theirs: c.nullable(c.json()),
        state: c.code(16),
        foundBy: c.code(16),
        happenedAt: c.nullable(c.instant()),
        firstSeenAt: c.instant(),
        openedAt: c.instant(),
        lastSeenAt: c.instant(),
        byUserid: c.nullable(c.code(64)),
        byAt: c.nullable(c.instant()),
        byHow: c.nullable(c.code(8)),
        actedAt: c.nullable(c.instant()),
        actedBy: c.nullable(c.code(64)),
        reason: c.nullable(c.label()),
        linkedPersonId: c.nullable(c.ref()),
        returns: c.integer(),
        settledAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'directory_difference_open', columns: ['openKey'], unique: true },
        { name: 'directory_difference_state', columns: ['state', 'field'] },
        { name: 'directory_difference_subject', columns: ['subjectType', 'subjectId'] },
        { name: 'directory_difference_settled', columns: ['settledAt'] },
      ],
    );
    await createTable(runner, 'directory_drift_policy', {
      id: c.id(),
      action: c.code(16),
      automatic: c.flag(),
      changedAt: c.instant(),
      changedBy: c.code(64),
      version: c.version(),
    });
    await createTable(
      runner,
      'directory_drift_run',
      {
        id: c.id(),
        state: c.code(16),
        startedAt: c.instant(),
        startedBy: c.code(64),
        touchedAt: c.instant(),
        finishedAt: c.nullable(c.instant()),
        phase: c.code(16),
        afterDepartment: c.integer(),
        units: c.integer(),
        members: c.integer(),
        detailed: c.integer(),
        refusedCode: c.nullable(c.integer()),
        found: c.integer(),
        mass: c.flag(),
      },
      [{ name: 'directory_drift_run_started', columns: ['startedAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['directory_drift_run', 'directory_drift_policy', 'directory_difference'])
      await runner.dropTable(table, true);
  }
}
