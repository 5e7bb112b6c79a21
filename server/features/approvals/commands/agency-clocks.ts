/** R36: who stands in for somebody, or gives it back, goes on with the clock that runs; it is the same task of one seat. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { beforeAgency } from '../people/agency-chain.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import type { ApprovalsContext } from './deps.ts';
import { SUBJECT } from './happening.ts';

export interface AgencyMove {
  readonly from: TaskState;
  readonly to: TaskState;
}

/** Of the tasks that were opened just now those that one and the same principal answers for, before and after. */
export function agencyMoves(state: InstanceState, opened: readonly TaskState[]): AgencyMove[] {
  return opened.flatMap((to) => {
    const from = beforeAgency(state, to);
    return from === null ? [] : [{ from, to }];
  });
}

/** Before the tasks that were left are closed, and with them their clocks. */
export async function keepClocks(
  { clocks }: Pick<ApprovalsContext, 'clocks'>,
  tx: Tx,
  { instanceId }: InstanceState,
  moves: readonly AgencyMove[],
): Promise<void> {
  for (const { from, to } of moves)
    await clocks.handOn(
      tx,
      { subjectType: SUBJECT, subjectId: instanceId, stepRefs: [from.taskId] },
      {
        stepRef: to.taskId,
        holderPersonId: to.person.personId,
        holderUnitId: to.person.unitId,
        reason: to.onBehalfOf === undefined ? 'agency_ended' : 'agency',
      },
    );
}
