import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { InstanceState, LeaveKeeper } from '../approvals/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { joinedAbsence, takenOtherwise } from './absence-store.ts';
import { balancesOf } from './balances.ts';
import { remindHolders } from './clock.ts';
import { ASK_JOB, askBack, onPersonChanged } from './commands/ask-back.ts';
import { followEnd, holdDays } from './commands/follow.ts';
import { KEEP_UP_JOB, keepUp } from './commands/keep-up.ts';
import { revokeLeave } from './commands/revoke.ts';
import type { LeaveContext } from './context.ts';
import { leaveKeepings } from './keeping.ts';
import { leaveRoutes } from './routes.ts';
import { leaveCards } from './tap.ts';

export type { Note as LeaveNote } from './context.ts';
export { leavePersonData } from './person-data.ts';
export { parseLeaveSettings, type LeaveSettings } from './settings.ts';
export { leaveTables } from './tables.ts';

export type Leave = ReturnType<typeof createLeave>;

/** Balances of leave as ledgers, who is away, reporting back. Asking for leave and deciding on it is approvals'. */
export function createLeave(ctx: LeaveContext) {
  remindHolders(ctx);
  return {
    routes: leaveRoutes(ctx) as readonly Route[],
    jobs: [
      { name: KEEP_UP_JOB, handle: () => keepUp(ctx) },
      { name: ASK_JOB, handle: () => askBack(ctx) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [dailyAt(KEEP_UP_JOB, 0, 40), dailyAt(ASK_JOB, 0, 20)] as readonly Schedule[],
    keepings: leaveKeepings(ctx.db) as readonly Keeping[],

    /** Fill for `messaging.onCard`. */
    cards: leaveCards(ctx),

    /** Fill for `approvals.keepLeaves`. */
    keeper: {
      balancesOf: (reads, personId, itself) => balancesOf(ctx, reads, personId, itself),
      takenOtherwise,
      onAsked: (tx, state, isNew) => holdDays(ctx, tx, state, isNew),
    } satisfies LeaveKeeper as LeaveKeeper,
    /** Fill for `approvals.onFinished`. */
    follow: (tx: Tx, state: InstanceState) => followEnd(ctx, tx, state),
    /** The absence a leave is part of, with those that adjoin it. */
    absenceOf: (reads: Reads, personId: string, leaveId: string) => joinedAbsence(reads, personId, leaveId),
    /** Fill for `approvals.onRevoked`. */
    revoke: (tx: Tx, state: InstanceState) => revokeLeave(ctx, tx, state),
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged: (tx: Tx, change: Pick<PersonChange, 'personId' | 'kind'>) =>
      onPersonChanged(ctx, tx, change),
  };
}
