import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Statements of HR, the plans made from them and what became of each change. */
export class HrStatements1795293000000 implements MigrationInterface {
  readonly name = 'HrStatements1795293000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'hr_batch',
      {
        id: c.id(),
        batchNumber: c.ref(),
        state: c.code(16),
        sourceKind: c.code(16),
        sourceKey: c.code(),
        sourceName: c.label(),
        fileName: c.nullable(c.label(255)),
        fileHash: c.nullable(c.code()),
        fileKey: c.nullable(c.code()),
        encoding: c.nullable(c.code(16)),
        cutOffAt: c.instant(),
        columns: c.json(),
        missingColumns: c.json(),
        unitRows: c.integer(),
        peopleRows: c.integer(),
        faultCount: c.integer(),
        figures: c.json(),
        warnings: c.json(),
        progressMille: c.integer(),
        trouble: c.nullable(c.json()),
        planId: c.nullable(c.ref()),
        createdAt: c.instant(),
        createdBy: c.code(),
        version: c.integer(),
      },
      [
        { name: 'hr_batch_number', columns: ['batchNumber'], unique: true },
        { name: 'hr_batch_source', columns: ['sourceKey', 'createdAt'] },
      ],
    );
    await createTable(
      runner,
      'hr_row',
      { id: c.id(), batchId: c.ref(), kind: c.code(8), line: c.integer(), cellsSealed: c.longText() },
      [{ name: 'hr_row_line', columns: ['batchId', 'kind', 'line'], unique: true }],
    );
    await createTable(
      runner,
      'hr_edit',
      {
        id: c.id(),
        batchId: c.ref(),
        kind: c.code(8),
        line: c.integer(),
        columnKey: c.code(40),
        valueSealed: c.longText(),
        editedAt: c.instant(),
        editedBy: c.code(),
      },
      [{ name: 'hr_edit_batch', columns: ['batchId', 'id'] }],
    );
    await createTable(
      runner,
      'hr_fault',
      {
        id: c.id(),
        batchId: c.ref(),
        seq: c.integer(),
        kind: c.code(8),
        line: c.integer(),
        columnKey: c.code(40),
        code: c.code(24),
        hint: c.nullable(c.label(255)),
        otherLine: c.nullable(c.integer()),
        valuePrint: c.code(),
      },
      [{ name: 'hr_fault_seq', columns: ['batchId', 'seq'], unique: true }],
    );
    await createTable(
      runner,
      'hr_plan',
      {
        id: c.id(),
        batchId: c.ref(),
        state: c.code(16),
        hash: c.code(),
        complete: c.flag(),
        cutOffAt: c.instant(),
        sourceKey: c.code(),
        directoryStamp: c.ref(),
        counts: c.json(),
        guard: c.json(),
        decisions: c.json(),
        changeCount: c.integer(),
        doubtCount: c.integer(),
        destructiveCount: c.integer(),
        createdAt: c.instant(),
        createdBy: c.code(),
        confirmedAt: c.nullable(c.instant()),
        confirmedBy: c.nullable(c.code()),
        expiresAt: c.nullable(c.instant()),
        runState: c.nullable(c.code(16)),
        runSlot: c.nullable(c.integer()),
        startedAt: c.nullable(c.instant()),
        startedBy: c.nullable(c.code()),
        lastSignAt: c.nullable(c.instant()),
        finishedAt: c.nullable(c.instant()),
        version: c.integer(),
      },
      [
        { name: 'hr_plan_batch', columns: ['batchId', 'createdAt'] },
        { name: 'hr_plan_started', columns: ['startedAt'] },
        { name: 'hr_plan_run_slot', columns: ['runSlot'], unique: true },
      ],
    );
    await createTable(
      runner,
      'hr_change',
      {
        id: c.id(),
        planId: c.ref(),
        seq: c.integer(),
        changeKey: c.code(120),
        stage: c.code(16),
        kind: c.code(16),
        destructive: c.flag(),
        targetId: c.nullable(c.ref()),
        targetRef: c.code(),
        targetName: c.label(128),
        topUnitCode: c.code(),
        effectiveOn: c.day(),
        content: c.json(),
        result: c.code(16),
        attempts: c.integer(),
        retryAt: c.nullable(c.instant()),
        errorCode: c.nullable(c.code()),
        doneAt: c.nullable(c.instant()),
      },
      [
        { name: 'hr_change_seq', columns: ['planId', 'seq'], unique: true },
        { name: 'hr_change_key', columns: ['planId', 'changeKey'], unique: true },
        { name: 'hr_change_result', columns: ['planId', 'result', 'seq'] },
        { name: 'hr_change_due', columns: ['result', 'effectiveOn'] },
      ],
    );
    await createTable(
      runner,
      'hr_doubt',
      { id: c.id(), planId: c.ref(), seq: c.integer(), doubtKey: c.code(120), content: c.json() },
      [{ name: 'hr_doubt_seq', columns: ['planId', 'seq'], unique: true }],
    );
    await createTable(
      runner,
      'hr_source',
      {
        id: c.id(),
        lastGoodPeople: c.nullable(c.integer()),
        lastSuccessAt: c.nullable(c.instant()),
        lastCutOffAt: c.nullable(c.instant()),
        acceptedAt: c.nullable(c.instant()),
        acceptedBy: c.nullable(c.code()),
      },
      [],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'hr_batch',
      'hr_row',
      'hr_edit',
      'hr_fault',
      'hr_plan',
      'hr_change',
      'hr_doubt',
      'hr_source',
    ])
      await runner.dropTable(table, true);
  }
}
