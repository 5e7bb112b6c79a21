import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

/** R30 to R33: standing agents, and whose task it is that somebody holds for another. */
export class Delegations1795339000000 implements MigrationInterface {
  readonly name = 'Delegations1795339000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'approval_delegation',
      {
        id: c.id(),
        principalId: c.ref(),
        agentId: c.ref(),
        fromOn: c.day(),
        untilOn: c.day(),
        scope: c.json(),
        takesOpen: c.flag(),
        atEnd: c.code(8),
        createdAt: c.instant(),
        begunAt: c.nullable(c.instant()),
        endedAt: c.nullable(c.instant()),
        endedBy: c.nullable(c.code(16)),
        version: c.version(),
      },
      [
        { name: 'approval_delegation_principal', columns: ['principalId', 'id'] },
        { name: 'approval_delegation_agent', columns: ['agentId', 'id'] },
        { name: 'approval_delegation_days', columns: ['untilOn', 'fromOn'] },
      ],
    );
    await addColumns(runner, 'approval_task', {
      behalfOfId: c.nullable(c.ref()),
      behalfOfName: c.nullable(c.label(64)),
    });
    await replaceIndex(runner, 'approval_task', {
      name: 'approval_task_behalf',
      columns: ['behalfOfId', 'status'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('approval_task', 'approval_task_behalf');
    await runner.dropColumn('approval_task', 'behalfOfName');
    await runner.dropColumn('approval_task', 'behalfOfId');
    await runner.dropTable('approval_delegation');
  }
}
