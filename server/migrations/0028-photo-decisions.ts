import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable } from '../platform/db/migration-kit.ts';

/** S2-15b: a photo is looked at, accepted or rejected; who decided what, when. Photos that are there wait for a look. */
export class PhotoDecisions1795335000000 implements MigrationInterface {
  readonly name = 'PhotoDecisions1795335000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'person_photo', {
      state: c.withDefault(c.code(16), "'waiting'"),
      reason: c.nullable(c.code(16)),
      why: c.nullable(c.label(100)),
      decidedAt: c.nullable(c.instant()),
      leftAt: c.nullable(c.instant()),
    });
    // The time of photos of who left before counts from when they left.
    await runner.query(
      `update person_photo set leftAt = (select person.leftAt from person
       where person.id = person_photo.id and person.state = 'left')`,
    );
    await createTable(
      runner,
      'person_photo_event',
      {
        id: c.id(),
        personId: c.ref(),
        kind: c.code(16),
        happenedAt: c.instant(),
        byPersonId: c.nullable(c.ref()),
        byName: c.label(64),
        reason: c.nullable(c.code(16)),
        why: c.nullable(c.label(100)),
      },
      [
        { name: 'person_photo_event_of', columns: ['personId', 'id'] },
        { name: 'person_photo_event_time', columns: ['happenedAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('person_photo_event');
    for (const column of ['state', 'reason', 'why', 'decidedAt', 'leftAt'])
      await runner.dropColumn('person_photo', column);
  }
}
