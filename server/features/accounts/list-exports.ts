/** Lists of this room as files: the same set as the page (H1), bounded, on the record. */
import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf, timeOf } from '../../kernel/dates.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { everyPage, listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { AccountsContext } from './commands/context.ts';
import type * as contract from './contract.ts';
import { listLateCases } from './late/lists.ts';
import { listRequests } from './request-lists.ts';
import { KIND_WORDS, STATUS_WORDS } from './words.ts';

const AT_ONCE = 500;
const stamp = (at: number): string => `${dateOf(at)} ${timeOf(at)}`;

export async function exportLateCases(
  ctx: AccountsContext,
  actor: PersonActor,
  query: contract.LateExportQuery,
): Promise<SheetFile> {
  const { items, unitName, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listLateCases(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE }),
    ),
    unitName: query.unitId === undefined ? '' : ((await ctx.orgOf(reads)).unit(query.unitId)?.name ?? ''),
    now: reads.now,
  }));
  await note(ctx, actor, 'accounts.export_late', { ...query, rows: items.length });
  return listFile(
    {
      title: '账号逾期清单',
      asked: [unitName],
      columns: [
        '单位',
        '姓名',
        '事项',
        '发生日',
        '应报日',
        '时限',
        '报送日',
        '晚几个工作日',
        '到期时在谁手里',
        '到期时间',
        '状态',
      ],
      rows: items.map((one) => [
        one.unitName,
        one.personName,
        one.kindWords,
        one.eventOn,
        one.dueOn,
        one.allowance,
        one.submittedOn,
        String(one.lateWorkdays),
        one.breach === null ? '' : (one.breach.holderName ?? one.breach.unitName ?? ''),
        one.breach === null ? '' : stamp(one.breach.at),
        one.state === 'instructed' ? '已批示' : '已登记',
      ]),
    },
    actor.name,
    now,
  );
}

export async function exportRequests(
  ctx: AccountsContext,
  actor: PersonActor,
  query: contract.RequestsExportQuery,
): Promise<SheetFile> {
  const { items, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listRequests(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE }),
    ),
    now: reads.now,
  }));
  await note(ctx, actor, 'accounts.export_requests', { ...query, rows: items.length });
  const boxes = { waiting: '等我办', mine: '我经手的', all: '' } as const;
  return listFile(
    {
      title: '账号申请',
      asked: [
        boxes[query.box],
        query.kind === undefined ? '' : KIND_WORDS[query.kind],
        query.status === undefined ? '' : STATUS_WORDS[query.status],
      ],
      columns: ['单号', '姓名', '事项', '发生日', '起草时间', '时限', '状态'],
      rows: items.map((one) => [
        one.number,
        one.personName,
        one.kindWords,
        one.eventOn,
        stamp(one.createdAt),
        one.due?.words ?? '',
        one.statusWords,
      ]),
    },
    actor.name,
    now,
  );
}

const note = (ctx: AccountsContext, actor: PersonActor, action: string, after: object): Promise<void> =>
  ctx.db.write(actor, async (tx) =>
    recordAct(tx, { action, targetType: 'account_list', targetId: 'all', after: { ...after } }),
  );
