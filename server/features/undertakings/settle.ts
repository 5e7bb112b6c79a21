import { systemActor } from '../../kernel/actor.ts';
import { clocksOf, stopClock } from './clock.ts';
import type { RoomContext } from './context.ts';
import { isOwedByAll } from './policy.ts';
import { concernedBy } from './queries/concerned.ts';
import { standingsOf } from './store.ts';

export const SETTLE_JOB = 'undertakings.settle';
const PAGE = 500;

/** A text that is asked no more, or of other people now, leaves clocks behind of who owes nothing any more. */
export async function settleClocks(ctx: RoomContext): Promise<void> {
  const done = await ctx.db.read(async (reads) => {
    const org = await ctx.orgOf(reads);
    const owing = new Set<string>();
    for (const text of ctx.texts().filter(isOwedByAll)) {
      const standings = await standingsOf(reads, text);
      for (const { personId } of concernedBy(org, text, (id) => !standings.get(id)?.given))
        owing.add(personId);
    }
    return org.people().flatMap(({ personId }) => (owing.has(personId) ? [] : [personId]));
  });
  for (let at = 0; at < done.length; at += PAGE) {
    const some = done.slice(at, at + PAGE);
    const clocks = await ctx.db.read((reads) => clocksOf(ctx, reads, some));
    if (clocks.size === 0) continue;
    await ctx.db.write(systemActor(SETTLE_JOB), async (tx) => {
      for (const personId of clocks.keys()) await stopClock(ctx, tx, personId, 'not_owed');
    });
  }
}
