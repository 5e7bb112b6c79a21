/** Lists of this room as files: the same set as the page (H1), bounded, on the record. */
import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf, timeOf } from '../../kernel/dates.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { everyPage, listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { CorrectionsContext } from './commands/context.ts';
import type * as contract from './contract.ts';
import { OWNERS } from './owner.ts';
import type { MissingExportQuery } from './photos/contract.ts';
import { listMissing } from './photos/missing.ts';
import { listForOwner } from './queries.ts';

const AT_ONCE = 100;
const stamp = (at: number | null): string => (at === null ? '' : `${dateOf(at)} ${timeOf(at)}`);

/** Without what is wanted: that is looked at one by one, with a purpose (H6). */
export async function exportCorrections(
  ctx: CorrectionsContext,
  actor: PersonActor,
  query: contract.ListExportQuery,
): Promise<SheetFile> {
  const { items, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listForOwner(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE }),
    ),
    now: reads.now,
  }));
  await note(ctx, actor, 'corrections.export', { ...query, rows: items.length });
  return listFile(
    {
      title: '更正申请',
      asked: [
        query.state === 'open' ? '没了结的' : '已了结的',
        query.owner === undefined ? '' : OWNERS[query.owner].name,
      ],
      columns: ['姓名', '单位', '项目', '由谁答复', '提出时间', '时限', '了结时间', '状态', '是否超时'],
      rows: items.map((one) => [
        one.person.name,
        one.person.unitName,
        one.label,
        one.ownerName,
        stamp(one.raisedAt),
        one.due?.words ?? '',
        stamp(one.endedAt),
        one.stateWords,
        one.isLate ? '超时' : '',
      ]),
    },
    actor.name,
    now,
  );
}

export async function exportMissing(
  ctx: CorrectionsContext,
  actor: PersonActor,
  query: MissingExportQuery,
): Promise<SheetFile> {
  const { items, unitName, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listMissing(ctx, reads, actor.personId, { ...query, cursor, limit: AT_ONCE }),
    ),
    unitName: query.unitId === undefined ? '' : ((await ctx.orgOf(reads)).unit(query.unitId)?.name ?? ''),
    now: reads.now,
  }));
  await note(ctx, actor, 'corrections.export_missing_photos', { ...query, rows: items.length });
  return listFile(
    {
      title: '没有证件照的人',
      asked: [unitName],
      columns: ['工号', '姓名', '单位', '岗位', '状态', '时限'],
      rows: items.map((one) => [
        one.staffNo,
        one.name,
        one.unitName,
        one.title,
        one.state === 'none' ? '缺' : `已退回：${one.why ?? ''}`,
        one.due === null ? '还没请' : one.due.words,
      ]),
    },
    actor.name,
    now,
  );
}

const note = (ctx: CorrectionsContext, actor: PersonActor, action: string, after: object): Promise<void> =>
  ctx.db.write(actor, async (tx) =>
    recordAct(tx, { action, targetType: 'correction_list', targetId: 'all', after: { ...after } }),
  );
