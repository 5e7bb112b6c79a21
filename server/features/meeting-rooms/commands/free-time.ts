/** Something became free: whoever waits for it is told, all of them; who books first has it (R42). */
import { MINUTE_MS } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import { FREE_CARD, freeCard } from '../cards.ts';
import { roomPath, type MeetingRoomsContext } from '../context.ts';
import { restOf, whyNot, type Range } from '../slots.ts';
import { standingToWrite } from '../store.ts';
import { WaitTable, type RoomRow, type WaitRow } from '../tables.ts';

/** For one time; who asked later than so many others hardly gets it. */
const MOST_TOLD = 100;

/** Under the room's lock, after what became free was written. */
export async function tellWaiting(
  ctx: MeetingRoomsContext,
  tx: Tx,
  room: RoomRow,
  freed: readonly Range[],
): Promise<void> {
  if (freed.length === 0) return;
  const found = new Map<string, WaitRow>();
  for (const one of freed) for (const wait of await openWaits(tx, room, one)) found.set(wait.id, wait);
  const waits = [...found.values()];
  if (waits.length === 0) return;
  const around = {
    startsAt: Math.min(...waits.map(({ startsAt }) => startsAt)),
    endsAt: Math.max(...waits.map(({ endsAt }) => endsAt)),
  };
  const standing = await standingToWrite(tx, room.id, around);
  for (const wait of waits) {
    // A room nobody came to is free from now on: who waits for its time can have the rest.
    const rest = restOf(wait, tx.now);
    if (whyNot(room, rest, standing, tx.now) !== null) continue;
    await tx.em.getRepository(WaitTable).update({ id: wait.id }, { toldAt: tx.now });
    const url = `${ctx.publicUrl}${roomPath(room.id)}&at=${rest.startsAt}&until=${rest.endsAt}`;
    queueCard(
      tx,
      {
        kind: FREE_CARD,
        personId: wait.personId,
        subjectType: 'meeting_room',
        subjectId: room.id,
        ref: wait.id,
      },
      freeCard(room, rest, url),
    );
  }
}

const openWaits = (
  { em, now }: Tx,
  { id, bufferMinutes }: RoomRow,
  { startsAt, endsAt }: Range,
): Promise<WaitRow[]> =>
  em
    .getRepository(WaitTable)
    .createQueryBuilder('w')
    .where('w.roomId = :id and w.endsAt > :from and w.startsAt < :until and w.toldAt is null', {
      id,
      from: Math.max(now, startsAt - bufferMinutes * MINUTE_MS),
      until: endsAt + bufferMinutes * MINUTE_MS,
    })
    .orderBy('w.id')
    .limit(MOST_TOLD)
    .getMany();
