/** Balances as a file: the same people as the page (H1), bounded, on the record. */
import type { z } from 'zod';
import type { PersonActor } from '../../kernel/actor.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { everyPage, listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { LeaveContext } from './context.ts';
import type { AccountsExportQuery, Balance } from './contract.ts';
import { listAccounts } from './queries/accounts.ts';

const AT_ONCE = 500;

export async function exportAccounts(
  ctx: LeaveContext,
  actor: PersonActor,
  query: z.infer<typeof AccountsExportQuery>,
): Promise<SheetFile> {
  const { items, year, unitName, now } = await ctx.db.read(async (reads) => {
    let found = 0;
    const all = await everyPage(async (cursor) => {
      const page = await listAccounts(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE });
      found = page.year;
      return page;
    });
    const org = await ctx.orgOf(reads);
    const unit = query.unitId === undefined ? null : org.unit(query.unitId);
    return { items: all, year: found, unitName: unit?.name ?? '', now: reads.now };
  });
  await ctx.db.write(actor, (tx) => {
    recordAct(tx, {
      action: 'leave.export_accounts',
      targetType: 'leave_accounts',
      targetId: String(year),
      after: { ...query, year, rows: items.length },
    });
    return Promise.resolve();
  });
  return listFile(
    {
      title: '假期余额',
      asked: [`${String(year)} 年`, unitName, query.q ?? ''],
      columns: [
        '工号',
        '姓名',
        '部门',
        '假别',
        '余',
        '应有',
        '上年转入',
        '已休',
        '申请中',
        '转入下年',
        '过期作废',
      ],
      rows: items.flatMap(({ staffNo, name, unitName: unit, balances }) =>
        balances.map((one) => [staffNo, name, unit, ...cellsOf(one)]),
      ),
    },
    actor.name,
    now,
  );
}

const cellsOf = ({ label, left, granted, carriedIn, used, held, carriedOut, lapsed }: Balance): string[] => [
  label,
  left === null ? '没登记' : String(left),
  ...[granted, carriedIn, used, held, carriedOut, lapsed].map(String),
];
