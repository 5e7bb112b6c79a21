import type { Decision, Doubt } from '../api.ts';
import { p } from './words.ts';

export interface Choice {
  decision: Decision['decision'];
  words: string;
  note: string;
  personId?: string;
}

const words = p.doubts;
const leaveOut: Choice = { decision: 'leaveOut', words: words.leaveOut, note: '' };
const different: Choice = { decision: 'different', words: words.different, note: '' };

/** What a person can say to a doubt, where saying it settles something. Nothing is preselected. */
export function choicesFor(doubt: Doubt): Choice[] {
  const people = doubt.candidates.map(({ personId, name, staffNo, by }): Choice => ({
    decision: 'same',
    words: words.same(name, staffNo),
    note: by,
    personId,
  }));
  switch (doubt.kind) {
    case 'maybeLeft':
      return [
        { decision: 'stays', words: words.stays, note: '' },
        { decision: 'left', words: words.left, note: '' },
      ];
    case 'maybeSamePerson':
      return [...people, different, leaveOut];
    case 'nameChanged':
      return [...people, { ...leaveOut, note: words.orSheet }];
    case 'mobileTaken':
    case 'treeConflict':
      return [{ ...leaveOut, note: words.orSheet }];
  }
}
