/** 传阅 as the page of a request shows it: who was sent it, when they read it, and what the viewer may do. */
import type { Circulating, PersonBrief } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import { partiesOf, takesPart } from '../people/parties.ts';

export function circulatingOf(state: InstanceState, personId: string): Circulating {
  const { circulations = [] } = state;
  const unread = circulations.find(({ readers }) =>
    readers.some(({ person, confirmedAt }) => person.personId === personId && confirmedAt === null),
  );
  return {
    maySend: takesPart(state, personId),
    toConfirm: unread === undefined ? null : { by: unread.by.name, note: unread.note },
    sent: circulations.map(({ circulationId, at, by, note, readers }) => ({
      id: circulationId,
      by: by.name,
      at,
      note,
      readers: readers.map(({ person, readAt, confirmedAt }) => ({
        personId: person.personId,
        name: person.name,
        unitName: person.unitName,
        readAt,
        confirmedAt,
      })),
    })),
  };
}

/** Whom a comment may name: everybody else who sees the request and can still act. */
export const mentionableBy = (
  state: InstanceState,
  viewerId: string,
  briefOf: (personId: string) => PersonBrief | null,
): PersonBrief[] =>
  partiesOf(state).flatMap(({ personId }) => {
    const brief = personId === viewerId ? null : briefOf(personId);
    return brief === null ? [] : [brief];
  });
