import { reading } from '../../../connector/reading.ts';
import { DAY_MS, HOUR_MS } from '../../../kernel/dates.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { actsOn, type ActTarget, type AdminAct } from '../../../wecom/index.ts';
import type { DriftContext } from './deps.ts';
import { change } from './store.ts';
import { DifferenceTable, type DifferenceRow } from './tables.ts';
import { subjectName } from './words.ts';
import type { Org } from '../org.ts';

/** Further back than a window of the log (page 100179) nobody looks. */
const BACK_MS = 7 * DAY_MS - HOUR_MS;
/** A mass change at the console fills the log: who it was is known by then. */
const ENOUGH = 2_000;
const ROWS_AT_ONCE = 200;

/** Open rows found since, about which nobody has asked the log yet. */
export const authorless = (reads: Reads, since: number): Promise<DifferenceRow[]> =>
  reads.em
    .getRepository(DifferenceTable)
    .createQueryBuilder('d')
    .where('d.openKey is not null and d.byHow is null and d.openedAt >= :since', { since })
    .orderBy('d.id')
    .limit(ROWS_AT_ONCE)
    .getMany();

/**
 * What administrators did at the console lately (H10); null when the app may not read the log (the console must list
 * it under 可调用接口的应用): then the author is unknown, and the page says so.
 */
export async function readLog(ctx: DriftContext, now: number): Promise<AdminAct[] | null> {
  const answer = await reading(now, async () => {
    const acts: AdminAct[] = [];
    for await (const act of ctx.wecom.operLog.admin({ from: now - BACK_MS, until: now })) {
      acts.push(act);
      if (acts.length >= ENOUGH) break;
    }
    return acts;
  });
  return 'value' in answer ? answer.value : null;
}

/** Note who it may have been. Words of the log are free text, so this is a hint and never proof. */
export async function noteAuthors(
  ctx: DriftContext,
  tx: Tx,
  rows: readonly DifferenceRow[],
  acts: readonly AdminAct[],
): Promise<void> {
  const org = await ctx.directory.orgOf(tx);
  for (const row of rows) {
    const { named, bulk } = actsOn(acts, targetOf(row, org));
    const act = named[0] ?? bulk[0];
    if (!act) continue;
    await change(tx, row, {
      byUserid: act.userid.slice(0, 64),
      byAt: act.at,
      byHow: named[0] ? 'named' : 'bulk',
    });
  }
}

/** Userid or department id, and the names on both sides: the log may tell the new one only. */
function targetOf(row: DifferenceRow, org: Org): ActTarget {
  const { subjectType, subjectId, field, theirs } = row;
  const isMember = subjectType === 'person' || subjectType === 'member';
  const ours = subjectType === 'person' ? org.person(subjectId)?.userid : org.unit(subjectId)?.departmentId;
  const isName = typeof theirs === 'string' && (field === 'name' || field === 'unitName');
  return {
    type: isMember ? 'member' : 'department',
    words: [String(ours ?? subjectId), subjectName(row, org), isName ? theirs : ''],
  };
}
