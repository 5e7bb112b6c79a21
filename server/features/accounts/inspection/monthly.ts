/** S3-4a: the inspection of each system runs by itself on its day, and again as soon as what it lacked is there. */
import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import { AccountTable } from '../tables.ts';
import { beginInspection } from './commands.ts';
import { lastVersion, readSources } from './facts.ts';
import { carryOn } from './steps.ts';
import { InspectionTable } from './tables.ts';
import { missingSources } from './verdict.ts';
import { endedMonth, windowOf } from './window.ts';

export const INSPECT_JOB = 'accounts.inspect';
const MECHANISM = systemActor(`job:${INSPECT_JOB}`);

/**
 * Looks at the present state first: what was cut off is gone on with, what was decided for the month that ended last is
 * not run again.
 */
export async function inspectWhatIsDue(ctx: AccountsContext, now: number): Promise<void> {
  const running = await ctx.db.read(async (reads) => {
    await ctx.orgOf(reads);
    return reads.em.getRepository(InspectionTable).findBy({ state: 'running' });
  });
  for (const { id } of running) await carryOn(ctx, id);
  const month = endedMonth(dateOf(now), ctx.settings.inspection.dayOfMonth);
  for (const { code, inspected } of ctx.settings.systems) {
    if (!inspected) continue;
    const seen = await ctx.db.read((reads) => lastVersion(reads, code, month));
    if (!(await ctx.db.read((reads) => isDue(ctx, reads, code, month)))) continue;
    const begun = await againOnClash(() =>
      ctx.db.write(MECHANISM, async (tx) =>
        (await lastVersion(tx, code, month)) === seen ? beginInspection(ctx, tx, code, month) : null,
      ),
    );
    if (begun !== null) await carryOn(ctx, begun);
  }
}

/** Without an account in the book there is nothing to inspect. */
async function isDue(
  ctx: AccountsContext,
  reads: Reads,
  systemCode: string,
  month: string,
): Promise<boolean> {
  const last = await reads.em
    .getRepository(InspectionTable)
    .findOne({ where: { systemCode, inspectedMonth: month }, order: { versionNumber: 'DESC' } });
  if (last === null) return reads.em.getRepository(AccountTable).existsBy({ systemCode });
  if (last.state !== 'undecided') return false;
  const window = windowOf(month, ctx.settings.inspection.dayOfMonth);
  const sources = await readSources(ctx, reads, systemCode, month, window);
  return missingSources(sources, window).length === 0;
}
