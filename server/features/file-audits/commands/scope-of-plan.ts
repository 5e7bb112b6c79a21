import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { peopleIn, type AuditOrg } from '../policy.ts';
import type { PlanRow } from '../tables.ts';
import type { FileAuditsContext } from './context.ts';

/** Whom the scope names now, by id. */
export async function scopeOfPlan(
  ctx: FileAuditsContext,
  reads: Reads,
  org: AuditOrg,
  { scope }: Pick<PlanRow, 'scope'>,
): Promise<string[]> {
  const inSets = scope.setIds.length === 0 ? [] : await ctx.peopleInSets(reads, scope.setIds);
  return peopleIn(org, scope, new Set(inSets)).map(({ personId }) => personId);
}
