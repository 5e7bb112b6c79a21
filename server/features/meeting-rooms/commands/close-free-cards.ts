/** A time that was told of as free is taken: the cards of the others who were told lose their buttons where they lie. */
import { systemActor } from '../../../kernel/actor.ts';
import { MINUTE_MS } from '../../../kernel/dates.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue, type Job } from '../../../platform/jobs/index.ts';
import { settleCards } from '../../messaging/index.ts';
import { FREE_CARD } from '../cards.ts';
import type { MeetingRoomsContext } from '../context.ts';
import { wordsOfFree } from '../queries/free-words.ts';
import type { Range } from '../slots.ts';
import { loadRoom } from '../store.ts';
import { WaitTable, type WaitRow } from '../tables.ts';

export const CLOSE_FREE_JOB = 'meetingrooms.closeFreeCards';
/** Whoever taps in the same moment reads it in the answer to the tap: one update of a card, not two. */
const AFTER_MS = 10_000;
/** Cards closed in one unit of work. */
const AT_ONCE = 50;
const actor = systemActor(`job:${CLOSE_FREE_JOB}`);

interface Taken extends Range {
  readonly roomId: string;
}

/** In the unit of work that takes the time; how the cards are told is the job's. @param ranges a series: all of it */
export function closeFreeLater(tx: Tx, roomId: string, ranges: readonly Range[]): void {
  if (ranges.length === 0) return;
  const taken: Taken = {
    roomId,
    startsAt: Math.min(...ranges.map(({ startsAt }) => startsAt)),
    endsAt: Math.max(...ranges.map(({ endsAt }) => endsAt)),
  };
  const runAt = tx.now + AFTER_MS;
  const key = [roomId, taken.startsAt, taken.endsAt, runAt].join(':');
  enqueue(tx, { name: CLOSE_FREE_JOB, key, payload: taken, runAt });
}

/** Looks at what is so by now: a time that became free again meanwhile keeps its cards. Repeating it changes nothing. */
export async function closeFreeCards({ db }: MeetingRoomsContext, { payload }: Job): Promise<void> {
  const taken = payload as Taken;
  for (let after = ''; ;) {
    const last = await db.write(actor, async (tx) => {
      const waits = await toldOf(tx, taken, after);
      const gone: { ref: string; words: string; answeredInPlace: boolean }[] = [];
      for (const { id, personId } of waits) {
        const words = await wordsOfFree(tx, taken.roomId, id, personId);
        if (words !== null) gone.push({ ref: id, words, answeredInPlace: false });
      }
      await settleCards(tx, FREE_CARD, gone);
      return waits.length < AT_ONCE ? null : (waits.at(-1)?.id ?? null);
    });
    if (last === null) return;
    after = last;
  }
}

/** Who was told of some of this time and still could use it. */
async function toldOf(reads: Reads, { roomId, startsAt, endsAt }: Taken, after: string): Promise<WaitRow[]> {
  const { bufferMinutes } = await loadRoom(reads, roomId);
  return reads.em
    .getRepository(WaitTable)
    .createQueryBuilder('w')
    .where('w.roomId = :roomId and w.endsAt > :from and w.startsAt < :until and w.toldAt is not null', {
      roomId,
      from: Math.max(reads.now, startsAt - bufferMinutes * MINUTE_MS),
      until: endsAt + bufferMinutes * MINUTE_MS,
    })
    .andWhere('w.id > :after', { after })
    .orderBy('w.id')
    .limit(AT_ONCE)
    .getMany();
}
