import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Route } from '../../platform/http/route.ts';
import type { JobDefinition } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { createAgents } from './agents.ts';
import { onPersonChanged } from './commands/person-changed.ts';
import { SETTLE_JOB } from './commands/settle-job.ts';
import { settleDelegation } from './commands/settle.ts';
import { type ComingAbsence, suggestAgent } from './commands/suggest.ts';
import type { DelegationsContext } from './context.ts';
import { delegationsKeeping } from './keeping.ts';
import { delegationsRoutes } from './routes.ts';

export type { Note as DelegationNote } from './context.ts';
export { delegationsPersonData } from './person-data.ts';
export { delegationsTables } from './tables.ts';

export type Delegations = ReturnType<typeof createDelegations>;

/** 代理审批: people name who decides for them on some days; approvals asks here (R30 to R33). */
export function createDelegations(ctx: DelegationsContext) {
  ctx.approvals.nameAgents(createAgents(ctx));
  return {
    routes: delegationsRoutes(ctx) as readonly Route[],
    jobs: [
      { name: SETTLE_JOB, handle: (job) => settleDelegation(ctx, job) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    keepings: [delegationsKeeping(ctx.db)] as readonly Keeping[],
    /** Somebody will be away: who decides requests is asked whether somebody should stand in. */
    suggest: (tx: Tx, absence: ComingAbsence) => suggestAgent(ctx, tx, absence),
    /** Fill for `directory.onPersonChanged`; after that of approvals, which asks for valid agents (R22). */
    onPersonChanged: (tx: Tx, change: Pick<PersonChange, 'personId' | 'kind'>) =>
      onPersonChanged(ctx, tx, change),
  };
}
