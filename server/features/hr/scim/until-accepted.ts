import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type Ctx, type Refusal, sourceOf } from './context.ts';
import { fold } from './evaluate.ts';
import { isAccepted, noteRefusal } from './permit.ts';
import type { UserRecord } from './user-record.ts';

/**
 * What a system that HR has not accepted (A7) may write about people. All else lets somebody in or hands somebody's
 * rights on: the account is who signs in here, mobile and address are ways into 企业微信, posts, category and superiors
 * decide what is seen and signed. What takes something away is asked of `permit`.
 */
const OPEN_TO_ALL: readonly string[] = ['name', 'externalId'] satisfies (keyof UserRecord)[];

/**
 * The caller lets the unit of work commit: a refusal is noted in it.
 * @param account the present one, null when the person has none
 */
export async function whyNotChange(
  ctx: Ctx,
  tx: Tx,
  personId: string,
  account: string | null,
  changes: Partial<UserRecord>,
): Promise<Refusal | null> {
  const act = { action: 'scim.change', targetType: 'person', targetId: personId };
  const isClosed = ([key, value]: [string, unknown]) =>
    !OPEN_TO_ALL.includes(key) && !(key === 'active' && value === false);
  if (Object.entries(changes).some(isClosed) && !(await isAccepted(tx)))
    return noteRefusal(ctx, tx, 'scim.not_accepted', act);
  const { userName } = changes;
  // Written otherwise it is the same account (B1).
  const isOther = typeof userName === 'string' && fold(userName) !== fold(account ?? '');
  // Whoever owns the new account would hold the rights; they are given by people (H3).
  if (isOther && (await ctx.holdsGiven(tx, personId))) return noteRefusal(ctx, tx, 'scim.holds_role', act);
  return null;
}

/** Of somebody or something new there is no id to note yet: the refusal is the system's. */
export async function whyNotCreate(
  ctx: Ctx,
  tx: Tx,
  action: 'scim.create' | 'scim.createUnit',
): Promise<Refusal | null> {
  if (await isAccepted(tx)) return null;
  const targetId = sourceOf(tx);
  return noteRefusal(ctx, tx, 'scim.not_accepted', { action, targetType: 'scimSource', targetId });
}

/** Who holds a post in a unit, and below which it lies. */
export async function whyNotRearrange(ctx: Ctx, tx: Tx, unitId: string): Promise<Refusal | null> {
  if (await isAccepted(tx)) return null;
  const act = { action: 'scim.change', targetType: 'unit', targetId: unitId };
  return noteRefusal(ctx, tx, 'scim.not_accepted', act);
}
