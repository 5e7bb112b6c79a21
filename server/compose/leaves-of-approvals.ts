import type { LeaveSource } from '../features/accounts/index.ts';
import type { Approvals } from '../features/approvals/index.ts';
import { addDays } from '../kernel/dates.ts';

/** G7: who was on registered leave is not asked why they did nothing. */
export const leavesOfApprovals =
  ({ approvedAbsences }: Pick<Approvals, 'approvedAbsences'>): LeaveSource =>
  async (reads, window) =>
    (await approvedAbsences(reads, window)).map(({ personId, fromOn, untilOn }) => ({
      personId,
      fromOn,
      untilOn,
      words: `请假到 ${addDays(untilOn, -1).slice(5)}`,
    }));
