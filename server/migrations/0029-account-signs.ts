import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** S2-15d: kinds of devices, signs, checks by people, how far 企业微信's log was read. */
export class AccountSigns1795336000000 implements MigrationInterface {
  readonly name = 'AccountSigns1795336000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'account_device',
      {
        id: c.id(),
        personId: c.ref(),
        devicePrint: c.code(64),
        keyMark: c.code(16),
        firstAt: c.instant(),
        lastAt: c.instant(),
      },
      [
        { name: 'account_device_once', columns: ['personId', 'devicePrint'], unique: true },
        { name: 'account_device_time', columns: ['lastAt'] },
      ],
    );
    await createTable(
      runner,
      'account_sign',
      { id: c.id(), personId: c.ref(), kind: c.code(16), source: c.code(16), seenAt: c.instant() },
      [
        { name: 'account_sign_once', columns: ['personId', 'kind', 'source', 'seenAt'], unique: true },
        { name: 'account_sign_time', columns: ['seenAt'] },
      ],
    );
    await createTable(
      runner,
      'account_check',
      {
        id: c.id(),
        personId: c.ref(),
        state: c.code(16),
        round: c.integer(),
        openKey: c.nullable(c.ref()),
        signs: c.json(),
        raisedAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        outcome: c.nullable(c.code(16)),
        version: c.version(),
      },
      [
        { name: 'account_check_one_open', columns: ['openKey'], unique: true },
        { name: 'account_check_state', columns: ['state', 'id'] },
        { name: 'account_check_person', columns: ['personId', 'endedAt'] },
        { name: 'account_check_ended', columns: ['endedAt'] },
      ],
    );
    await createTable(
      runner,
      'account_check_event',
      {
        id: c.id(),
        checkId: c.ref(),
        kind: c.code(16),
        happenedAt: c.instant(),
        byPersonId: c.nullable(c.ref()),
        byName: c.label(64),
        wordsSealed: c.nullable(c.longText()),
      },
      [{ name: 'account_check_event_of', columns: ['checkId', 'id'] }],
    );
    await createTable(runner, 'account_sign_log', {
      id: c.id(),
      readUntil: c.nullable(c.instant()),
      refused: c.nullable(c.integer()),
      version: c.version(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'account_sign_log',
      'account_check_event',
      'account_check',
      'account_sign',
      'account_device',
    ])
      await runner.dropTable(table, true);
  }
}
