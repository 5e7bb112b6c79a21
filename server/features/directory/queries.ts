import { badRequest, notFound } from '../../kernel/errors.ts';
import type { PeoplePage, PeopleQuery, PersonHit, UnitsPage } from './contract.ts';
import { matchPerson, normaliseQuery, type NameMatch } from './name-search.ts';
import type { Org, OrgPerson } from './org.ts';

interface Hit {
  readonly person: OrgPerson;
  readonly match: NameMatch;
  /** Place in the answer; the cursor is the last one given out. */
  readonly place: string;
}

/**
 * Search of active people, answered from memory: best matches first, then by pinyin; people of the same name stand
 * together and are told apart by unit and number.
 */
export function findPeople(org: Org, { q, unitId, cursor, limit }: PeopleQuery): PeoplePage {
  const within = unitId === undefined ? null : peopleWithin(org, unitId);
  const query = normaliseQuery(q);
  const after = cursor === undefined ? '' : decodeCursor(cursor);
  const hits = org
    .people()
    .filter((person) => person.active && (within === null || within.has(person.personId)))
    .flatMap((person): Hit[] => {
      const match = matchPerson(person, query);
      return match ? [{ person, match, place: placeOf(person, match) }] : [];
    })
    .filter((hit) => hit.place > after)
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const page = hits.slice(0, limit);
  const last = page.at(-1);
  const next = last && hits.length > page.length ? Buffer.from(last.place).toString('base64url') : null;
  return { items: page.flatMap((hit) => hitOf(org, hit)), next };
}

const placeOf = (person: OrgPerson, match: NameMatch) =>
  [match.quality, person.pinyin, person.name, person.staffNo].join('\n');

function decodeCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d\n/.test(place)) throw badRequest('directory.bad_cursor');
  return place;
}

function hitOf(org: Org, { person, match }: Hit): PersonHit[] {
  const brief = org.briefOf(person.personId);
  const matched = match.to > match.from ? { from: match.from, to: match.to } : null;
  return brief ? [{ ...brief, staffNo: person.staffNo, matched }] : [];
}

function peopleWithin(org: Org, unitId: string): Set<string> {
  if (!org.unit(unitId)) throw notFound('directory.unknown_unit');
  const ids = new Set<string>();
  const waiting = [unitId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const post of org.membersOf(id)) ids.add(post.personId);
    waiting.push(...org.childrenOf(id).map((unit) => unit.unitId));
  }
  return ids;
}

/** One level of the tree with the way down to it. */
export function unitsBelow(org: Org, parentId: string | undefined): UnitsPage {
  const parent = parentId === undefined ? org.root() : org.unit(parentId);
  if (!parent || parent.state !== 'active') throw notFound('directory.unknown_unit');
  const brief = ({ unitId, name }: { unitId: string; name: string }) => ({ unitId, name });
  return {
    unit: brief(parent),
    items: org.childrenOf(parent.unitId).map((unit) => {
      const childCount = org.childrenOf(unit.unitId).length;
      return {
        ...brief(unit),
        headcount: org.headcount(unit.unitId),
        hasChildren: childCount > 0,
        childCount,
      };
    }),
    path: parent.parentId === null ? [] : org.pathOf(parent.unitId).map(brief),
  };
}
