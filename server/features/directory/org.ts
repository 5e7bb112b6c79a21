import type { CalendarDate } from '../../kernel/dates.ts';
import { groupBy } from './group-by.ts';
import type { OrgAssignment, OrgPerson, OrgRows, OrgUnit } from './org-model.ts';
import { createPeople, sorted, type OrgPeople } from './org-people.ts';
import { ancestorIds } from './unit-tree.ts';

export type {
  AssignmentKind,
  OrgAssignment,
  OrgPerson,
  OrgRows,
  OrgUnit,
  PersonState,
  UnitKind,
} from './org-model.ts';

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
  /** By HR's code: the unit that is there, else the one in the place of a former unit of this code (`placeOf`). */
  unitByCode(code: string): OrgUnit | null;
  person(personId: string): OrgPerson | null;
  assignment(assignmentId: string): OrgAssignment | null;
  /** Compared without case (rule B1). */
  personByUserid(userid: string): OrgPerson | null;
  /** Everybody not gone, locked people included, by `sortOrder`, then staff number. */
  people(): readonly OrgPerson[];
  units(): readonly OrgUnit[];
  /** Those that are over. */
  formerUnits(): readonly OrgUnit[];
  /**
   * The unit that answers for this one today: itself while it is there, else its successor, else the nearest one above
   * that is there. What lies open with a unit that is over lies with that one, in every list and on every page (H1).
   */
  placeOf(unitId: string): OrgUnit | null;
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

/** Build the read model of a day. Rows that point nowhere are left out of the lists rather than failing the whole. */
export function createOrg(rows: OrgRows, today: CalendarDate): Org {
  const known = new Set(rows.units.map((unit) => unit.unitId));
  return composeOrg(
    rows.units,
    createPeople(rows, (unitId) => known.has(unitId), today),
    today,
  );
}

/** The read model from its units and its people. */
export function composeOrg(rows: readonly OrgUnit[], people: OrgPeople, today: CalendarDate): Org {
  const units = new Map(rows.map((unit) => [unit.unitId, unit]));
  const activeUnits = sorted(
    rows.filter((unit) => unit.state === 'active'),
    (unit) => [unit.sortOrder, unit.code],
  );
  const formerUnits = rows.filter((unit) => unit.state !== 'active');
  const children = groupBy(activeUnits, (unit) => unit.parentId);
  const headcounts = new Map<string, number>();

  const ancestors = (unitId: string) => ancestorIds(units, unitId).flatMap((id) => units.get(id) ?? []);
  const lineage = (unitId: string) => {
    const unit = units.get(unitId);
    return unit ? [unit, ...ancestors(unitId)] : [];
  };
  const departmentOf = (unitId: string) =>
    lineage(unitId).find((unit) => unit.kind === 'department') ?? units.get(unitId) ?? null;

  function placeOf(unitId: string): OrgUnit | null {
    const seen = new Set<string>();
    let unit = units.get(unitId) ?? null;
    while (unit && unit.state !== 'active' && !seen.has(unit.unitId)) {
      seen.add(unit.unitId);
      unit = units.get(unit.successorId ?? unit.parentId ?? '') ?? null;
    }
    return unit?.state === 'active' ? unit : null;
  }

  function countHeads(unitId: string): number {
    const seen = new Set<string>();
    const waiting = [unitId];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const a of people.membersOf(id)) if (people.person(a.personId)?.active) seen.add(a.personId);
      waiting.push(...(children.get(id) ?? []).map((unit) => unit.unitId));
    }
    return seen.size;
  }

  const byCode = new Map([...formerUnits, ...activeUnits].map((unit) => [unit.code, unit]));

  return {
    ...people,
    today,
    unit: (unitId) => units.get(unitId) ?? null,
    unitByCode(code) {
      const unit = byCode.get(code);
      return unit === undefined ? null : placeOf(unit.unitId);
    },
    units: () => activeUnits,
    formerUnits: () => formerUnits,
    placeOf,
    root: () => children.get(null)?.[0] ?? null,
    childrenOf: (unitId) => children.get(unitId) ?? [],
    ancestors,
    pathOf(unitId) {
      const path = lineage(unitId).reverse();
      return path.length > 1 ? path.slice(1) : path;
    },
    isWithin: (unitId, aboveId) => lineage(unitId).some((unit) => unit.unitId === aboveId),
    departmentOf,
    mainAssignmentOf: (personId) => people.assignmentsOf(personId)[0] ?? null,
    headcount(unitId) {
      const known = headcounts.get(unitId) ?? countHeads(unitId);
      headcounts.set(unitId, known);
      return known;
    },
    briefOf(personId) {
      const person = people.person(personId);
      if (!person) return null;
      const post = people.assignmentsOf(personId)[0];
      const unitName = post ? (departmentOf(post.unitId)?.name ?? '') : '';
      return { personId, name: person.name, unitName, title: post?.title ?? '', away: null };
    },
  };
}
