import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** The record's personal parts apart from the chain, with a key for each person (H9); entries found by time. */
export class AuditPersonal1795309000000 implements MigrationInterface {
  readonly name = 'AuditPersonal1795309000000';

  async up(runner: QueryRunner): Promise<void> {
    // What was sealed before is of format 1 and stays true.
    await addColumns(runner, 'audit_entry', {
      format: c.withDefault(c.integer(), 1),
      personalDigest: c.nullable(c.code(64)),
    });
    await replaceIndex(runner, 'audit_entry', { name: 'audit_entry_at', columns: ['at', 'id'] });
    await createTable(
      runner,
      'audit_personal',
      { id: c.id(), personId: c.ref(), keyId: c.ref(), sealed: c.longText() },
      [{ name: 'audit_personal_key', columns: ['keyId'] }],
    );
    await createTable(
      runner,
      'audit_person_key',
      {
        id: c.id(),
        personId: c.ref(),
        livingFor: c.nullable(c.ref()),
        keySealed: c.nullable(c.code(255)),
        createdAt: c.instant(),
        destroyedAt: c.nullable(c.instant()),
      },
      [
        { name: 'audit_person_key_living', columns: ['livingFor'], unique: true },
        { name: 'audit_person_key_person', columns: ['personId'] },
      ],
    );
    await this.verifications(runner);
  }

  private async verifications(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'audit_verification',
      {
        id: c.id(),
        startedAt: c.instant(),
        finishedAt: c.instant(),
        sealed: c.counter(),
        anchors: c.integer(),
        destroyed: c.counter(),
        faultCount: c.integer(),
        faults: c.json(),
      },
      [{ name: 'audit_verification_finished', columns: ['finishedAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_verification', 'audit_person_key', 'audit_personal'])
      await runner.dropTable(table, true);
    await runner.dropIndex('audit_entry', 'audit_entry_at');
    for (const column of ['personalDigest', 'format']) await runner.dropColumn('audit_entry', column);
  }
}
