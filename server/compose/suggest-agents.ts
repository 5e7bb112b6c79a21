import type { Approvals, FinishedEffect } from '../features/approvals/index.ts';
import type { Delegations } from '../features/delegations/index.ts';
import { addDays } from '../kernel/dates.ts';

/** An approved leave is a reason to ask for an agent. */
export const suggestAgents =
  (approvals: Pick<Approvals, 'requestedLeave'>, delegations: Pick<Delegations, 'suggest'>): FinishedEffect =>
  async (tx, state) => {
    const asked = state.status === 'approved' ? await approvals.requestedLeave(tx, state) : null;
    if (asked === null) return;
    await delegations.suggest(tx, {
      personId: state.applicant.personId,
      requestId: state.instanceId,
      fromOn: asked.range.from,
      untilOn: addDays(asked.range.to, 1),
    });
  };
