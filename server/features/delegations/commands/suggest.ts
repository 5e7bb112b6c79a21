import { addDays, DAY_MS, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type DelegationsContext, LIST_PATH } from '../context.ts';
import { touching } from '../store.ts';
import { daysWords } from '../words.ts';

/** Who held no task for so long decides nothing that would wait for them. */
const APPROVER_DAYS = 90;

/** Days somebody will be away, and the request that says so. */
export interface ComingAbsence {
  readonly personId: string;
  readonly requestId: string;
  readonly fromOn: CalendarDate;
  /** First day back. */
  readonly untilOn: CalendarDate;
}

/**
 * Somebody's own leave was approved: if requests come to them, and nobody stands in on any of the days, they are asked
 * once whether somebody should, with the days filled in.
 */
export async function suggestAgent(ctx: DelegationsContext, tx: Tx, absence: ComingAbsence): Promise<void> {
  const { personId, requestId, untilOn } = absence;
  const today = dateOf(tx.now);
  const fromOn = absence.fromOn < today ? today : absence.fromOn;
  if (untilOn <= fromOn) return;
  if (!(await ctx.approvals.heldTaskSince(tx, personId, tx.now - APPROVER_DAYS * DAY_MS))) return;
  const days = { fromOn, untilOn };
  if ((await touching(tx, days)).some((one) => one.principalId === personId)) return;
  ctx.notify(tx, {
    key: `suggest:${requestId}`,
    personId,
    aboutId: requestId,
    words: `你 ${daysWords(days)} 休假，期间的审批可以请人代理。`,
    path: `${LIST_PATH}/new?from=${fromOn}&to=${addDays(untilOn, -1)}`,
  });
}
