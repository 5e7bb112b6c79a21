import type { KnownPerson } from '../model.ts';
import type { Outlook } from './outlook.ts';
import { mainPostOf } from './person-fields.ts';
import type { Scribe } from './scribe.ts';
import type { Withheld } from './types.ts';

/** What reconciling needs to know of the tree. */
export interface UnitView {
  nameOf(code: string): string;
  /** Top unit before the plan, and after it. */
  topBefore(code: string): string;
  topAfter(code: string): string;
  /** Key of the change that creates this unit, if it is new. */
  createKeyOf(code: string): string | undefined;
}

export interface Reconciling {
  readonly outlook: Outlook;
  readonly scribe: Scribe;
  readonly units: UnitView;
  readonly withheld: Withheld[];
}

/** Top unit a change of this person counts for. */
export function topUnitOf(person: KnownPerson, { units, outlook }: Reconciling): string {
  const post = mainPostOf(person) ?? person.posts[0];
  return post ? units.topBefore(post.unitCode) : outlook.base.index.rootCode;
}
