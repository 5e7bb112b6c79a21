/** Who has a part in a request: whoever asked, held or was stood in for, was asked, copied or sent it to read. */
import type { InstanceState } from '../model/state.ts';

export interface Party {
  readonly personId: string;
  readonly name: string;
}

/** In the order they came to it; somebody in several parts comes several times. */
function partsOf({ applicant, tasks, copies, consults = [], circulations = [] }: InstanceState): Party[] {
  return [
    applicant,
    ...tasks.flatMap(({ person, onBehalfOf }) =>
      onBehalfOf === undefined ? [person] : [person, onBehalfOf],
    ),
    ...consults.map(({ person }) => person),
    ...copies.map(({ person }) => person),
    ...circulations.flatMap(({ readers }) => readers.map(({ person }) => person)),
  ];
}

/** Each once. */
export function partiesOf(state: InstanceState): readonly Party[] {
  return [...new Map(partsOf(state).map((party) => [party.personId, party])).values()];
}

export const takesPart = (state: InstanceState, personId: string): boolean =>
  partsOf(state).some((party) => party.personId === personId);
