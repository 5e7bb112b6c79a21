import type { TagMirrorRow } from './tables.ts';

/**
 * `equal`: the tag has its name and exactly the people of the set; `coming`: being brought there; `refused`: 企业微信
 * did not take something, and what cures it depends on the code; `off`: nothing is written there at all.
 */
export type Standing = 'equal' | 'coming' | 'refused' | 'off';

export interface TagFacts {
  readonly pushes: boolean;
  /** Null: no push has looked at the set yet. */
  readonly mirror: Pick<TagMirrorRow, 'state' | 'name'> | null;
  /** What the tag is to be called. */
  readonly name: string;
  readonly joining: number;
  readonly leaving: number;
}

/** How far a tag is from its set, as far as we know: 企业微信 tells nobody of changes made by hand. Pure. */
export function standingOf({ pushes, mirror, name, joining, leaving }: TagFacts): Standing {
  if (!pushes) return 'off';
  if (mirror?.state === 'failed') return 'refused';
  const isThere = mirror?.state === 'written' && mirror.name === name;
  return isThere && joining + leaving === 0 ? 'equal' : 'coming';
}
