import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Balances } from '../approvals/index.ts';
import type { LeaveContext } from './context.ts';
import { standingOf } from './ledger.ts';
import { accountsOf, entriesOfRequest, accountKey } from './store.ts';

/**
 * Days left by type and year, as a form asks for them (R39): what has no entry does not limit. A request that is handed
 * in again does not count against itself: what it holds is there for it.
 */
export async function balancesOf(
  { settings }: Pick<LeaveContext, 'settings'>,
  reads: Reads,
  personId: string,
  itself?: string,
): Promise<Balances> {
  const year = Number(dateOf(reads.now).slice(0, 4));
  const accounts = await accountsOf(reads, personId, year - 1);
  const own = itself === undefined ? null : await entriesOfRequest(reads, personId, itself);
  const found: Record<string, Record<string, number>> = {};
  for (const { type, withoutAccount } of settings.types) {
    const years = (found[type] = {} as Record<string, number>);
    if (withoutAccount === 'closed') for (const one of [year - 1, year, year + 1]) years[String(one)] = 0;
  }
  for (const account of accounts) {
    const { leaveType, leaveYear, hasAccount, left } = account;
    const years = found[leaveType];
    const { held } = standingOf(own?.get(accountKey(account)) ?? []);
    if (years && (hasAccount || String(leaveYear) in years)) years[String(leaveYear)] = (left + held) / 2;
  }
  return found;
}
