import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

const PAGE = 500;

const INDICES = [
  { table: 'account_lock', name: 'account_lock_state', columns: ['state', 'id'] },
  { table: 'handover_sheet', name: 'handover_sheet_state', columns: ['state', 'id'] },
  { table: 'handover_item', name: 'handover_item_successor', columns: ['successorId', 'sheetId'] },
] as const;

/** Who began a request and who sent it in, as columns that lists can ask for; systems registered in the console. */
export class AccountsLists1795311000000 implements MigrationInterface {
  readonly name = 'AccountsLists1795311000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'account_request', { createdById: c.nullable(c.ref()) });
    await runner.query(
      `update account_request set createdById = (select e.byPersonId from account_request_event e
       where e.requestId = account_request.id and e.seq = 1) where createdById is null`,
    );
    await replaceIndex(runner, 'account_request', {
      name: 'account_request_creator',
      columns: ['createdById', 'id'],
    });
    await addColumns(runner, 'account_sender', {
      sentAt: c.nullable(c.instant()),
      sentBy: c.nullable(c.ref()),
    });
    await noteSenders(runner);
    await replaceIndex(runner, 'account_sender', {
      name: 'account_sender_by',
      columns: ['sentBy', 'requestId'],
    });
    for (const { table, ...index } of INDICES) await replaceIndex(runner, table, index);
    await createTable(
      runner,
      'account_system',
      {
        id: c.id(),
        code: c.code(32),
        name: c.label(32),
        grade: c.code(8),
        ownerUnitId: c.ref(),
        byDefault: c.flag(),
        onLock: c.code(8),
        onSecondOut: c.code(8),
        inspected: c.flag(),
        state: c.code(8),
        registeredAt: c.instant(),
        version: c.version(),
      },
      [{ name: 'account_system_code', columns: ['code'], unique: true }],
    );
    await createTable(
      runner,
      'account_data_link',
      {
        id: c.id(),
        providerCode: c.code(32),
        consumerCode: c.code(32),
        content: c.label(128),
        state: c.code(16),
        sinceAt: c.instant(),
        version: c.version(),
      },
      [
        {
          name: 'account_data_link_once',
          columns: ['providerCode', 'consumerCode', 'content'],
          unique: true,
        },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_data_link');
    await runner.dropTable('account_system');
    for (const { table, name } of INDICES) await runner.dropIndex(table, name);
    await runner.dropIndex('account_sender', 'account_sender_by');
    await runner.dropColumn('account_sender', 'sentBy');
    await runner.dropColumn('account_sender', 'sentAt');
    await runner.dropIndex('account_request', 'account_request_creator');
    await runner.dropColumn('account_request', 'createdById');
  }
}

interface Sender {
  unitId: string;
  submittedAt: number | null;
  by: { personId: string | null } | null;
}

/** The state of a request has said it all along. */
async function noteSenders(runner: QueryRunner): Promise<void> {
  for (let after = ''; ;) {
    const rows: { id: string; state: unknown }[] = await runner.query(
      `select id, state from account_request where id > ? order by id limit ${PAGE}`,
      [after],
    );
    for (const { id, state } of rows) {
      const read = (typeof state === 'string' ? JSON.parse(state) : state) as { senders: Sender[] };
      for (const { unitId, submittedAt, by } of read.senders)
        await runner.query(
          'update account_sender set sentAt = ?, sentBy = ? where requestId = ? and unitId = ?',
          [submittedAt, by?.personId ?? null, id, unitId],
        );
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? '';
  }
}
