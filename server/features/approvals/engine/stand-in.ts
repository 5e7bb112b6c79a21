/**
 * 代理审批 (R30): whoever has a standing agent is stood in for, task by task. The seat stays the principal's, and with it
 * the count of votes (R4); the task is the agent's, for the principal, and the history shows both.
 */
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { isActive, snapshot } from '../model/org.ts';
import type { Run } from './run.ts';
import { sitsAt } from './seats.ts';
import { taskOfSeat, votingSeats } from './tally.ts';

/**
 * Who takes what comes to this person now; null: they do themselves. R32: never the applicant, nobody who sits at the
 * step or stands in for somebody there, so that nobody decides their own request or votes twice.
 */
export function agentOf(run: Run, step: StepState, principal: PersonSnapshot): PersonSnapshot | null {
  const agentId = run.ctx.agentOf?.(principal.personId) ?? null;
  if (agentId === null || agentId === run.state.applicant.personId) return null;
  if (!isActive(run.ctx.org, agentId) || isAtStep(run.state, step, agentId)) return null;
  return snapshot(run.ctx.org, agentId);
}

/** The seat somebody has at the step: one they hold, or one in which an agent stands in for them. */
export const seatAt = (state: InstanceState, step: StepState, personId: string): Seat | null =>
  sitsAt(state, step, personId) ??
  votingSeats(step).find(
    ({ seat }) => taskOfSeat(state, step.stepId, seat)?.onBehalfOf?.personId === personId,
  ) ??
  null;

/** @param own the seat of a task that is about to move: whoever it is held for is no reason against it */
export function isAtStep(
  state: InstanceState,
  step: StepState,
  personId: string,
  own?: Pick<TaskState, 'seat'>,
): boolean {
  const seat = seatAt(state, step, personId);
  return seat !== null && seat.seat !== own?.seat;
}

export const agencyWords = (principal: PersonSnapshot, agent: PersonSnapshot): string =>
  `${principal.name}委托${agent.name}代理`;
