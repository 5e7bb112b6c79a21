/** Who belongs to a set, from its definition and the directory of a day. Pure. */
import type { Category, Establishment } from '../known.ts';
import type { Org, OrgAssignment, OrgPerson } from '../org.ts';

/** Everybody to whom all of this applies; what is null says nothing. */
export interface SetRule {
  /** A post in one of these units; null: in any. Dissolved ones hold nobody, and never mean "any". */
  readonly unitIds: readonly string[] | null;
  /** Posts in the units below count too. */
  readonly withSubunits: boolean;
  readonly categories: readonly Category[] | null;
  readonly establishments: readonly Establishment[] | null;
  /** Only posts with one of these titles. */
  readonly titles: readonly string[] | null;
  /** Only head posts. */
  readonly headsOnly: boolean;
}

export type SetDefinition =
  | { readonly kind: 'rule'; readonly rule: SetRule }
  | { readonly kind: 'list'; readonly personIds: readonly string[] };

/** Nobody who has left; locked people stay in, as they stay in their departments (C13). Each once, in org order. */
export function peopleOf(definition: SetDefinition, org: Org): string[] {
  if (definition.kind === 'list')
    return definition.personIds.filter((personId) => isHere(org.person(personId)));
  const { rule } = definition;
  const posts = rule.unitIds === null ? allPosts(org) : postsIn(org, rule.unitIds, rule.withSubunits);
  const ids = posts
    .filter((post) => fitsPost(rule, post) && fitsPerson(rule, org.person(post.personId)))
    .map((post) => post.personId);
  return [...new Set(ids)];
}

const isHere = (person: OrgPerson | null): person is OrgPerson => person !== null && person.state !== 'left';

const allPosts = (org: Org): OrgAssignment[] =>
  org.people().flatMap((person) => org.assignmentsOf(person.personId));

function postsIn(org: Org, unitIds: readonly string[], withSubunits: boolean): OrgAssignment[] {
  const wanted = new Set<string>();
  const waiting = unitIds.filter((unitId) => org.unit(unitId)?.state === 'active');
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (wanted.has(id)) continue;
    wanted.add(id);
    if (withSubunits) waiting.push(...org.childrenOf(id).map((unit) => unit.unitId));
  }
  return [...wanted].flatMap((unitId) => org.membersOf(unitId));
}

const allows = <T>(wanted: readonly T[] | null, value: T | null): boolean =>
  wanted === null || (value !== null && wanted.includes(value));

const fitsPost = (rule: SetRule, post: OrgAssignment): boolean =>
  allows(rule.titles, post.title) && (post.isHead || !rule.headsOnly);

const fitsPerson = (rule: SetRule, person: OrgPerson | null): boolean =>
  isHere(person) &&
  allows(rule.categories, person.category) &&
  allows(rule.establishments, person.establishment);
