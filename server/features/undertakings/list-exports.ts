import type { PersonActor } from '../../kernel/actor.ts';
import { dateOf, timeOf } from '../../kernel/dates.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { everyPage, listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { RoomContext } from './context.ts';
import type { ExportQuery } from './contract.ts';
import { textInForce } from './queries/concerned.ts';
import { listPeople } from './queries/standing.ts';

const AT_ONCE = 100;
const stamp = (at: number | null): string => (at === null ? '' : `${dateOf(at)} ${timeOf(at)}`);

/** The list as the page shows it (H1), bounded, on the record. */
export async function exportPeople(
  ctx: RoomContext,
  actor: PersonActor,
  textId: string,
  query: ExportQuery,
): Promise<SheetFile> {
  const text = textInForce(ctx, textId);
  const { items, unitName, now } = await ctx.db.read(async (reads) => ({
    items: await everyPage((cursor) =>
      listPeople(ctx, reads, actor.personId, textId, { ...query, cursor, limit: AT_ONCE }),
    ),
    unitName: query.unitId === undefined ? '' : ((await ctx.orgOf(reads)).unit(query.unitId)?.name ?? ''),
    now: reads.now,
  }));
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'undertakings.export',
      targetType: 'undertaking_text',
      targetId: textId,
      after: { ...query, rows: items.length },
    }),
  );
  return listFile(
    {
      title: text.title,
      asked: [query.state === 'given' ? '已承诺的' : '还没承诺的', unitName],
      columns: ['工号', '姓名', '单位', '岗位', '请其承诺', '最近提醒', '时限', '承诺时间', '版本', '在哪里'],
      rows: items.map((one) => [
        one.staffNo,
        one.name,
        one.unitName,
        one.title,
        stamp(one.askedAt),
        one.remindedOn ?? '',
        one.due?.words ?? '',
        stamp(one.given?.givenAt ?? null),
        one.given ? `第 ${one.given.version} 版` : '',
        one.given?.viaWords ?? '',
      ]),
    },
    actor.name,
    now,
  );
}
