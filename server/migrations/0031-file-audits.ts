import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** S1-7.1, S1-1c: plans that check personal files, the files, what happened to them, and the scores. */
export class FileAudits1795338000000 implements MigrationInterface {
  readonly name = 'FileAudits1795338000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'file_audit_plan',
      {
        id: c.id(),
        state: c.code(16),
        title: c.label(64),
        basis: c.label(),
        guidance: c.longText(),
        scope: c.json(),
        fields: c.json(),
        steps: c.json(),
        fromOn: c.day(),
        untilOn: c.day(),
        reviewerIds: c.json(),
        makerId: c.ref(),
        makerName: c.label(64),
        editedById: c.ref(),
        startedById: c.nullable(c.ref()),
        startedByName: c.nullable(c.label(64)),
        startedAt: c.nullable(c.instant()),
        endedById: c.nullable(c.ref()),
        endedAt: c.nullable(c.instant()),
        progress: c.nullable(c.json()),
        people: c.integer(),
        version: c.version(),
      },
      [{ name: 'file_audit_plan_state', columns: ['state', 'id'] }],
    );
    await createTable(
      runner,
      'file_audit_file',
      {
        id: c.id(),
        planId: c.ref(),
        personId: c.ref(),
        unitId: c.nullable(c.ref()),
        stage: c.code(16),
        round: c.integer(),
        holderId: c.nullable(c.ref()),
        dueAt: c.nullable(c.instant()),
        isLate: c.flag(),
        saidWrong: c.nullable(c.json()),
        doubts: c.json(),
        verdicts: c.json(),
        notesSealed: c.nullable(c.longText()),
        okCount: c.integer(),
        missingCount: c.integer(),
        wrongCount: c.integer(),
        judgedById: c.nullable(c.ref()),
        judgedAt: c.nullable(c.instant()),
        openedAt: c.instant(),
        version: c.version(),
      },
      [
        { name: 'file_audit_file_once', columns: ['planId', 'personId'], unique: true },
        { name: 'file_audit_file_unit', columns: ['planId', 'unitId', 'stage'] },
        { name: 'file_audit_file_stage', columns: ['planId', 'stage', 'id'] },
        { name: 'file_audit_file_person', columns: ['personId', 'id'] },
        { name: 'file_audit_file_holder', columns: ['holderId', 'stage', 'id'] },
      ],
    );
    await createTable(
      runner,
      'file_audit_event',
      {
        id: c.id(),
        fileId: c.ref(),
        kind: c.code(16),
        stage: c.code(16),
        happenedAt: c.instant(),
        byId: c.code(),
        byName: c.label(64),
        reasonSealed: c.nullable(c.longText()),
      },
      [{ name: 'file_audit_event_of', columns: ['fileId', 'id'] }],
    );
    await createTable(
      runner,
      'file_audit_score',
      {
        id: c.id(),
        planId: c.ref(),
        unitId: c.nullable(c.ref()),
        unitName: c.label(),
        scoredAt: c.instant(),
        people: c.integer(),
        doneCount: c.integer(),
        droppedCount: c.integer(),
        unfinishedCount: c.integer(),
        lateCount: c.integer(),
        okCount: c.integer(),
        missingCount: c.integer(),
        wrongCount: c.integer(),
      },
      [{ name: 'file_audit_score_of', columns: ['planId', 'id'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['file_audit_score', 'file_audit_event', 'file_audit_file', 'file_audit_plan'])
      await runner.dropTable(table);
  }
}
