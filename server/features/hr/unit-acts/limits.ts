import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../../directory/index.ts';
import { plansToday } from '../commands/make-plan.ts';
import type { HrContext } from '../deps.ts';
import type { GuardLine } from '../model.ts';
import { exceededWords, limitLines, tally } from '../plan/index.ts';
import { scimDoneToday } from '../scim/index.ts';

/** Below the institution, the unit a unit lies in; itself there. */
export const topCodeOf = (org: Org, unitId: string): string => org.pathOf(unitId)[0]?.code ?? '';

/** D2: one more unit that ends, with those of today, by the plan's own limits. */
export async function unitLimits(
  ctx: HrContext,
  reads: Reads,
  org: Org,
  topUnitCode: string,
): Promise<{ lines: GuardLine[]; exceeded: string[] }> {
  const today = [...(await plansToday(reads)), ...(await scimDoneToday(reads))].filter(
    ({ kind }) => kind === 'unitDissolve',
  );
  const byCode = new Map(org.units().map((unit) => [unit.code, unit.name]));
  const below = org.units().filter(({ parentId }) => parentId !== null);
  const lines = limitLines(
    {
      planned: tally([{ topUnitCode, count: 1 }]),
      done: tally(today),
      gone: tally(today.map((one) => ({ ...one, count: one.gone }))),
      base: tally(below.map(({ unitId }) => ({ topUnitCode: topCodeOf(org, unitId), count: 1 }))),
    },
    { limits: ctx.limits, suffix: ' 撤并部门', nameOf: (code) => byCode.get(code) ?? code },
  );
  return { lines, exceeded: lines.filter((line) => line.exceeded).map(exceededWords) };
}
