import { addDays, DAY_MS, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type DelegationsContext, LIST_PATH } from '../context.ts';
import { daysWithoutAgent, type Days } from '../rules.ts';
import { touching } from '../store.ts';
import { daysWords } from '../words.ts';

/** Who held no task for so long decides nothing that would wait for them. */
const APPROVER_DAYS = 90;

/** A leave that was approved, and the absence it is part of. */
export interface ComingAbsence extends Days {
  readonly personId: string;
  /** Of this leave. */
  readonly requestId: string;
  /** The leave the absence begins with; this one where it stands alone. */
  readonly absenceId: string;
  readonly added: Days;
}

/**
 * Somebody's own leave was approved: if requests come to them and nobody stands in, they are asked once for an absence
 * whether somebody should, with the days filled in; again only when it grows, for what it is by then.
 */
export async function suggestAgent(ctx: DelegationsContext, tx: Tx, absence: ComingAbsence): Promise<void> {
  const { personId, requestId, absenceId } = absence;
  const today = dateOf(tx.now);
  const added = fromToday(absence.added, today);
  if (added === null) return;
  if (!(await ctx.approvals.heldTaskSince(tx, personId, tx.now - APPROVER_DAYS * DAY_MS))) return;
  const own = (await touching(tx, absence)).filter((one) => one.principalId === personId);
  const found = daysWithoutAgent(absence, added, own);
  const days = found && fromToday(found, today);
  if (days === null) return;
  const { fromOn, untilOn } = days;
  ctx.notify(tx, {
    key: `suggest:${absenceId}:${fromOn}:${untilOn}`,
    personId,
    aboutId: requestId,
    words: wordsFor(absence, days, own.length > 0),
    path: `${LIST_PATH}/new?from=${fromOn}&to=${addDays(untilOn, -1)}`,
  });
}

/** What is left of these days; null: nothing. */
const fromToday = ({ fromOn, untilOn }: Days, today: CalendarDate): Days | null =>
  untilOn <= today ? null : { fromOn: fromOn < today ? today : fromOn, untilOn };

/** @param isPartly somebody stands in on the rest of it */
function wordsFor(
  { requestId, absenceId, ...absence }: ComingAbsence,
  days: Days,
  isPartly: boolean,
): string {
  const has = daysWords(days);
  if (isPartly) return `你的休假延长了，${has} 的审批还没有人代理。`;
  const isAlone =
    absenceId === requestId &&
    absence.fromOn === absence.added.fromOn &&
    absence.untilOn === absence.added.untilOn;
  return isAlone
    ? `你 ${has} 休假，期间的审批可以请人代理。`
    : `你的休假接在一起了，${has} 期间的审批可以请人代理。`;
}
