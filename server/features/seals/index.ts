import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import type { InstanceState } from '../approvals/index.ts';
import { SEAL_CHOICES } from './choices.ts';
import { act } from './commands/act.ts';
import { remindHolders } from './commands/clocks.ts';
import { drawNumber, revokeNumber } from './commands/draw-number.ts';
import { FOLLOW_JOB, followKeepers, onPersonChanged } from './commands/follow-keepers.ts';
import { addRule } from './commands/keep-numbers.ts';
import { addSeal } from './commands/keep-seals.ts';
import { openUse } from './commands/open-use.ts';
import { revokeUse } from './commands/revoke-use.ts';
import { OUT_PAUSE, type SealsContext } from './context.ts';
import { sealKeepings } from './keeping.ts';
import { keepsSome } from './store.ts';
import { numberFacts, useFacts } from './request-facts.ts';
import { sealRoutes } from './routes.ts';

export type { SealNote, SealsContext } from './context.ts';
export { sealsPersonData } from './person-data.ts';
export { parseSealSettings, type SealSettings } from './settings.ts';
export { sealTables } from './tables.ts';

/** For the site's list of reasons for which a clock may stop (G6). */
export const SEAL_PAUSES: readonly string[] = [OUT_PAUSE];

export type Seals = ReturnType<typeof createSeals>;

/** 用章: seals with keepers, the ledger of their uses, seals taken out and returned, contract numbers (S2-A11i, k). */
export function createSeals(ctx: SealsContext) {
  remindHolders(ctx);
  return {
    routes: sealRoutes(ctx) as readonly Route[],
    jobs: [
      { name: FOLLOW_JOB, handle: () => followKeepers(ctx) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(FOLLOW_JOB, 7, 50)] as readonly Schedule[],
    keepings: sealKeepings(ctx) as readonly Keeping[],
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged,

    /** Fill for `approvals.offerChoices`, by source. */
    choices: SEAL_CHOICES,
    /** Fill for the sockets of approvals, for each template that uses seals. */
    uses: {
      follow: (tx: Tx, state: InstanceState) => openUse(ctx, tx, state),
      revoke: (tx: Tx, state: InstanceState) => revokeUse(ctx, tx, state),
      facts: (reads: Reads, state: InstanceState) => useFacts(reads, state),
    },
    /** The same for the template that draws contract numbers. */
    numbers: {
      follow: (tx: Tx, state: InstanceState) => drawNumber(ctx, tx, state),
      revoke: revokeNumber,
      facts: (reads: Reads, state: InstanceState) => numberFacts(reads, state),
    },

    /** Fill for `access.openArea`: keepers hold no role. */
    opensConsole: keepsSome,

    /** On the home page. */
    entry: { id: 'seals', title: '用印记录', icon: 'seal', hue: 'violet', path: '/seals' } as const,

    /** The commands, for whoever fills a demo. */
    addSeal: addSeal.bind(null, ctx),
    addRule: addRule.bind(null, ctx),
    act: act.bind(null, ctx),
  };
}
