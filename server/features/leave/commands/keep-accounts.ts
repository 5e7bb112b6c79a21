import type { PersonActor } from '../../../kernel/actor.ts';
import { isCalendarDate } from '../../../kernel/dates.ts';
import { badRequest, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { LeaveContext } from '../context.ts';
import type { AdjustRequest, ServiceRequest } from '../contract.ts';
import { mustBeHr } from '../reach.ts';
import { accountsOf, book } from '../store.ts';
import { ServiceTable } from '../tables.ts';
import { bookOwed } from './keep-up.ts';

/**
 * HR gives days or takes them, with a reason. Never below nothing.
 * @throws forbidden `leave.hr_only`, `leave.own_account`; refused `leave.below_zero`; notFound `leave.no_person`
 */
export async function adjustAccount(
  ctx: LeaveContext,
  tx: Tx,
  actor: PersonActor,
  personId: string,
  { type, year, days, reason }: AdjustRequest,
): Promise<void> {
  await mustKeep(ctx, tx, actor, personId);
  if (!ctx.settings.types.some((one) => one.type === type)) throw badRequest('leave.no_type');
  await ctx.approvals.lockApplicant(tx, personId);
  const accounts = await accountsOf(tx, personId, year);
  const account = accounts.find((one) => one.leaveType === type && one.leaveYear === year);
  const left = account?.left ?? 0;
  if (days < 0 && left + days * 2 < 0) throw refused('leave.below_zero', { left: left / 2 });
  await book(tx, ctx.vault, [
    { personId, leaveType: type, leaveYear: year, kind: 'adjusted', halves: days * 2, note: reason },
  ]);
  recordAct(tx, {
    action: 'leave.adjust',
    targetType: 'person',
    targetId: personId,
    before: { type, year, left: left / 2 },
    after: { type, year, left: left / 2 + days },
  });
}

/**
 * HR says since when somebody works, and whether they have days by service at all; the account follows at once.
 * @throws forbidden `leave.hr_only`, `leave.own_account`; notFound `leave.no_person`
 */
export async function setService(
  ctx: LeaveContext,
  tx: Tx,
  actor: PersonActor,
  personId: string,
  { workSinceOn, isEntitled }: ServiceRequest,
): Promise<void> {
  await mustKeep(ctx, tx, actor, personId);
  if (workSinceOn !== null && !isCalendarDate(workSinceOn)) throw badRequest('leave.no_date');
  await ctx.approvals.lockApplicant(tx, personId);
  const known = await tx.em.getRepository(ServiceTable).findOneBy({ id: personId });
  const said = { workSinceOn, isEntitled, changedAt: tx.now, changedById: actor.personId };
  if (known) await saveWithVersion(tx, ServiceTable, known, said);
  else await insertRows(tx, ServiceTable, [{ id: personId, ...said, leftAt: null, version: 1 }]);
  await bookOwed(ctx, tx, personId);
  recordAct(tx, {
    action: 'leave.set_service',
    targetType: 'person',
    targetId: personId,
    ...(known ? { before: { workSinceOn: known.workSinceOn, isEntitled: Boolean(known.isEntitled) } } : {}),
    after: { workSinceOn, isEntitled },
  });
}

/** Nobody keeps their own account. */
async function mustKeep(ctx: LeaveContext, tx: Tx, actor: PersonActor, personId: string): Promise<void> {
  const org = await ctx.orgOf(tx);
  mustBeHr(org, ctx.settings, actor.personId);
  if (!org.person(personId)) throw notFound('leave.no_person');
  if (personId === actor.personId) throw forbidden('leave.own_account');
}
