import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, replaceIndex } from '../platform/db/migration-kit.ts';

/** An inspection that goes slice by slice, letters that are gathered before they are sent, and what their pages ask for. */
export class InspectionInSlices1795321000000 implements MigrationInterface {
  readonly name = 'InspectionInSlices1795321000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'account_inspection', { progress: c.nullable(c.json()) });
    await addColumns(runner, 'account_letter', { state: c.withDefault(c.code(8), `'sent'`) });
    await replaceIndex(runner, 'account_letter', {
      name: 'account_letter_month',
      columns: ['systemCode', 'inspectedMonth', 'state', 'id'],
    });
    await replaceIndex(runner, 'account_letter', {
      name: 'account_letter_once',
      columns: ['inspectionId', 'unitId', 'forLeaders'],
      unique: true,
    });
    await replaceIndex(runner, 'account_letter_item', {
      name: 'account_letter_item_of',
      columns: ['letterId', 'repliedAt', 'id'],
    });
    await replaceIndex(runner, 'account', { name: 'account_system_of', columns: ['systemCode', 'id'] });
    await replaceIndex(runner, 'account_history', {
      name: 'account_history_account',
      columns: ['accountId', 'happenedAt'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('account_history', 'account_history_account');
    await runner.dropIndex('account', 'account_system_of');
    await replaceIndex(runner, 'account_letter_item', {
      name: 'account_letter_item_of',
      columns: ['letterId'],
    });
    await runner.dropIndex('account_letter', 'account_letter_once');
    await replaceIndex(runner, 'account_letter', {
      name: 'account_letter_month',
      columns: ['systemCode', 'inspectedMonth'],
    });
    await runner.dropColumn('account_letter', 'state');
    await runner.dropColumn('account_inspection', 'progress');
  }
}
