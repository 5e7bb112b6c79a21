/** The state as it follows from what happened. Pure: a history replays to the same state for ever. */
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import { apply } from './apply.ts';
import { begin } from './begin.ts';
import { draftOf, type Draft } from './draft.ts';

/** Throws only on a history that does not begin with `submitted`. */
export function evolve(state: InstanceState | null, event: InstanceEvent): InstanceState {
  return follow(state === null ? null : draftOf(state), event);
}

/** The state after a whole history. */
export function replay(events: readonly InstanceEvent[]): InstanceState {
  let state: Draft | null = null;
  for (const event of events) state = follow(state, event);
  if (state === null) throw new Error('empty history');
  return state;
}

/** The draft with the event in it. */
function follow(draft: Draft | null, event: InstanceEvent): Draft {
  if (event.type === 'submitted') return begin(event);
  if (draft === null) throw new Error(`history begins with ${event.type}`);
  apply(draft, event);
  return draft;
}
