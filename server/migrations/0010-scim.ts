import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** Identity systems that push by SCIM: their keys, what they call people, what they took from them. */
export class Scim1795301000000 implements MigrationInterface {
  readonly name = 'Scim1795301000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'scim_source', {
      id: c.id(),
      name: c.label(64),
      createdAt: c.instant(),
      createdBy: c.code(64),
      acceptedAt: c.nullable(c.instant()),
      acceptedBy: c.nullable(c.code(64)),
    });
    await createTable(
      runner,
      'scim_key',
      {
        id: c.id(),
        source: c.ref(),
        keyHash: c.code(64),
        hint: c.code(8),
        createdAt: c.instant(),
        createdBy: c.code(64),
        expiresAt: c.nullable(c.instant()),
        revokedAt: c.nullable(c.instant()),
        lastUsedAt: c.nullable(c.instant()),
      },
      [
        { name: 'scim_key_hash', columns: ['keyHash'], unique: true },
        { name: 'scim_key_source', columns: ['source'] },
      ],
    );
    await createTable(
      runner,
      'scim_link',
      { id: c.id(), source: c.ref(), kind: c.code(8), targetId: c.ref(), externalId: c.code(191) },
      [
        { name: 'scim_link_external', columns: ['source', 'kind', 'externalId'], unique: true },
        { name: 'scim_link_target', columns: ['source', 'kind', 'targetId'], unique: true },
      ],
    );
    await createTable(
      runner,
      'scim_act',
      {
        id: c.id(),
        source: c.ref(),
        kind: c.code(16),
        targetId: c.ref(),
        topUnitCode: c.code(64),
        doneAt: c.instant(),
      },
      [{ name: 'scim_act_done', columns: ['doneAt'] }],
    );
    // What a list of people is searched by, so that the wide rows need not be read.
    await replaceIndex(runner, 'person', {
      name: 'person_listing',
      columns: [
        'id',
        'state',
        'useridKey',
        'name',
        'email',
        'category',
        'staffNo',
        'managerId',
        'createdAt',
        'updatedAt',
      ],
    });
    await replaceIndex(runner, 'assignment', {
      name: 'assignment_listing',
      columns: ['kind', 'personId', 'unitId', 'sinceOn', 'untilOn', 'title'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('assignment', 'assignment_listing');
    await runner.dropIndex('person', 'person_listing');
    for (const table of ['scim_act', 'scim_link', 'scim_key', 'scim_source'])
      await runner.dropTable(table, true);
  }
}
