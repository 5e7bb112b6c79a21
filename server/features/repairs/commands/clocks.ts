import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { wordsOfDeadline, type ObligationRow } from '../../supervision/index.ts';
import type { Effect } from '../engine.ts';
import { firstDispatcher } from '../policy.ts';
import { categoryOrPlain } from '../settings.ts';
import type { TicketRow } from '../tables.ts';
import { kindOf, TICKET, ticketPath, type RepairsContext } from './context.ts';

type Org = Pick<OrgWithRoles, 'mainAssignmentOf' | 'departmentOf' | 'units' | 'headsOf' | 'person'>;
type Clocked = Pick<
  TicketRow,
  'id' | 'number' | 'category' | 'placeName' | 'holderId' | 'round' | 'recurringId'
>;

/** The department of somebody's main post. */
export function departmentIdOf(org: Org, personId: string | null): string | null {
  const post = personId === null ? null : org.mainAssignmentOf(personId);
  return post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
}

/** With whom it lies: who has it, else who dispatches. */
function holderOf(
  { settings }: Pick<RepairsContext, 'settings'>,
  org: Org,
  { holderId, category }: Pick<TicketRow, 'holderId' | 'category'>,
) {
  const dispatcher = holderId === null ? firstDispatcher(org, settings, category) : null;
  return {
    personId: holderId ?? dispatcher?.personId ?? null,
    unitId: holderId === null ? (dispatcher?.unitId ?? null) : departmentIdOf(org, holderId),
  };
}

/** Taking over begins when it is reported; mending when it is taken over, and again with each rework. */
export function openClock(
  ctx: RepairsContext,
  tx: Tx,
  org: Org,
  ticket: Clocked,
  clock: 'take' | 'resolve',
): ObligationRow {
  const category = categoryOrPlain(ctx.settings, ticket.category);
  const { personId, unitId } = holderOf(ctx, org, ticket);
  const title = clock === 'take' ? '待接单' : '维修';
  return ctx.supervision.openObligation(tx, {
    kind: kindOf(clock),
    subjectType: TICKET,
    subjectId: ticket.id,
    stepRef: `${clock}:${ticket.round}`,
    title: `${title}：${category.name}，${ticket.placeName}`,
    path: ticketPath(ticket.id),
    holderPersonId: personId,
    holderUnitId: unitId,
    budget: clock === 'take' ? category.takeOver : category.resolve,
  });
}

/** What the clocks did, for the ticket's own row. */
export type ClockNotes = Partial<
  Pick<TicketRow, 'isTakeLate' | 'takeLateId' | 'isResolveLate' | 'resolveLateId' | 'workedMs'>
>;

/** @param row as it was; @param next as it becomes */
export async function runEffects(
  ctx: RepairsContext,
  tx: Tx,
  org: Org,
  row: TicketRow,
  next: Clocked,
  effects: readonly Effect[],
  pauseReason: string,
): Promise<ClockNotes> {
  const subject = { subjectType: TICKET, subjectId: row.id };
  let notes: ClockNotes = {};
  for (const effect of effects) {
    if (effect === 'takenOver' || effect === 'stop')
      notes = { ...notes, ...(await settle(ctx, tx, row, effect)) };
    if (effect === 'takenOver' || effect === 'startAgain') openClock(ctx, tx, org, next, 'resolve');
    if (effect === 'pause') await ctx.supervision.pauseObligations(tx, { ...subject, reason: pauseReason });
    if (effect === 'resume') await ctx.supervision.resumeObligations(tx, subject);
    if (effect === 'handOn') {
      const { personId, unitId } = holderOf(ctx, org, next);
      await ctx.supervision.transferObligations(tx, { ...subject, toPersonId: personId, toUnitId: unitId });
    }
  }
  return notes;
}

/** Close what is open, and keep whose time ran out and how long it took without holds (G9). */
async function settle(
  { supervision }: RepairsContext,
  tx: Tx,
  row: TicketRow,
  outcome: string,
): Promise<ClockNotes> {
  const all = await supervision.listOfSubjects(tx, TICKET, [row.id]);
  const [open] = all.filter(({ state }) => state === 'open');
  await supervision.closeObligations(tx, { subjectType: TICKET, subjectId: row.id, outcome });
  if (!open) return {};
  const ranOut = open.dueAt !== null && !open.provisional && open.dueAt <= tx.now;
  const isLate = open.breachedAt !== null || ranOut;
  const who = open.breachedAt !== null ? open.breachPersonId : ranOut ? open.holderPersonId : null;
  if (open.kind === kindOf('take')) return { isTakeLate: isLate, takeLateId: who };
  return {
    isResolveLate: row.isResolveLate || isLate,
    resolveLateId: row.resolveLateId ?? who,
    workedMs: row.workedMs + supervision.usedMs(open, tx.now),
  };
}

/** Each rung once (R37). */
export function remindHolders({ supervision, notify }: RepairsContext): void {
  for (const clock of ['take', 'resolve'] as const)
    supervision.onReminder(kindOf(clock), async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      notify(tx, {
        key: `rung:${row.id}:${rung.rung}`,
        personId: row.holderPersonId,
        words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
        path: row.path,
      });
    });
}
