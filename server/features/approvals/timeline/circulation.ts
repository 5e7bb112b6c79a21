/** What was sent to people to read, and who confirmed that. */
import type { TimelineRow } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import { row } from './row.ts';

export const circulationRows = ({ circulations = [] }: InstanceState): TimelineRow[] =>
  circulations.map(({ circulationId, at, by, note, readers }) => {
    const confirmed = readers.filter(({ confirmedAt }) => confirmedAt !== null).length;
    return row(circulationId, 'cc', 'done', {
      name: by.name,
      role: `传阅给${namesOf(readers.map(({ person }) => person.name))}`,
      stateWords: `${String(confirmed)}/${String(readers.length)} 人已确认`,
      at,
      comment: note,
    });
  });

const SHOWN = 3;

/** All of them stand in the list of readers. */
const namesOf = (names: readonly string[]): string =>
  names.length <= SHOWN
    ? names.join('、')
    : `${names.slice(0, SHOWN).join('、')}等 ${String(names.length)} 人`;
