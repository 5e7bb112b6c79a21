/** Secret addresses of .ics feeds: one for each person and each room, shown once, replaced or stopped at will. */
import { createHash, randomBytes } from 'node:crypto';
import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enter, type MeetingRoomsContext } from '../context.ts';
import { manages, mayLook } from '../policy.ts';
import { loadRoom } from '../store.ts';
import { CalendarTable, type CalendarRow } from '../tables.ts';

const KEY_BYTES = 32;

/** Only this is kept: whoever reads the database cannot read calendars with it. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex');

/** @throws forbidden `meetingrooms.not_for_you` */
export const openOwnCalendar = (ctx: MeetingRoomsContext, actor: PersonActor) =>
  open(ctx, actor, 'person', actor.personId);

export const stopOwnCalendar = (ctx: MeetingRoomsContext, actor: PersonActor): Promise<void> =>
  stop(ctx, actor, 'person', actor.personId);

/** @throws forbidden `meetingrooms.not_manager` */
export const openRoomCalendar = (ctx: MeetingRoomsContext, actor: PersonActor, roomId: string) =>
  open(ctx, actor, 'room', roomId);

/** @throws forbidden `meetingrooms.not_manager` */
export const stopRoomCalendar = (
  ctx: MeetingRoomsContext,
  actor: PersonActor,
  roomId: string,
): Promise<void> => stop(ctx, actor, 'room', roomId);

type Kind = CalendarRow['kind'];

/** A new address; the one before opens nothing any more. */
function open(ctx: MeetingRoomsContext, actor: PersonActor, kind: Kind, ownerId: string) {
  const key = randomBytes(KEY_BYTES).toString('base64url');
  return againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      await mustBeTheirs(ctx, tx, actor.personId, kind, ownerId);
      await drop(tx, ownerId);
      const row = { id: newId(), kind, ownerId, keyHash: keyHash(key), madeAt: tx.now };
      await insertRows(tx, CalendarTable, [row]);
      record(tx, 'meetingrooms.make_calendar', kind, ownerId);
      return { address: `${ctx.publicUrl}/api/meeting-rooms/calendar.ics?key=${key}` };
    }),
  );
}

/** @throws notFound `meetingrooms.no_calendar` */
function stop(ctx: MeetingRoomsContext, actor: PersonActor, kind: Kind, ownerId: string): Promise<void> {
  return ctx.db.write(actor, async (tx) => {
    // One's own can be stopped also by who may not look at rooms any more.
    if (kind === 'room') await mustBeTheirs(ctx, tx, actor.personId, kind, ownerId);
    if ((await drop(tx, ownerId)) === 0) throw notFound('meetingrooms.no_calendar');
    record(tx, 'meetingrooms.stop_calendar', kind, ownerId);
  });
}

async function mustBeTheirs(
  ctx: MeetingRoomsContext,
  tx: Tx,
  personId: string,
  kind: Kind,
  ownerId: string,
): Promise<void> {
  const { viewer } = await enter(ctx, tx, personId);
  if (kind === 'person' && !mayLook(viewer)) throw forbidden('meetingrooms.not_for_you');
  if (kind === 'room' && !manages(viewer, await loadRoom(tx, ownerId)))
    throw forbidden('meetingrooms.not_manager');
}

/** Whoever left has no calendar here any more. */
export const drop = (tx: Tx, ownerId: string): Promise<number> =>
  updateCount(tx.em, 'delete from meeting_calendar where ownerId = ?', [ownerId]);

const record = (tx: Tx, action: string, kind: Kind, targetId: string): void =>
  recordAct(tx, { action, targetType: kind === 'person' ? 'person' : 'meeting_room', targetId });
