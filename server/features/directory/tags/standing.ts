import type { TagMirrorRow } from './tables.ts';

/**
 * `equal`: the tag has its name and exactly the people of the set; `coming`: being brought there; `refused`: 企业微信
 * did not take something, and what cures it depends on the code; `changed`: others changed so much of it that a person
 * decides; `off`: nothing is written there at all.
 */
export type Standing = 'equal' | 'coming' | 'refused' | 'changed' | 'off';

export interface TagFacts {
  readonly pushes: boolean;
  /** Null: no push has looked at the set yet. */
  readonly mirror: Pick<TagMirrorRow, 'state' | 'name'> | null;
  /** What the tag is to be called. */
  readonly name: string;
  readonly joining: number;
  readonly leaving: number;
  /** Changes others made that are not put back yet, and of them those that wait for a person. */
  readonly changes: number;
  readonly held: number;
}

/** How far a tag is from its set, by what was last written and read. Pure. */
export function standingOf({ pushes, mirror, name, joining, leaving, changes, held }: TagFacts): Standing {
  if (!pushes) return 'off';
  if (mirror?.state === 'failed') return 'refused';
  if (held > 0) return 'changed';
  const isThere = mirror?.state === 'written' && mirror.name === name;
  return isThere && joining + leaving + changes === 0 ? 'equal' : 'coming';
}
