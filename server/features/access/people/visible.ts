import type { Org } from '../../directory/index.ts';
import type { Duty } from '../held-rights.ts';
import type { Scope } from '../scope.ts';

/** The module of people and units in `config/modules.json`. */
export const DIRECTORY = 'directory';
const ACCOUNTS = 'accounts';

type VisibleOrg = Pick<Org, 'person' | 'people' | 'assignmentsOf' | 'ancestors'>;

/**
 * Whom and what the scope holds of the directory. Lists, counts, the export, the search, the tree and a person's page
 * all ask this (H1); it asks `scope.covers` and knows no rule of its own.
 */
export interface Visible {
  has(personId: string): boolean;
  hasUnit(unitId: string): boolean;
  /** In which the topmost units are looked for; null: not bound to units. */
  readonly units: ReadonlySet<string> | null;
}

/** May this actor administer anything of the directory? */
export const seesPeople = (scope: Scope): boolean =>
  scope.slices.some(({ modules }) => modules === 'all' || modules.includes(DIRECTORY));

/** Does this actor keep records of people, or their accounts, for anybody? */
export const managesPeople = (scope: Scope): boolean =>
  [DIRECTORY, ACCOUNTS].some((moduleKey) => scope.unitsFor(moduleKey, 'manage')?.size !== 0);

/**
 * @param org of today, also for a look at a past day: whom one may see is decided by how things stand now, so that a
 * unit that was moved away takes its past along (H1)
 */
export function visibleTo(org: VisibleOrg, scope: Scope, duty: Duty = 'view'): Visible {
  const known = new Map<string, Map<string, boolean>>();
  const ask = (unitIds: readonly string[], category: string): boolean =>
    scope.covers({ unitIds, moduleKey: DIRECTORY, category, duty });
  // A scope that covers several units covers one of them, so a hundred thousand people ask once per unit and category.
  function covers(unitId: string, category: string): boolean {
    const byUnit = known.get(category) ?? new Map<string, boolean>();
    known.set(category, byUnit);
    const answer = byUnit.get(unitId) ?? ask([unitId], category);
    byUnit.set(unitId, answer);
    return answer;
  }
  const units = scope.unitsFor(DIRECTORY, duty);
  return {
    units,
    hasUnit: (unitId) => units === null || units.has(unitId),
    has(personId) {
      const person = org.person(personId);
      if (!person) return false;
      const posts = org.assignmentsOf(personId);
      if (posts.length === 0) return ask([], person.category);
      return posts.some((post) => covers(post.unitId, person.category));
    },
  };
}

const [UNKNOWN, SEEN, UNSEEN] = [0, 1, 2];

/** The same answers, kept by place in a list of people: a search asks for tens of thousands at every letter typed. */
export function byPlace(
  visible: Pick<Visible, 'has'>,
  people: readonly { readonly personId: string }[],
): (place: number) => boolean {
  const kept = new Uint8Array(people.length);
  return (place) => {
    if (kept[place] === UNKNOWN) kept[place] = visible.has(people[place]?.personId ?? '') ? SEEN : UNSEEN;
    return kept[place] === SEEN;
  };
}

export interface HeadCounts {
  /** People with a post in the unit or below it, each once. */
  in(unitId: string): number;
  readonly all: number;
}

/** @param org of the day that is looked at */
export function countPeople(org: VisibleOrg, visible: Pick<Visible, 'has'>): HeadCounts {
  const counts = new Map<string, number>();
  const lineages = new Map<string, readonly string[]>();
  const lineage = (unitId: string): readonly string[] => {
    const known = lineages.get(unitId) ?? [unitId, ...org.ancestors(unitId).map((unit) => unit.unitId)];
    lineages.set(unitId, known);
    return known;
  };
  let all = 0;
  for (const { personId } of org.people()) {
    if (!visible.has(personId)) continue;
    all += 1;
    for (const unitId of new Set(org.assignmentsOf(personId).flatMap((post) => lineage(post.unitId))))
      counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
  }
  return { in: (unitId) => counts.get(unitId) ?? 0, all };
}
