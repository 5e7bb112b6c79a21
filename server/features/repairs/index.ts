import { dailyAt, everyMinutes, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Route } from '../../platform/http/route.ts';
import { FOLLOW_JOB } from './commands/ask-to-follow.ts';
import { AUTO_CONFIRM_JOB, autoConfirm } from './commands/auto-confirm.ts';
import { remindHolders } from './commands/clocks.ts';
import type { RepairsContext } from './commands/context.ts';
import { DISPATCHERS_JOB, follow, keepWithDispatchers, onPersonChanged } from './commands/follow.ts';
import { act } from './commands/act.ts';
import { addPlace, addRecurring, setWorker } from './commands/keep.ts';
import { RECUR_JOB, recur } from './commands/recur.ts';
import { HOLDS_JOB, remindHolds } from './commands/remind-holds.ts';
import { reportFault } from './commands/report.ts';
import { HOLD_REASONS } from './contract.ts';
import { makeReports, REPORT_JOB } from './figures/reports.ts';
import { repairKeepings } from './keeping.ts';
import { reachOf } from './policy.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { acceptancesOf } from './reads/acceptances.ts';
import { repairRoutes } from './routes.ts';
import { repairCards } from './tap.ts';

export type { ActRequest } from './contract.ts';
export type { RepairNote, RepairsContext } from './commands/context.ts';
export { repairsPersonData } from './person-data.ts';
export { parseRepairSettings, type RepairSettings } from './settings.ts';
export { repairTables } from './tables.ts';

/** For the site's list of reasons for which a clock may stop (G6). */
export const REPAIR_PAUSES: readonly string[] = HOLD_REASONS.map((reason) => `repairs.${reason}`);

export type Repairs = ReturnType<typeof createRepairs>;

/** 网上报修: reported with a photo and a place, dispatched, mended, accepted with a rating, told in figures (S1-10.1). */
export function createRepairs(ctx: RepairsContext) {
  remindHolders(ctx);
  return {
    routes: repairRoutes(ctx) as readonly Route[],
    jobs: [
      { name: AUTO_CONFIRM_JOB, handle: ({ now }) => autoConfirm(ctx, now) },
      { name: FOLLOW_JOB, handle: ({ payload }) => follow(ctx, (payload as { personId: string }).personId) },
      { name: DISPATCHERS_JOB, handle: () => keepWithDispatchers(ctx) },
      { name: HOLDS_JOB, handle: ({ now }) => remindHolds(ctx, now) },
      { name: RECUR_JOB, handle: ({ now }) => recur(ctx, now) },
      { name: REPORT_JOB, handle: ({ now }) => makeReports(ctx, now) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [
      everyMinutes(AUTO_CONFIRM_JOB, 60),
      everyMinutes(DISPATCHERS_JOB, 60),
      dailyAt(HOLDS_JOB, 7, 45),
      dailyAt(RECUR_JOB, 7, 40),
      dailyAt(REPORT_JOB, 2, 0),
    ] as readonly Schedule[],
    keepings: repairKeepings(ctx) as readonly Keeping[],
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged,

    /** Fill for `access.openArea`: who manages some of it by delegation holds no role. */
    opensConsole: async (reads: Reads, personId: string): Promise<boolean> =>
      reachOf(await ctx.orgOf(reads), ctx.settings, personId).seesSome,

    /** Fill for `messaging.onCard`. */
    cards: repairCards(ctx),

    /** What waits for its reporter's word; `acceptanceMoved` of the context is told when that changes. */
    acceptances: acceptancesOf(ctx),

    /** On the home page. */
    entry: { id: 'repairs', title: '报修', icon: 'wrench', hue: 'teal', path: '/repairs' } as const,

    /** The commands, for whoever fills a demo. */
    report: reportFault.bind(null, ctx),
    act: act.bind(null, ctx),
    addPlace: addPlace.bind(null, ctx),
    setWorker: setWorker.bind(null, ctx),
    addRecurring: addRecurring.bind(null, ctx),
  };
}
