/** What the events of 传阅 mean for the state. No rule lives here, as in apply.ts. */
import type { InstanceEvent } from '../model/events.ts';
import type { ReaderState } from '../model/circulation.ts';
import { type Draft, set } from './draft.ts';

export function circulated(draft: Draft, event: Extract<InstanceEvent, { type: 'circulated' }>): void {
  const { circulationId, at, by, note, hidden, people } = event;
  const readers = people.map((person) => ({ person, readAt: null, confirmedAt: null }));
  const one = { circulationId, at, by, note, ...(hidden === undefined ? {} : { hidden }), readers };
  set(draft, { circulations: [...(draft.circulations ?? []), one] });
}

/** Nothing where this person is no reader: older states stay without the list. */
export function changeReader(
  draft: Draft,
  personId: string,
  change: (reader: ReaderState) => Partial<ReaderState>,
): void {
  if (draft.circulations === undefined) return;
  const circulations = draft.circulations.map((one) => ({
    ...one,
    readers: one.readers.map((reader) =>
      reader.person.personId === personId ? { ...reader, ...change(reader) } : reader,
    ),
  }));
  set(draft, { circulations });
}
