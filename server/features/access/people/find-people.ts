import { badRequest } from '../../../kernel/errors.ts';
import { categoryName, normaliseQuery, type Org, type OrgPerson } from '../../directory/index.ts';
import { subtreeOf } from '../scope.ts';
import type { PeopleAnswer, PeopleQuery, PersonItem } from './contract.ts';
import { placeOf, type IndexHit } from './people-index.ts';
import { namesDownTo, unitIn } from './units.ts';
import type { World } from './world.ts';

export type PeopleFilter = Omit<PeopleQuery, 'on' | 'cursor' | 'limit'>;

/** Everybody of the scope whom the filter lets through, in order: what the list pages, counts and exports. */
export async function findPeople(world: World, filter: PeopleFilter): Promise<readonly IndexHit[]> {
  const inUnit = filter.unitId === undefined ? null : peopleOf(world, filter.unitId);
  // Of a past day the posts are known, locks are not.
  const wanted = world.org === world.today ? filter.state : 'here';
  const wants = ({ category, state, personId }: OrgPerson): boolean =>
    (filter.category === undefined || category === filter.category) &&
    (wanted === 'here' || state === wanted) &&
    (inUnit === null || inUnit.has(personId));
  const index = wanted === 'left' ? await world.former() : world.index();
  const sees = world.sees(index);
  const hits = index.search(normaliseQuery(filter.q), (person, place) => wants(person) && sees(place));
  return filter.sort === 'name' ? hits : hits.toSorted((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1));
}

const numberOf = ({ person }: IndexHit): string => person.staffNo;

function peopleOf(world: World, unitId: string): ReadonlySet<string> {
  unitIn(world, unitId);
  const people = new Set<string>();
  for (const id of subtreeOf(world.org, unitId))
    for (const post of world.org.membersOf(id)) people.add(post.personId);
  return people;
}

/** The next page begins after the last row given out, whoever came or went in between. */
export async function pageOfPeople(world: World, query: Omit<PeopleQuery, 'on'>): Promise<PeopleAnswer> {
  const { cursor, limit, ...filter } = query;
  const hits = await findPeople(world, filter);
  const keyOf = (hit: IndexHit): string => (filter.sort === 'name' ? byName(hit) : numberOf(hit));
  const from = cursor === undefined ? 0 : firstAfter(hits, keyOf, decode(cursor));
  const page = hits.slice(from, from + limit);
  const last = page.at(-1);
  return {
    items: page.map((hit) => itemOf(world.org, hit)),
    next: last && from + limit < hits.length ? Buffer.from(keyOf(last)).toString('base64url') : null,
    total: hits.length,
  };
}

const byName = ({ person, match }: IndexHit): string => `${match.quality}\n${placeOf(person)}`;

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key === '' || Buffer.from(key).toString('base64url') !== cursor) throw badRequest('access.bad_cursor');
  return key;
}

/** Hits stand in the order of their keys. */
function firstAfter(hits: readonly IndexHit[], keyOf: (hit: IndexHit) => string, key: string): number {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const hit = hits[middle];
    if (hit && keyOf(hit) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const STATE_WORDS = { active: '正常', locked: '锁定', left: '已离开' } as const;

export const stateOf = ({ state }: Pick<OrgPerson, 'state'>) => ({ code: state, words: STATE_WORDS[state] });

export function itemOf(org: Org, { person, match }: IndexHit): PersonItem {
  const [main, ...others] = org.assignmentsOf(person.personId);
  return {
    personId: person.personId,
    staffNo: person.staffNo,
    name: person.name,
    matched: match.to > match.from ? { from: match.from, to: match.to } : null,
    unitPath: main ? namesDownTo(org, main.unitId).join(' / ') : '',
    title: main?.title ?? '',
    alsoIn: others.map((post) => [org.unit(post.unitId)?.name, post.title].filter(Boolean).join(' ')),
    categoryName: categoryName(person.category, person.establishment),
    state: stateOf(person),
  };
}
