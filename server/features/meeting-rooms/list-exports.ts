import type { PersonActor } from '../../kernel/actor.ts';
import { recordAct } from '../../platform/audit/index.ts';
import { listFile, type SheetFile } from '../../platform/sheets/index.ts';
import type { MeetingRoomsContext } from './context.ts';
import type { UsageQuery } from './contract.ts';
import { readUsage } from './queries/usage.ts';

const MINUTES_OF_AN_HOUR = 60;
const hours = (minutes: number): string => (minutes / MINUTES_OF_AN_HOUR).toFixed(1);

/** The report as the page shows it (H1), on the record. */
export async function exportUsage(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  query: UsageQuery,
): Promise<SheetFile> {
  const { items, now } = await ctx.db.read(async (reads) => ({
    items: (await readUsage(ctx, reads, actor.personId, query)).items,
    now: reads.now,
  }));
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'meetingrooms.export',
      targetType: 'meeting_room',
      targetId: query.month,
      after: { rows: items.length },
    }),
  );
  return listFile(
    {
      title: '会议室使用情况',
      asked: [query.month],
      columns: ['会议室', '预订次数', '预订小时', '实际使用小时', '开放小时', '无人签到释放次数', '取消次数'],
      rows: items.map((one) => [
        one.name,
        String(one.bookings),
        hours(one.bookedMinutes),
        hours(one.usedMinutes),
        hours(one.openMinutes),
        String(one.released),
        String(one.cancelled),
      ]),
    },
    actor.name,
    now,
  );
}
