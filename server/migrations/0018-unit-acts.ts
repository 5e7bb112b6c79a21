import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** Merging and dissolving a unit on a second person's word, and what then answers for it. */
export class UnitActs1795317000000 implements MigrationInterface {
  readonly name = 'UnitActs1795317000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'unit', { successorId: c.nullable(c.ref()) });
    await replaceIndex(runner, 'obligation', {
      name: 'obligation_holder_unit',
      columns: ['holderUnitId', 'state'],
    });
    await createTable(
      runner,
      'unit_act',
      {
        id: c.id(),
        kind: c.code(16),
        unitId: c.ref(),
        successorId: c.nullable(c.ref()),
        unitCode: c.code(32),
        unitName: c.label(64),
        successorName: c.nullable(c.label(64)),
        topUnitCode: c.code(64),
        effectiveOn: c.day(),
        reason: c.label(400),
        state: c.code(16),
        hash: c.code(64),
        people: c.integer(),
        groups: c.json(),
        openKey: c.nullable(c.ref()),
        createdAt: c.instant(),
        createdBy: c.ref(),
        refreshedAt: c.nullable(c.instant()),
        expiresAt: c.instant(),
        endedAt: c.nullable(c.instant()),
        endedBy: c.nullable(c.code()),
        version: c.version(),
      },
      [
        { name: 'unit_act_open', columns: ['openKey'], unique: true },
        { name: 'unit_act_state', columns: ['state', 'endedAt'] },
        { name: 'unit_act_unit', columns: ['unitId'] },
      ],
    );
    await createTable(
      runner,
      'unit_act_item',
      {
        id: c.id(),
        actId: c.ref(),
        seq: c.integer(),
        kind: c.code(32),
        targetId: c.code(),
        note: c.label(255),
      },
      [
        { name: 'unit_act_item_seq', columns: ['actId', 'seq'], unique: true },
        { name: 'unit_act_item_kind', columns: ['actId', 'kind', 'seq'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['unit_act_item', 'unit_act']) await runner.dropTable(table, true);
    await runner.dropIndex('obligation', 'obligation_holder_unit');
    await runner.dropColumn('unit', 'successorId');
  }
}
