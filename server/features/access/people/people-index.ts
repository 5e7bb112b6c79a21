import { matchPerson, type NameMatch, type OrgPerson } from '../../directory/index.ts';
import { candidates, postingsOf, type Postings } from './postings.ts';

/**
 * People in showing order with an index of how a query may begin, so that a search looks at some hundreds of a hundred
 * thousand. It lives beside the directory's read model, is made of it and dies with it: no second truth in the
 * database, the same answer on every database, and the scope decides on the same objects as everywhere (H1).
 */
export interface PeopleIndex {
  /** By pinyin, then name, then staff number. */
  readonly people: readonly OrgPerson[];
  /** Who answers, best first, then in showing order. @param query normalised */
  search(query: string, fits: (person: OrgPerson, place: number) => boolean): readonly IndexHit[];
  /** For the same people as they are now; null when one came, went, or is called or numbered differently. */
  renewed(everybody: readonly OrgPerson[]): PeopleIndex | null;
}

export interface IndexHit {
  readonly person: OrgPerson;
  readonly match: NameMatch;
}

export const placeOf = ({ pinyin, name, staffNo }: OrgPerson): string => `${pinyin}\n${name}\n${staffNo}`;

export const createPeopleIndex = (everybody: readonly OrgPerson[]): PeopleIndex => {
  const order = showingOrder(everybody);
  return indexOf(everybody, order, postingsOf(inOrder(everybody, order)));
};

/** @param order places in `everybody`, first shown first; `postings` name places in this order */
function indexOf(everybody: readonly OrgPerson[], order: readonly number[], postings: Postings): PeopleIndex {
  const people = inOrder(everybody, order);
  return {
    people,
    search(query, fits) {
      const hits: IndexHit[] = [];
      for (const place of query === '' ? people.keys() : candidates(postings, query)) {
        const person = people[place];
        if (!person || !fits(person, place)) continue;
        const match = matchPerson(person, query);
        if (match) hits.push({ person, match });
      }
      return query === '' ? hits : byQuality(hits);
    },
    renewed: (now) => (areCalledAlike(everybody, now) ? indexOf(now, order, postings) : null),
  };
}

const inOrder = (everybody: readonly OrgPerson[], order: readonly number[]): OrgPerson[] =>
  order.flatMap((at) => everybody[at] ?? []);

function showingOrder(everybody: readonly OrgPerson[]): number[] {
  const keyed = everybody.map((person, at) => ({ at, key: placeOf(person) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ at }) => at);
}

const areCalledAlike = (before: readonly OrgPerson[], now: readonly OrgPerson[]): boolean =>
  before.length === now.length &&
  before.every((was, at) => {
    const is = now[at];
    return is?.staffNo === was.staffNo && is.name === was.name && is.pinyin === was.pinyin;
  });

/** Best first; among equals the showing order stays. */
const byQuality = (hits: readonly IndexHit[]): IndexHit[] =>
  hits.toSorted((a, b) => a.match.quality - b.match.quality);
