import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Issue 4, part 9: forms of 企业微信's own 审批, who holds them, imports with their windows. */
export class NativeApprovals1795349000000 implements MigrationInterface {
  readonly name = 'NativeApprovals1795349000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'native_case',
      {
        id: c.id(),
        number: c.code(32),
        title: c.label(),
        templateId: c.code(128),
        state: c.code(16),
        applicantUserid: c.code(),
        applicantId: c.nullable(c.ref()),
        unitId: c.nullable(c.ref()),
        appliedAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        formSealed: c.sealed(c.longText(), 'native.form'),
        readAt: c.instant(),
        version: c.version(),
      },
      [
        { name: 'native_case_number', columns: ['number'], unique: true },
        { name: 'native_case_state', columns: ['state', 'readAt'] },
        { name: 'native_case_applied', columns: ['appliedAt', 'id'] },
        { name: 'native_case_applicant', columns: ['applicantId', 'id'] },
        { name: 'native_case_unit', columns: ['unitId', 'id'] },
        { name: 'native_case_ended', columns: ['endedAt'] },
      ],
    );
    await createTable(
      runner,
      'native_holding',
      {
        id: c.id(),
        caseId: c.ref(),
        step: c.integer(),
        userid: c.code(),
        personId: c.nullable(c.ref()),
        unitId: c.nullable(c.ref()),
        sinceAt: c.instant(),
        untilAt: c.nullable(c.instant()),
      },
      [
        { name: 'native_holding_case', columns: ['caseId', 'untilAt'] },
        { name: 'native_holding_person', columns: ['personId', 'untilAt', 'id'] },
        { name: 'native_holding_unit', columns: ['unitId', 'untilAt'] },
      ],
    );
    await createTable(runner, 'native_part', { id: c.id(), caseId: c.ref(), personId: c.ref() }, [
      { name: 'native_part_once', columns: ['caseId', 'personId'], unique: true },
      { name: 'native_part_person', columns: ['personId', 'caseId'] },
    ]);
    await createTable(
      runner,
      'native_import',
      {
        id: c.id(),
        fromOn: c.day(),
        untilOn: c.day(),
        byId: c.code(),
        byName: c.label(64),
        state: c.code(16),
        runningKey: c.nullable(c.code(16)),
        startedAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [{ name: 'native_import_running', columns: ['runningKey'], unique: true }],
    );
    await createTable(
      runner,
      'native_window',
      {
        id: c.id(),
        importId: c.ref(),
        place: c.integer(),
        fromAt: c.instant(),
        untilAt: c.instant(),
        isDone: c.flag(),
        found: c.integer(),
        readCount: c.integer(),
        unreadable: c.integer(),
      },
      [{ name: 'native_window_of', columns: ['importId', 'place'], unique: true }],
    );
    await createTable(
      runner,
      'native_access',
      { id: c.id(), refusedAt: c.nullable(c.instant()), errcode: c.nullable(c.integer()) },
      [],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'native_access',
      'native_window',
      'native_import',
      'native_part',
      'native_holding',
      'native_case',
    ])
      await runner.dropTable(table);
  }
}
