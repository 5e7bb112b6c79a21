import type { CalendarDate } from '../../kernel/dates.ts';
import { groupBy } from './group-by.ts';
import type { Category, Establishment } from './known.ts';
import { ancestorIds } from './unit-tree.ts';

/** `department` is what people call their 部门; an `office` (教研室, 科室) lies under one. */
export type UnitKind = 'institution' | 'department' | 'office';
export type PersonState = 'active' | 'locked' | 'left';
export type AssignmentKind = 'main' | 'concurrent';

export interface OrgUnit {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly kind: UnitKind;
  readonly state: 'active' | 'removed';
  readonly sortOrder: number;
  readonly departmentId: number;
  /** 分管领导 */
  readonly leaderInChargeId: string | null;
  readonly category: string | null;
}

export interface OrgPerson {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly category: Category;
  readonly establishment: Establishment | null;
  readonly state: PersonState;
  /** False for locked people and those who left: they hold nothing. */
  readonly active: boolean;
  readonly userid: string;
  /** Direct superior. */
  readonly managerId: string | null;
  readonly sortOrder: number;
}

export interface OrgAssignment {
  readonly assignmentId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly kind: AssignmentKind;
  readonly title: string;
  readonly isHead: boolean;
  /** Order among the heads of a unit, smaller first (rule R20); 0 for who is no head. */
  readonly headRank: number;
  readonly since: CalendarDate;
  /** First day it no longer holds. */
  readonly until: CalendarDate | null;
  readonly place: number | null;
}

/** How a person is shown next to a name: their department and the title of the main post. */
export interface PersonBrief {
  readonly personId: string;
  readonly name: string;
  readonly unitName: string;
  readonly title: string;
  readonly away?: string | null;
}

/**
 * The directory on one calendar day, in memory: 20,000 people are a few megabytes. Lookups by id also find what
 * is over (removed units, ended posts, people who left), because old requests name them; lists hold only what
 * counts today.
 */
export interface Org {
  readonly today: CalendarDate;
  unit(unitId: string): OrgUnit | null;
  person(personId: string): OrgPerson | null;
  assignment(assignmentId: string): OrgAssignment | null;
  /** Compared without case (rule B1). */
  personByUserid(userid: string): OrgPerson | null;
  /** Everybody not gone, locked people included, by `sortOrder`, then staff number. */
  people(): readonly OrgPerson[];
  units(): readonly OrgUnit[];
  root(): OrgUnit | null;
  childrenOf(unitId: string): readonly OrgUnit[];
  /** Nearest first, without the unit itself. */
  ancestors(unitId: string): readonly OrgUnit[];
  /** From just below the institution down to the unit itself; the institution alone for itself. */
  pathOf(unitId: string): readonly OrgUnit[];
  isWithin(unitId: string, aboveId: string): boolean;
  /** The department the unit belongs to; the unit itself when there is none. */
  departmentOf(unitId: string): OrgUnit | null;
  /** Posts held today: the main one first, then in a stable order. */
  assignmentsOf(personId: string): readonly OrgAssignment[];
  mainAssignmentOf(personId: string): OrgAssignment | null;
  /** Head posts of exactly this unit in the configured order (rule R20), those of locked people included. */
  headsOf(unitId: string): readonly OrgAssignment[];
  /** Posts held today in this very unit, in showing order. */
  membersOf(unitId: string): readonly OrgAssignment[];
  /** Active people with a post in the unit or below it, each once. */
  headcount(unitId: string): number;
  briefOf(personId: string): PersonBrief | null;
}

export interface OrgRows {
  readonly units: readonly OrgUnit[];
  readonly people: readonly OrgPerson[];
  readonly assignments: readonly OrgAssignment[];
}

const LAST = Number.MAX_SAFE_INTEGER;
const byNumberThenText = (a: [number, string], b: [number, string]) =>
  a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

/** Build the read model of a day. Rows that point nowhere are left out of the lists rather than failing the whole. */
export function createOrg(rows: OrgRows, today: CalendarDate): Org {
  const units = new Map(rows.units.map((unit) => [unit.unitId, unit]));
  const people = new Map(rows.people.map((person) => [person.personId, person]));
  const assignments = new Map(rows.assignments.map((a) => [a.assignmentId, a]));
  const byUserid = new Map(rows.people.map((person) => [person.userid.toLowerCase(), person]));
  const held = rows.assignments.filter(
    (a) => isHeld(a, today) && isPresent(people.get(a.personId)) && units.has(a.unitId),
  );
  const staffNoOf = (a: OrgAssignment) => people.get(a.personId)?.staffNo ?? '';
  const byPerson = groupBy(
    sorted(held, (a) => [a.kind === 'main' ? 0 : 1, `${a.since}${a.assignmentId}`]),
    (a) => a.personId,
  );
  const byUnit = groupBy(
    sorted(held, (a) => [a.place ?? LAST, staffNoOf(a)]),
    (a) => a.unitId,
  );
  const heads = groupBy(
    sorted(
      held.filter((a) => a.isHead),
      (a) => [a.headRank, staffNoOf(a)],
    ),
    (a) => a.unitId,
  );
  const activeUnits = sorted(
    rows.units.filter((unit) => unit.state === 'active'),
    (unit) => [unit.sortOrder, unit.code],
  );
  const children = groupBy(activeUnits, (unit) => unit.parentId);
  const present = sorted(rows.people.filter(isPresent), (person) => [person.sortOrder, person.staffNo]);
  const headcounts = new Map<string, number>();

  const ancestors = (unitId: string) => ancestorIds(units, unitId).flatMap((id) => units.get(id) ?? []);
  const lineage = (unitId: string) => {
    const unit = units.get(unitId);
    return unit ? [unit, ...ancestors(unitId)] : [];
  };
  const departmentOf = (unitId: string) =>
    lineage(unitId).find((unit) => unit.kind === 'department') ?? units.get(unitId) ?? null;

  function countHeads(unitId: string): number {
    const seen = new Set<string>();
    const waiting = [unitId];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const a of byUnit.get(id) ?? []) if (people.get(a.personId)?.active) seen.add(a.personId);
      waiting.push(...(children.get(id) ?? []).map((unit) => unit.unitId));
    }
    return seen.size;
  }

  return {
    today,
    unit: (unitId) => units.get(unitId) ?? null,
    person: (personId) => people.get(personId) ?? null,
    assignment: (assignmentId) => assignments.get(assignmentId) ?? null,
    personByUserid: (userid) => byUserid.get(userid.toLowerCase()) ?? null,
    people: () => present,
    units: () => activeUnits,
    root: () => children.get(null)?.[0] ?? null,
    childrenOf: (unitId) => children.get(unitId) ?? [],
    ancestors,
    pathOf(unitId) {
      const path = lineage(unitId).reverse();
      return path.length > 1 ? path.slice(1) : path;
    },
    isWithin: (unitId, aboveId) => lineage(unitId).some((unit) => unit.unitId === aboveId),
    departmentOf,
    assignmentsOf: (personId) => byPerson.get(personId) ?? [],
    mainAssignmentOf: (personId) => byPerson.get(personId)?.[0] ?? null,
    headsOf: (unitId) => heads.get(unitId) ?? [],
    membersOf: (unitId) => byUnit.get(unitId) ?? [],
    headcount(unitId) {
      const known = headcounts.get(unitId) ?? countHeads(unitId);
      headcounts.set(unitId, known);
      return known;
    },
    briefOf(personId) {
      const person = people.get(personId);
      if (!person) return null;
      const post = byPerson.get(personId)?.[0];
      const unitName = post ? (departmentOf(post.unitId)?.name ?? '') : '';
      return { personId, name: person.name, unitName, title: post?.title ?? '', away: null };
    },
  };
}

function isHeld(a: OrgAssignment, today: CalendarDate): boolean {
  return a.since <= today && (a.until === null || today < a.until);
}

function isPresent(person: OrgPerson | undefined): person is OrgPerson {
  return person !== undefined && person.state !== 'left';
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => [number, string]): T[] {
  return items
    .map((item) => ({ item, place: keyOf(item) }))
    .sort((a, b) => byNumberThenText(a.place, b.place))
    .map(({ item }) => item);
}
