import { systemActor } from '../../kernel/actor.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import { recordAct } from '../../platform/audit/index.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { onPersonChanged, rehomeClocks, remindHolders } from './commands/clock.ts';
import { CORRECTION, proofOf, type CorrectionsContext } from './commands/context.ts';
import { markLeft, photoKeepings } from './photos/keeping.ts';
import { remindPhotos } from './photos/photo-clock.ts';
import { recordOf } from './record-of.ts';
import { correctionsRoutes } from './routes.ts';
import { eraseAsked, toErase } from './store.ts';

export type { Note as CorrectionNote } from './commands/context.ts';
export { correctionsPersonData } from './person-data.ts';
export { parseCorrectionsSettings, type CorrectionsSettings } from './settings.ts';
export { correctionsTables } from './tables.ts';

export type CorrectionsDeps = CorrectionsContext;

const ERASE_JOB = 'corrections.erase';
const REHOME_JOB = 'corrections.rehome';

/** 更正: somebody sees that their own record is wrong, and whoever owns it answers in time (S1-2e, 个保法 46). */
export function createCorrections(ctx: CorrectionsDeps) {
  remindHolders(ctx);
  remindPhotos(ctx);

  /** 个保法 19, 47: what was asked and what proved it go when they are not needed any more. */
  async function erase(now: number): Promise<void> {
    for (;;) {
      const done = await ctx.db.write(systemActor(ERASE_JOB), async (tx) => {
        const ids = await toErase(tx, now - ctx.settings.keepDays * DAY_MS);
        for (const id of ids) {
          await eraseAsked(tx, id);
          await ctx.files.release(tx, proofOf(id));
          recordAct(tx, { action: ERASE_JOB, targetType: CORRECTION, targetId: id });
        }
        return ids.length === 0;
      });
      if (done) return;
    }
  }

  return {
    routes: correctionsRoutes(ctx) as readonly Route[],
    jobs: [
      { name: ERASE_JOB, handle: ({ now }) => erase(now) },
      { name: REHOME_JOB, handle: () => rehomeClocks(ctx, REHOME_JOB) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    keepings: photoKeepings(ctx) as readonly Keeping[],
    schedules: [dailyAt(ERASE_JOB, 3, 40), dailyAt(REHOME_JOB, 6, 10)] as readonly Schedule[],
    /** Fill for `directory.onPersonChanged`: clocks of who is locked or left go to the next who can answer (G9). */
    async onPersonChanged(tx: Tx, change: PersonChange): Promise<void> {
      await onPersonChanged(ctx, tx, change);
      if (change.kind === 'left' || change.kind === 'returned')
        await markLeft(tx, change.personId, change.kind === 'left');
    },
    /** One's record as it stands, masked, with what was asked for since a moment. */
    recordOf: (reads: Reads, personId: string, since: number) => recordOf(ctx, reads, personId, since),
  };
}
