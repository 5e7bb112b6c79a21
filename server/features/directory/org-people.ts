import type { CalendarDate } from '../../kernel/dates.ts';
import { groupBy } from './group-by.ts';
import type { OrgAssignment, OrgPerson, OrgRows } from './org-model.ts';

export type PeopleRows = Pick<OrgRows, 'people' | 'assignments'>;

/** People and posts of the read model of one day, as `Org` describes them. */
export interface OrgPeople {
  person(personId: string): OrgPerson | null;
  personByUserid(userid: string): OrgPerson | null;
  assignment(assignmentId: string): OrgAssignment | null;
  people(): readonly OrgPerson[];
  assignmentsOf(personId: string): readonly OrgAssignment[];
  headsOf(unitId: string): readonly OrgAssignment[];
  membersOf(unitId: string): readonly OrgAssignment[];
}

type Place = readonly [number, string];
type PersonOf = (personId: string) => OrgPerson | null;
const LAST = Number.MAX_SAFE_INTEGER;

const personPlace = (person: OrgPerson): Place => [person.sortOrder, person.staffNo];
const postPlace = (a: OrgAssignment): Place => [a.kind === 'main' ? 0 : 1, `${a.since}${a.assignmentId}`];
const headPlace =
  (personOf: PersonOf) =>
  (a: OrgAssignment): Place => [a.headRank, personOf(a.personId)?.staffNo ?? ''];
/** Without a place of its own a post comes in HR's order of people (S1-7.2d); 0: nobody gave one. */
const memberPlace =
  (personOf: PersonOf) =>
  (a: OrgAssignment): Place => {
    const person = personOf(a.personId);
    return [a.place ?? (person?.sortOrder || LAST), person?.staffNo ?? ''];
  };

/** @param isUnit posts in units that nobody knows are left out */
export function createPeople(
  rows: PeopleRows,
  isUnit: (unitId: string) => boolean,
  today: CalendarDate,
): OrgPeople {
  const people = new Map(rows.people.map((person) => [person.personId, person]));
  const assignments = new Map(rows.assignments.map((a) => [a.assignmentId, a]));
  const byUserid = new Map(rows.people.map((person) => [person.userid.toLowerCase(), person]));
  const personOf: PersonOf = (personId) => people.get(personId) ?? null;
  const held = rows.assignments.filter(
    (a) => isHeld(a, today) && isPresent(people.get(a.personId)) && isUnit(a.unitId),
  );
  const byPerson = groupBy(sorted(held, postPlace), (a) => a.personId);
  const byUnit = groupBy(sorted(held, memberPlace(personOf)), (a) => a.unitId);
  const heads = held.filter((a) => a.isHead);
  const headsByUnit = groupBy(sorted(heads, headPlace(personOf)), (a) => a.unitId);
  const present = sorted(rows.people.filter(isPresent), personPlace);
  return {
    person: personOf,
    personByUserid: (userid) => byUserid.get(userid.toLowerCase()) ?? null,
    assignment: (assignmentId) => assignments.get(assignmentId) ?? null,
    people: () => present,
    assignmentsOf: (personId) => byPerson.get(personId) ?? [],
    headsOf: (unitId) => headsByUnit.get(unitId) ?? [],
    membersOf: (unitId) => byUnit.get(unitId) ?? [],
  };
}

/**
 * The same people with some of them as they are now. What is not asked for is not computed, so that a change of one
 * among a hundred thousand costs nothing like a hundred thousand.
 * @param ids the people meant, those who did not exist in `base` included
 * @param now everything there is of exactly these people
 */
export function patchPeople(base: OrgPeople, ids: ReadonlySet<string>, now: OrgPeople): OrgPeople {
  const person: PersonOf = (id) => (ids.has(id) ? now.person(id) : base.person(id));
  const isOther = <T extends { readonly personId: string }>(item: T | null): item is T =>
    item !== null && !ids.has(item.personId);
  const units = new Set(
    [...ids].flatMap((id) => [...base.assignmentsOf(id), ...now.assignmentsOf(id)]).map((a) => a.unitId),
  );
  const mixed = (of: 'membersOf' | 'headsOf', place: (a: OrgAssignment) => Place) => {
    const known = new Map<string, readonly OrgAssignment[]>();
    return (unitId: string): readonly OrgAssignment[] => {
      if (!units.has(unitId)) return base[of](unitId);
      const posts =
        known.get(unitId) ?? sorted([...base[of](unitId).filter(isOther), ...now[of](unitId)], place);
      known.set(unitId, posts);
      return posts;
    };
  };
  let everybody: readonly OrgPerson[] | null = null;
  return {
    person,
    personByUserid(userid) {
      const before = base.personByUserid(userid);
      return now.personByUserid(userid) ?? (isOther(before) ? before : null);
    },
    assignment(assignmentId) {
      const before = base.assignment(assignmentId);
      return now.assignment(assignmentId) ?? (isOther(before) ? before : null);
    },
    people: () => (everybody ??= sorted([...base.people().filter(isOther), ...now.people()], personPlace)),
    assignmentsOf: (id) => (ids.has(id) ? now.assignmentsOf(id) : base.assignmentsOf(id)),
    headsOf: mixed('headsOf', headPlace(person)),
    membersOf: mixed('membersOf', memberPlace(person)),
  };
}

function isHeld(a: OrgAssignment, today: CalendarDate): boolean {
  return a.since <= today && (a.until === null || today < a.until);
}

function isPresent(person: OrgPerson | undefined): person is OrgPerson {
  return person !== undefined && person.state !== 'left';
}

/** By number, then by text. */
export function sorted<T>(items: readonly T[], placeOf: (item: T) => Place): T[] {
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .sort(({ place: a }, { place: b }) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0))
    .map(({ item }) => item);
}
