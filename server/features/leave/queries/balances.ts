import { dateOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { LeaveContext } from '../context.ts';
import type { Balance } from '../contract.ts';
import type { AccountStanding } from '../store.ts';

export interface TypeLabel {
  readonly type: string;
  readonly label: string;
}

/** Types that keep a balance, in the order and words of the template in force. */
export async function typesOf({ approvals, settings }: LeaveContext, reads: Reads): Promise<TypeLabel[]> {
  const template = (await approvals.templatesInForce(reads)).find(({ key }) => key === settings.template);
  const options = template?.fields.flatMap((field) => (field.type === 'leaveType' ? field.options : []));
  return (options ?? [])
    .filter(({ balance, value }) => balance && settings.types.some(({ type }) => type === value))
    .map(({ value, label }) => ({ type: value, label }));
}

export const yearOf = (reads: Reads): number => Number(dateOf(reads.now).slice(0, 4));

/** One line per type and year. Types nothing was booked for in the year say so. */
export function balanceOf(
  { settings }: Pick<LeaveContext, 'settings'>,
  { type, label }: TypeLabel,
  year: number,
  account: AccountStanding | undefined,
): Balance {
  const rule = settings.types.find((one) => one.type === type);
  const isLimited = account?.hasAccount === true || rule?.withoutAccount === 'closed';
  const until = rule?.carryOver?.until;
  const days = (halves: number | undefined) => (halves ?? 0) / 2;
  return {
    type,
    label,
    year,
    left: isLimited ? days(account?.left) : null,
    granted: days(account?.granted),
    carriedIn: days(account?.carriedIn),
    carriedUntil: until !== undefined && (account?.carriedIn ?? 0) > 0 ? `${String(year)}-${until}` : null,
    held: days(account?.held),
    used: days(account?.used),
    lapsed: days(account?.lapsed),
    carriedOut: days(account?.carriedOut),
  };
}

/** This year's of every type, and the year beside it where something is booked. */
export function balancesShown(
  ctx: Pick<LeaveContext, 'settings'>,
  types: readonly TypeLabel[],
  year: number,
  accounts: readonly AccountStanding[],
): Balance[] {
  return types.flatMap((type) =>
    [year, year + 1].flatMap((one) => {
      const account = accounts.find(
        ({ leaveType, leaveYear }) => leaveType === type.type && leaveYear === one,
      );
      return one === year || account ? [balanceOf(ctx, type, one, account)] : [];
    }),
  );
}
