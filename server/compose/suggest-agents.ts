import type { Approvals, FinishedEffect } from '../features/approvals/index.ts';
import type { Delegations } from '../features/delegations/index.ts';
import type { Leave } from '../features/leave/index.ts';
import { addDays } from '../kernel/dates.ts';

/** An approved leave is a reason to ask for an agent, once for the absence it is part of; after the leave was put there. */
export const suggestAgents =
  (
    approvals: Pick<Approvals, 'requestedLeave'>,
    leave: Pick<Leave, 'absenceOf'>,
    delegations: Pick<Delegations, 'suggest'>,
  ): FinishedEffect =>
  async (tx, state) => {
    const asked = state.status === 'approved' ? await approvals.requestedLeave(tx, state) : null;
    if (asked === null) return;
    const { personId } = state.applicant;
    const requestId = state.instanceId;
    const added = { fromOn: asked.range.from, untilOn: addDays(asked.range.to, 1) };
    const absence = (await leave.absenceOf(tx, personId, requestId)) ?? { absenceId: requestId, ...added };
    await delegations.suggest(tx, { personId, requestId, added, ...absence });
  };
