import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Sources of HR that are fetched or push, their fetches, and what is being pushed. */
export class HrSources1795299000000 implements MigrationInterface {
  readonly name = 'HrSources1795299000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'hr_feed',
      {
        id: c.id(),
        kind: c.code(8),
        name: c.label(),
        rules: c.json(),
        connectionSealed: c.nullable(c.longText()),
        keyHash: c.nullable(c.code(64)),
        hour: c.nullable(c.integer()),
        enabled: c.flag(),
        seenToAt: c.instant(),
        createdAt: c.instant(),
        createdBy: c.code(64),
        changedAt: c.instant(),
        changedBy: c.code(64),
        version: c.version(),
      },
      [{ name: 'hr_feed_key', columns: ['keyHash'], unique: true }],
    );
    await createTable(
      runner,
      'hr_fetch',
      {
        id: c.id(),
        feedId: c.ref(),
        activeFeedId: c.nullable(c.ref()),
        startedBy: c.code(8),
        state: c.code(16),
        tries: c.integer(),
        createdAt: c.instant(),
        createdBy: c.code(64),
        finishedAt: c.nullable(c.instant()),
        cutOffAt: c.nullable(c.instant()),
        complete: c.flag(),
        unitRows: c.integer(),
        peopleRows: c.integer(),
        contentHash: c.nullable(c.code(64)),
        batchId: c.nullable(c.ref()),
        trouble: c.nullable(c.json()),
        version: c.version(),
      },
      [
        { name: 'hr_fetch_active', columns: ['activeFeedId'], unique: true },
        { name: 'hr_fetch_feed', columns: ['feedId', 'id'] },
        { name: 'hr_fetch_batch', columns: ['batchId'] },
      ],
    );
    await createTable(
      runner,
      'hr_push',
      {
        id: c.id(),
        feedId: c.ref(),
        callerBatchId: c.code(64),
        state: c.code(16),
        partCount: c.integer(),
        unitRows: c.integer(),
        peopleRows: c.integer(),
        complete: c.flag(),
        cutOffAt: c.nullable(c.instant()),
        finishHash: c.nullable(c.code(64)),
        fetchId: c.nullable(c.ref()),
        createdAt: c.instant(),
        finishedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'hr_push_caller', columns: ['feedId', 'callerBatchId'], unique: true },
        { name: 'hr_push_state', columns: ['state', 'createdAt'] },
      ],
    );
    await createTable(
      runner,
      'hr_push_part',
      {
        id: c.id(),
        pushId: c.ref(),
        partNumber: c.integer(),
        contentHash: c.code(64),
        rowsSealed: c.nullable(c.longText()),
      },
      [{ name: 'hr_push_part_number', columns: ['pushId', 'partNumber'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['hr_push_part', 'hr_push', 'hr_fetch', 'hr_feed']) await runner.dropTable(table);
  }
}
