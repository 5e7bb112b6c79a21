import { countDays, type HalfDayRange } from '../../../kernel/count-days.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { daysByYear } from '../../approvals/index.ts';
import type { LeaveContext } from '../context.ts';
import { entriesToward, standingOf, type Claim } from '../ledger.ts';
import { accountKey, book, entriesOfRequest, type Account } from '../store.ts';
import type { AbsenceRow } from '../tables.ts';

const NOTHING: Claim = { held: 0, used: 0 };

interface Claimed extends Account {
  readonly claim: Claim;
}

/** Bring what a request has of each account to what it should have. Accounts that are not named get everything back. */
export async function settle(
  { vault }: Pick<LeaveContext, 'vault'>,
  tx: Tx,
  request: { readonly id: string; readonly personId: string },
  wanted: (known: readonly (Claimed & { readonly now: Claim })[]) => readonly Claimed[],
): Promise<void> {
  const known = await entriesOfRequest(tx, request.personId, request.id);
  const now = [...known.values()].flatMap((entries) => {
    const [first] = entries;
    if (!first) return [];
    const { held, used } = standingOf(entries);
    const { leaveType, leaveYear } = first;
    return [{ leaveType, leaveYear, now: { held, used }, claim: NOTHING }];
  });
  const claims = new Map<string, Claimed>(now.map((one) => [accountKey(one), one]));
  for (const claimed of wanted(now)) claims.set(accountKey(claimed), claimed);
  await book(
    tx,
    vault,
    [...claims].flatMap(([key, { leaveType, leaveYear, claim }]) =>
      entriesToward(known.get(key) ?? [], claim).map((entry) => ({
        ...entry,
        leaveType,
        leaveYear,
        personId: request.personId,
        requestId: request.id,
      })),
    ),
  );
}

/** Half days of each year, from how the days were counted. */
export const halvesByYear = (strip: Parameters<typeof daysByYear>[0]): { year: number; halves: number }[] =>
  [...daysByYear(strip)].map(([year, days]) => ({ year: Number(year), halves: days * 2 }));

/** An approved leave uses what this range counts to, never more than it used before; null: nothing. */
export async function settleTaken(
  ctx: Pick<LeaveContext, 'vault' | 'calendar'>,
  tx: Tx,
  row: AbsenceRow,
  taken: HalfDayRange | null,
): Promise<number> {
  const strip = taken ? countDays(taken, row.counting, ctx.calendar).strip : [];
  const years = halvesByYear(strip.map((day) => ({ ...day, label: '' })));
  await settle(ctx, tx, row, (known) =>
    known.map(({ leaveType, leaveYear, now }) => {
      const counted = years.find(({ year }) => year === leaveYear)?.halves ?? 0;
      return { leaveType, leaveYear, claim: { held: 0, used: Math.min(now.used, counted) } };
    }),
  );
  return years.reduce((sum, { halves }) => sum + halves, 0);
}
