import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Balances of leave as entries, years of service, and when somebody is away and came back (R38, R39). */
export class Leave1795338003000 implements MigrationInterface {
  readonly name = 'Leave1795338003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'leave_entry',
      {
        id: c.id(),
        personId: c.ref(),
        leaveType: c.code(40),
        leaveYear: c.integer(),
        kind: c.code(16),
        halves: c.integer(),
        requestId: c.nullable(c.ref()),
        noteSealed: c.nullable(c.longText()),
        bookedAt: c.instant(),
        byId: c.code(),
        byName: c.label(64),
      },
      [
        { name: 'leave_entry_person', columns: ['personId', 'leaveYear', 'leaveType', 'kind', 'halves'] },
        { name: 'leave_entry_year', columns: ['leaveYear', 'personId', 'leaveType', 'kind', 'halves'] },
        { name: 'leave_entry_request', columns: ['requestId'] },
      ],
    );
    await createTable(
      runner,
      'leave_service',
      {
        id: c.id(),
        workSinceOn: c.nullable(c.day()),
        isEntitled: c.flag(),
        changedAt: c.instant(),
        changedById: c.ref(),
        leftAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [{ name: 'leave_service_left', columns: ['leftAt'] }],
    );
    await createTable(
      runner,
      'leave_absence',
      {
        id: c.id(),
        personId: c.ref(),
        unitId: c.ref(),
        leaveType: c.code(40),
        typeLabel: c.label(40),
        counting: c.code(16),
        fromOn: c.day(),
        fromHalf: c.code(8),
        toOn: c.day(),
        toHalf: c.code(8),
        halves: c.integer(),
        handoverId: c.nullable(c.ref()),
        state: c.code(16),
        extendsId: c.nullable(c.ref()),
        isCut: c.flag(),
        approvedAt: c.instant(),
        askedAt: c.nullable(c.instant()),
        backOn: c.nullable(c.day()),
        backHalf: c.nullable(c.code(8)),
        reportedAt: c.nullable(c.instant()),
        reportedById: c.nullable(c.ref()),
        version: c.version(),
      },
      [
        { name: 'leave_absence_person', columns: ['personId', 'fromOn'] },
        { name: 'leave_absence_state', columns: ['state', 'toOn', 'id'] },
        { name: 'leave_absence_from', columns: ['fromOn', 'id'] },
        { name: 'leave_absence_extends', columns: ['extendsId'] },
        { name: 'leave_absence_approved', columns: ['approvedAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['leave_absence', 'leave_service', 'leave_entry']) await runner.dropTable(table);
  }
}
