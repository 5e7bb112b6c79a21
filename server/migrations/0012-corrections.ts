import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Corrections of one's own record, what happened to them, and people's photos. */
export class Corrections1795305000000 implements MigrationInterface {
  readonly name = 'Corrections1795305000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'correction',
      {
        id: c.id(),
        personId: c.ref(),
        field: c.code(32),
        owner: c.code(16),
        state: c.code(16),
        openKey: c.nullable(c.code(80)),
        wantedSealed: c.nullable(c.longText()),
        reasonSealed: c.nullable(c.longText()),
        raisedAt: c.instant(),
        sentOnAt: c.nullable(c.instant()),
        endedAt: c.nullable(c.instant()),
        endedBy: c.nullable(c.ref()),
        answer: c.nullable(c.label(300)),
        version: c.version(),
      },
      [
        { name: 'correction_one_open', columns: ['openKey'], unique: true },
        { name: 'correction_person', columns: ['personId', 'id'] },
        { name: 'correction_owner', columns: ['owner', 'state', 'id'] },
        { name: 'correction_ended', columns: ['endedAt'] },
      ],
    );
    await createTable(
      runner,
      'correction_event',
      {
        id: c.id(),
        correctionId: c.ref(),
        kind: c.code(16),
        happenedAt: c.instant(),
        byPersonId: c.ref(),
        byName: c.label(64),
        owner: c.code(16),
        note: c.nullable(c.label(300)),
      },
      [{ name: 'correction_event_of', columns: ['correctionId', 'id'] }],
    );
    await createTable(
      runner,
      'person_photo',
      {
        id: c.id(),
        fileId: c.ref(),
        width: c.integer(),
        height: c.integer(),
        uploadedAt: c.instant(),
        version: c.version(),
      },
      [],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['person_photo', 'correction_event', 'correction'])
      await runner.dropTable(table, true);
  }
}
