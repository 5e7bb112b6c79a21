import type { TimelineRow } from '../contract.ts';

type Details = Partial<TimelineRow> & Pick<TimelineRow, 'name'>;

export function row(
  id: string,
  kind: TimelineRow['kind'],
  state: TimelineRow['state'],
  details: Details,
): TimelineRow {
  return {
    id,
    kind,
    state,
    role: '',
    stateWords: '',
    at: null,
    usedWords: null,
    comment: null,
    why: null,
    onBehalfOf: null,
    ...details,
  };
}
