import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Texts of the regulations by version, who was asked for them and who gave them (S2-4.5, S2-15c, S2-15e). */
export class Undertakings1795337000000 implements MigrationInterface {
  readonly name = 'Undertakings1795337000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'undertaking_text',
      {
        id: c.id(),
        textId: c.code(48),
        textVersion: c.integer(),
        title: c.label(),
        source: c.label(),
        words: c.longText(),
        sha256: c.code(64),
        askAgain: c.flag(),
        registeredAt: c.instant(),
      },
      [{ name: 'undertaking_text_once', columns: ['textId', 'textVersion'], unique: true }],
    );
    await createTable(
      runner,
      'undertaking_given',
      {
        id: c.id(),
        personId: c.ref(),
        textId: c.code(48),
        textVersion: c.integer(),
        stay: c.integer(),
        sha256: c.code(64),
        givenAt: c.instant(),
        via: c.code(16),
        sessionTag: c.nullable(c.code(32)),
        requestId: c.nullable(c.code(64)),
      },
      [
        {
          name: 'undertaking_given_once',
          columns: ['personId', 'textId', 'textVersion', 'stay'],
          unique: true,
        },
        { name: 'undertaking_given_text', columns: ['textId', 'textVersion'] },
      ],
    );
    await createTable(
      runner,
      'undertaking_ask',
      {
        id: c.id(),
        personId: c.ref(),
        textId: c.code(48),
        textVersion: c.integer(),
        stay: c.integer(),
        askedAt: c.instant(),
        ledAt: c.nullable(c.instant()),
        remindedOn: c.nullable(c.day()),
      },
      [
        {
          name: 'undertaking_ask_once',
          columns: ['personId', 'textId', 'textVersion', 'stay'],
          unique: true,
        },
        { name: 'undertaking_ask_text', columns: ['textId', 'textVersion'] },
      ],
    );
    await createTable(
      runner,
      'undertaking_stay',
      { id: c.id(), stay: c.integer(), leftAt: c.nullable(c.instant()) },
      [{ name: 'undertaking_stay_left', columns: ['leftAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['undertaking_stay', 'undertaking_ask', 'undertaking_given', 'undertaking_text'])
      await runner.dropTable(table);
  }
}
