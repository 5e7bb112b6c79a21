/** What the events of sending back, dedupe and revoking mean; the rest is in apply.ts. */
import type { InstanceEvent } from '../model/events.ts';
import type { TaskState } from '../model/tasks.ts';
import type { ReturnState } from '../model/returns.ts';
import { rememberSignatures } from './apply-edits.ts';
import { closeGroups, moveOn } from './apply-branches.ts';
import { changeStep, changeTask, type Draft, set } from './draft.ts';

type ReturnEvent = Extract<InstanceEvent, { type: 'sentBack' | 'resubmitted' | 'seatPassed' | 'revoked' }>;
type Of<T extends ReturnEvent['type']> = Extract<ReturnEvent, { type: T }>;

export function applyReturn(draft: Draft, event: ReturnEvent): void {
  switch (event.type) {
    case 'sentBack':
      return sentBack(draft, event);
    case 'resubmitted':
      return resubmitted(draft, event);
    case 'seatPassed': {
      const { stepId, seat, reliedOn, why, at } = event;
      return set(draft, { passed: [...(draft.passed ?? []), { stepId, seat, at, reliedOn, why }] });
    }
    case 'revoked': {
      const { at, by, reason, released, kept } = event;
      // When and by whom it was approved stays; the revocation stands beside it.
      return set(draft, { status: 'revoked', revoked: { at, by, reason, released, kept } });
    }
  }
}

function sentBack(draft: Draft, event: Of<'sentBack'>): void {
  const { returnId, at, by, round, fromTitle, toStepKey, toTitle, reason, position, jumps } = event;
  const one: ReturnState = { returnId, at, by, round, fromTitle, toStepKey, toTitle, reason };
  const closed = (status: TaskState['status']) => ({ status, closedAt: at, closedBy: by });
  const readAt = draft.tasks.find(({ taskId }) => taskId === event.taskId)?.readAt ?? at;
  for (const taskId of event.cancelled) changeTask(draft, taskId, closed('returned'));
  changeTask(draft, event.taskId, { ...closed('sent_back'), comment: reason, readAt });
  for (const stepId of event.stepIds)
    changeStep(draft, stepId, (step) => ({ ...step, outcome: 'returned', closedAt: at }));
  const { branchId, groupIds = [] } = event;
  closeGroups(draft, at, 'returned', ({ groupId }) => groupIds.includes(groupId));
  moveOn(draft, branchId, position);
  set(draft, {
    round,
    jumps,
    returns: [...(draft.returns ?? []), one],
    returned: toStepKey === null ? one : null,
  });
}

function resubmitted(draft: Draft, event: Of<'resubmitted'>): void {
  const { returnId, at, by, title, form, values, chosen, forecast, changed, recomputed, jumps } = event;
  const one = { returnId, at, by, round: draft.round, changed, recomputed };
  set(draft, {
    title,
    form,
    values,
    chosen,
    forecast,
    jumps,
    returned: null,
    resubmissions: [...(draft.resubmissions ?? []), one],
  });
  rememberSignatures(draft, form);
}
