/** 加签 and 征求意见 as the page of a request offers them, and what they mean at this step (R10). */
import type { AddApproversAnswer, Adding, Consulting } from '../contract.ts';
import { isOwnAddition, placementsOf } from '../engine/add-approvers.ts';
import { openConsults } from '../engine/consult.ts';
import { openSteps } from '../engine/lanes.ts';
import { thresholdOf } from '../engine/quorum.ts';
import { countedSeats, votingSeats } from '../engine/tally.ts';
import type { InstanceState } from '../model/state.ts';
import type { Placement, Seat, StepState } from '../model/steps.ts';
import { openTaskOf } from '../policy.ts';

export function addingOf(state: InstanceState, personId: string): Adding {
  const task = openTaskOf(state, personId);
  const step = state.steps.find((one) => one.stepId === task?.stepId);
  const ways = task === null || step === undefined ? [] : placementsOf(step, task.seat);
  return {
    ways: ways.map((placement) => ({ placement, words: step === undefined ? '' : meaning(step, placement) })),
    removable: removableOf(state, personId),
  };
}

function removableOf(state: InstanceState, personId: string): Adding['removable'] {
  return openSteps(state).flatMap((step) => removableAt(state, step, personId));
}

function removableAt(state: InstanceState, step: StepState, personId: string): Adding['removable'] {
  const own = votingSeats(step).filter((seat) => isOwnAddition(state, step, seat, { personId }));
  return own.flatMap(({ seat }) =>
    state.tasks
      .filter((task) => task.stepId === step.stepId && task.seat === seat && task.status === 'pending')
      .map((task) => ({ taskId: task.taskId, name: task.person.name })),
  );
}

export function consultingOf(state: InstanceState, personId: string): Consulting {
  const asked = openConsults(state).find((one) => one.person.personId === personId);
  return {
    mayAsk: openTaskOf(state, personId) !== null,
    asked: asked ? { consultId: asked.consultId, by: asked.askedBy.name, question: asked.question } : null,
  };
}

/* ---------- what adding means here ---------- */

function meaning(step: StepState, placement: Placement): string {
  const ends = step.refusal === 'FAIL_FAST' || step.refusal === 'FIRST_ACTION';
  const pool = step.mode === 'any' || step.mode === 'quorum';
  const refusal = ends && step.mode !== 'quorum' ? '加签的人拒绝，这一步就不通过。' : '';
  const uncounted = pool ? '加签的人不计入通过所需的人数。' : '';
  switch (placement) {
    case 'before':
      return `加签的人处理完，再回到你这里决定。${refusal}${uncounted}`;
    case 'after':
      return `现在就记下你的同意，加签的人处理完，这一步才结束。${refusal}${uncounted}`;
    case 'parallel':
      return pool ? `加 1 人后，${poolWords(step)}` : '加签的人也要同意，这一步才通过。';
  }
}

/** Whether one more person moves the threshold. */
function poolWords(step: StepState): string {
  const people = countedSeats(step).length;
  if (step.mode === 'any') return `仍是一人即可，共 ${String(people + 1)} 人。`;
  const before = thresholdOf(step.needed, people);
  const after = thresholdOf(step.needed, people + 1);
  const words =
    before === after
      ? `通过仍需 ${String(before)} 人同意`
      : `通过所需由 ${String(before)} 人变为 ${String(after)} 人`;
  return `${words}，共 ${String(people + 1)} 人。`;
}

/** R10: what the addition did to the threshold; null where every single one must agree anyway. */
export function thresholdChange(
  state: InstanceState,
  stepId: string,
  added: readonly Seat[],
): AddApproversAnswer['threshold'] {
  const step = state.steps.find((one) => one.stepId === stepId);
  if (step?.mode !== 'any' && step?.mode !== 'quorum') return null;
  const seats = countedSeats(step);
  const fresh = new Set(added.map((seat) => seat.seat));
  const needed = (people: number): number => (step.mode === 'any' ? 1 : thresholdOf(step.needed, people));
  const before = needed(seats.filter((seat) => !fresh.has(seat.seat)).length);
  const after = needed(seats.length);
  return { before, after, people: seats.length, moves: before !== after };
}
