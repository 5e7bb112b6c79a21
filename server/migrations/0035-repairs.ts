import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** S1-10.1: tickets and their history, who mends, places with a code, orders that recur, frozen reports. */
export class Repairs1795338005000 implements MigrationInterface {
  readonly name = 'Repairs1795338005000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'repair_ticket',
      {
        id: c.id(),
        number: c.code(32),
        clientKey: c.code(100),
        category: c.code(32),
        placeId: c.nullable(c.ref()),
        placeName: c.label(100),
        area: c.label(64),
        words: c.longText(),
        convenient: c.label(64),
        reporterId: c.ref(),
        unitId: c.nullable(c.ref()),
        state: c.code(16),
        holderId: c.nullable(c.ref()),
        clock: c.nullable(c.code(8)),
        round: c.integer(),
        holdReason: c.nullable(c.code(16)),
        holdWords: c.longText(),
        holdUntilOn: c.nullable(c.day()),
        contractor: c.label(64),
        result: c.longText(),
        rating: c.nullable(c.integer()),
        ratingWords: c.longText(),
        reportedAt: c.instant(),
        acceptedAt: c.nullable(c.instant()),
        doneAt: c.nullable(c.instant()),
        closedAt: c.nullable(c.instant()),
        isAutoConfirmed: c.flag(),
        workedMs: c.counter(),
        takeLateId: c.nullable(c.ref()),
        resolveLateId: c.nullable(c.ref()),
        isTakeLate: c.flag(),
        isResolveLate: c.flag(),
        recurringId: c.nullable(c.ref()),
        version: c.version(),
      },
      [
        { name: 'repair_ticket_once', columns: ['clientKey'], unique: true },
        { name: 'repair_ticket_number', columns: ['number'], unique: true },
        { name: 'repair_ticket_state', columns: ['state', 'id'] },
        { name: 'repair_ticket_holder', columns: ['holderId', 'state', 'id'] },
        { name: 'repair_ticket_reporter', columns: ['reporterId', 'id'] },
        { name: 'repair_ticket_unit', columns: ['unitId', 'id'] },
        { name: 'repair_ticket_place', columns: ['placeId', 'state'] },
        { name: 'repair_ticket_reported', columns: ['reportedAt'] },
        { name: 'repair_ticket_closed', columns: ['closedAt'] },
        { name: 'repair_ticket_recurring', columns: ['recurringId', 'id'] },
      ],
    );
    await createTable(
      runner,
      'repair_event',
      {
        id: c.id(),
        ticketId: c.ref(),
        kind: c.code(16),
        happenedAt: c.instant(),
        byId: c.code(),
        byName: c.label(64),
        toId: c.nullable(c.ref()),
        words: c.longText(),
        fileIds: c.json(),
      },
      [
        { name: 'repair_event_of', columns: ['ticketId', 'id'] },
        { name: 'repair_event_by', columns: ['byId', 'kind'] },
      ],
    );
    await createTable(runner, 'repair_number', { id: c.id(), lastNumber: c.integer() }, []);
    await createTable(
      runner,
      'repair_worker',
      { id: c.id(), categories: c.json(), areas: c.json(), sinceAt: c.instant() },
      [],
    );
    await createTable(
      runner,
      'repair_place',
      {
        id: c.id(),
        code: c.code(16),
        name: c.label(64),
        area: c.label(64),
        kind: c.code(8),
        assetNo: c.label(64),
        state: c.code(8),
        version: c.version(),
      },
      [
        { name: 'repair_place_code', columns: ['code'], unique: true },
        { name: 'repair_place_state', columns: ['state', 'id'] },
      ],
    );
    await createTable(
      runner,
      'repair_recurring',
      {
        id: c.id(),
        title: c.label(64),
        category: c.code(32),
        placeId: c.ref(),
        every: c.code(8),
        startsOn: c.day(),
        nextOn: c.day(),
        makerId: c.ref(),
        state: c.code(8),
        version: c.version(),
      },
      [{ name: 'repair_recurring_next', columns: ['state', 'nextOn'] }],
    );
    await createTable(
      runner,
      'repair_report',
      {
        id: c.id(),
        period: c.code(8),
        fromOn: c.day(),
        untilOn: c.day(),
        title: c.label(),
        madeAt: c.instant(),
        figures: c.json(),
      },
      [{ name: 'repair_report_of', columns: ['period', 'fromOn'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'repair_report',
      'repair_recurring',
      'repair_place',
      'repair_worker',
      'repair_number',
      'repair_event',
      'repair_ticket',
    ])
      await runner.dropTable(table);
  }
}
