import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import { settleCards, tapsNow } from '../../messaging/index.ts';
import { FREE_CARD } from '../cards.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import type { WaitRequest } from '../contract.ts';
import { mayBook, needsDecision } from '../policy.ts';
import { tooLateToAsk, whyNot } from '../slots.ts';
import { lockRoom, standingToWrite } from '../store.ts';
import { WaitTable } from '../tables.ts';
import { WHY_WORDS } from '../words.ts';

const MOST_WAITS = 20;

/**
 * Tell me when this time is free. Again changes nothing.
 * @throws conflict `meetingrooms.is_free`; refused `meetingrooms.cannot`, `meetingrooms.many_waits`
 */
export function waitFor(
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  roomId: string,
  { startsAt, endsAt }: WaitRequest,
): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    const room = await lockRoom(tx, roomId);
    const { viewer } = await enter(ctx, tx, actor.personId);
    if (!mayBook(viewer, room)) throw forbidden('meetingrooms.may_not_book', { room: room.name });
    const range = { startsAt, endsAt };
    const found = whyNot(room, range, await standingToWrite(tx, roomId, range), tx.now);
    // Free or not: whoever needs somebody's word cannot have what has begun.
    const late = needsDecision(room, actor.personId) && tooLateToAsk(range, tx.now);
    const why = late && found !== 'past' ? 'late' : found;
    if (why === null) throw conflict('meetingrooms.is_free');
    if (why !== 'taken' && why !== 'blackout')
      throw refused('meetingrooms.cannot', { why, whyWords: WHY_WORDS[why] });
    const open = await tx.em
      .getRepository(WaitTable)
      .createQueryBuilder('w')
      .where('w.personId = :personId and w.endsAt > :now and w.toldAt is null', {
        personId: actor.personId,
        now: tx.now,
      })
      .getMany();
    if (open.some((one) => one.roomId === roomId && one.startsAt === startsAt && one.endsAt === endsAt))
      return;
    if (open.length >= MOST_WAITS) throw refused('meetingrooms.many_waits', { most: MOST_WAITS });
    const id = newId();
    await insertRows(tx, WaitTable, [{ id, roomId, personId: actor.personId, ...range, toldAt: null }]);
    recordAct(tx, {
      action: 'meetingrooms.wait',
      targetType: 'meeting_room',
      targetId: roomId,
      after: range,
    });
  });
}

/** @throws notFound `meetingrooms.no_wait` */
export function stopWaiting(ctx: MeetingRoomsContext, actor: PersonActor, waitId: string): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    const gone = await updateCount(tx.em, 'delete from meeting_wait where id = ? and personId = ?', [
      waitId,
      actor.personId,
    ]);
    if (gone === 0) throw notFound('meetingrooms.no_wait');
    const answeredInPlace = tapsNow(tx, actor.personId);
    settleCards(tx, FREE_CARD, [{ ref: waitId, words: '不再等候', answeredInPlace }]);
    recordAct(tx, { action: 'meetingrooms.stop_waiting', targetType: 'meeting_wait', targetId: waitId });
  });
}
