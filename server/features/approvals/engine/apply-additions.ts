/** What the events of 加签 and 征求意见 mean for the state. No rule lives here, as in apply.ts. */
import type { ConsultState } from '../model/tasks.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { Seat } from '../model/steps.ts';
import { type Draft, set } from './draft.ts';

export const withoutSeat = (seat: Seat): Seat =>
  seat.addition === undefined ? seat : { ...seat, addition: { ...seat.addition, removed: true } };

export function consulted(draft: Draft, event: Extract<InstanceEvent, { type: 'consulted' }>): void {
  const asked: ConsultState = {
    consultId: event.consultId,
    stepId: event.stepId,
    seat: event.seat,
    askedBy: event.by,
    person: event.person,
    question: event.question,
    askedAt: event.at,
    answer: null,
    answeredAt: null,
    droppedAt: null,
  };
  set(draft, { consults: [...(draft.consults ?? []), asked] });
}

export function changeConsult(draft: Draft, consultId: string, changes: Partial<ConsultState>): void {
  const consults = (draft.consults ?? []).map((one) =>
    one.consultId === consultId ? { ...one, ...changes } : one,
  );
  set(draft, { consults });
}
