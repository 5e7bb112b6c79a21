import { dateOf, instantOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { DoneToday } from '../plan/index.ts';

/** Units that ended by hand today: plans and acts share one limit a day (D2). */
export async function unitActsToday({ em, now }: Reads): Promise<DoneToday[]> {
  const rows = await em.query<{ topUnitCode: string; n: number | string }[]>(
    `select topUnitCode, count(*) as n from unit_act where state = 'done' and endedAt >= ? group by topUnitCode`,
    [instantOf(dateOf(now))],
  );
  return rows.map(({ topUnitCode, n }) => ({
    kind: 'unitDissolve',
    topUnitCode,
    count: Number(n),
    gone: Number(n),
  }));
}
