/** Who was sent a request to read. */
import type { InstanceState } from '../model/state.ts';
import type { ReaderState } from '../model/circulation.ts';

export const readersOf = ({ circulations = [] }: InstanceState): readonly ReaderState[] =>
  circulations.flatMap(({ readers }) => readers);

export const readerOf = (state: InstanceState, personId: string): ReaderState | null =>
  readersOf(state).find(({ person }) => person.personId === personId) ?? null;
