import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, replaceIndex } from '../platform/db/migration-kit.ts';

/** To-do pages are read in the order of an index, and their counts from it alone. */
export class TodoOrder1795285000000 implements MigrationInterface {
  readonly name = 'TodoOrder1795285000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'approval_task', { sortAt: c.withDefault(c.instant(), 9_000_000_000_000_000) });
    await runner.query('update approval_task set sortAt = dueAt where dueAt is not null');
    await replaceIndex(runner, 'approval_task', {
      name: 'approval_task_todo',
      columns: ['personId', 'status', 'sortAt', 'id', 'provisional'],
    });
    await replaceIndex(runner, 'approval_copy', {
      name: 'approval_copy_unread',
      columns: ['personId', 'readAt'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('approval_copy', 'approval_copy_unread');
    await replaceIndex(runner, 'approval_task', {
      name: 'approval_task_todo',
      columns: ['personId', 'status', 'dueAt'],
    });
    await runner.dropColumn('approval_task', 'sortAt');
  }
}
