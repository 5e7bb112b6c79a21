import type { PersonActor } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { LeaveContext } from '../context.ts';
import type { GrantRequest } from '../contract.ts';
import { isByService, peopleWithAccounts } from '../queries/accounts.ts';
import { mustBeHr } from '../reach.ts';
import { accountsOf, accountsOfYear, book, type Account } from '../store.ts';

/** One unit of work is no longer than this; the page asks again for the rest. */
const AT_ONCE = 200;

type Wanted = Pick<GrantRequest, 'type' | 'year' | 'unitId'>;

/**
 * Who has nothing booked of a type in a year, so that nobody is given a year twice; nobody gives to themselves.
 * @throws forbidden `leave.hr_only`; refused `leave.no_type`, `leave.by_service`
 */
export async function peopleToGrant(
  ctx: LeaveContext,
  reads: Reads,
  actorId: string,
  { type, year, unitId }: Wanted,
): Promise<string[]> {
  const org = await ctx.orgOf(reads);
  mustBeHr(org, ctx.settings, actorId);
  if (!ctx.settings.types.some((one) => one.type === type)) throw refused('leave.no_type');
  if (isByService(ctx, type)) throw refused('leave.by_service');
  const people = peopleWithAccounts(ctx, org, { unitId }).map(({ personId }) => personId);
  const booked = await accountsOfYear(reads, year);
  return people.filter(
    (personId) =>
      personId !== actorId &&
      !booked.get(personId)?.some(({ leaveType, hasAccount }) => leaveType === type && hasAccount),
  );
}

/** A year's days for everybody who has none yet, so many at once. The same again changes nothing. */
export async function grantYear(
  ctx: LeaveContext,
  tx: Tx,
  actor: PersonActor,
  { days, reason, ...wanted }: GrantRequest,
): Promise<{ people: number; left: number }> {
  const waiting = await peopleToGrant(ctx, tx, actor.personId, wanted);
  const account = { leaveType: wanted.type, leaveYear: wanted.year };
  let people = 0;
  for (const personId of waiting.slice(0, AT_ONCE)) {
    await ctx.approvals.lockApplicant(tx, personId);
    if (await hasAccount(tx, personId, account)) continue;
    await book(tx, ctx.vault, [{ ...account, personId, kind: 'adjusted', halves: days * 2, note: reason }]);
    people += 1;
  }
  const left = Math.max(0, waiting.length - AT_ONCE);
  recordAct(tx, {
    action: 'leave.grant_year',
    targetType: 'leave_type',
    targetId: wanted.type,
    after: { ...wanted, days, people, left },
  });
  return { people, left };
}

/** Somebody else may have given it between our looking and our waiting. */
const hasAccount = async (tx: Tx, personId: string, { leaveType, leaveYear }: Account): Promise<boolean> =>
  (await accountsOf(tx, personId, leaveYear)).some(
    (one) => one.leaveType === leaveType && one.leaveYear === leaveYear && one.hasAccount,
  );
