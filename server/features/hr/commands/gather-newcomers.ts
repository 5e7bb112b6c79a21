import { LessThanOrEqual } from 'typeorm';
import { dateOf } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { HrContext } from '../deps.ts';
import { ChangeTable, type ChangeRow } from '../tables.ts';

/**
 * Many newcomers of one run reach 企业微信 together, by sheet, when it ends or pauses (`directory.newcomersAreHere`).
 * Counted are those whose day has come.
 */
export async function gatherNewcomers(
  { directory }: HrContext,
  tx: Tx,
  which: Partial<Pick<ChangeRow, 'planId' | 'result'>>,
): Promise<void> {
  const effectiveOn = LessThanOrEqual(dateOf(tx.now));
  const count = await tx.em.getRepository(ChangeTable).countBy({ ...which, kind: 'hire', effectiveOn });
  await directory.gatherNewcomers(tx, count);
}
