/** Taking over somebody's tasks is taking their vote: it needs that they leave, move or are locked (H3). */
import { In } from 'typeorm';
import { refused } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import { locksOf } from '../commands/lock-steps.ts';
import type { RequestKind } from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { isHr } from '../policy.ts';
import { RequestTable } from '../tables.ts';
import type { SheetRow } from './tables.ts';

const MOVING: readonly RequestKind[] = ['change', 'secondOut', 'attach', 'lock', 'cancel'];

/** Only what is under way. */
const NEVER = Number.POSITIVE_INFINITY;

/** @param sinceAt a move carried out since then counts as well; epoch ms */
async function hasReason(tx: Tx, org: AccountsOrg, personId: string, sinceAt: number): Promise<boolean> {
  if (org.person(personId)?.active !== true) return true;
  const requests = await tx.em
    .getRepository(RequestTable)
    .findBy({ personId, kind: In([...MOVING]), status: In(['accepted', 'executing', 'done']) });
  const counts = ({ doneAt }: { doneAt: number | null }) => doneAt === null || doneAt >= sinceAt;
  return requests.some(({ state }) => counts(state)) || (await locksOf(tx, personId)).length > 0;
}

/** HR, which knows of a move before anybody asks, may begin a sheet without. @throws `accounts.nobody_leaves` */
export async function mustHaveReason(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  actorId: string,
  personId: string,
): Promise<void> {
  if (isHr(viewerOf(org, actorId), ctx.settings)) return;
  if (!(await hasReason(tx, org, personId, NEVER))) throw refused('accounts.nobody_leaves');
}

/**
 * What only HR could begin, somebody else carries out, the unit or IT: else one person takes the votes of somebody who
 * stays. @throws `accounts.second_hand`
 */
export async function mustBeSecondHand(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  actorId: string,
  { personId, createdAt }: Pick<SheetRow, 'personId' | 'createdAt'>,
): Promise<void> {
  if (!isHr(viewerOf(org, actorId), ctx.settings)) return;
  if (!(await hasReason(tx, org, personId, createdAt))) throw refused('accounts.second_hand');
}
