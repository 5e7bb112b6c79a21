import { forbidden } from '../../../kernel/errors.ts';
import { WeComError } from '../../../wecom/index.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { WecomRoomsAnswer } from '../contract.ts';
import { keepsSome } from '../policy.ts';

/**
 * 企业微信's own rooms, for whoever sets up one of ours. Asked outside any unit of work; `reached` is false while it
 * does not answer.
 * @throws forbidden `meetingrooms.not_keeper`
 */
export async function readWecomRooms(ctx: MeetingRoomsContext, personId: string): Promise<WecomRoomsAnswer> {
  const { viewer } = await ctx.db.read((reads) => enter(ctx, reads, personId));
  if (!keepsSome(viewer)) throw forbidden('meetingrooms.not_keeper');
  if (ctx.mirror.mode === 'off') return { mirrored: false, reached: true, items: [] };
  try {
    return { mirrored: true, reached: true, items: await ctx.mirror.port.rooms() };
  } catch (error) {
    if (!(error instanceof WeComError)) throw error;
    return { mirrored: true, reached: false, items: [] };
  }
}
