/**
 * What the rules need to know about people and units: a read model the directory fills. Lists come in the
 * configured order and never change within one decision (R20). All functions answer from memory. The directory's
 * own `Org` satisfies it once `roleHolders` (from access) is added.
 */
import type { CalendarDate } from '../../../kernel/dates.ts';
import type { PersonSnapshot } from './people.ts';

export interface OrgUnit {
  readonly unitId: string;
  readonly name: string;
  readonly parentId: string | null;
  /** Anything but `active` is over; absent: active. */
  readonly state?: string;
}

export interface OrgPerson {
  readonly personId: string;
  readonly name: string;
  readonly staffNo: string;
  /** Locked and left people hold nothing. */
  readonly active: boolean;
}

export interface OrgAssignment {
  readonly assignmentId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly title: string;
  readonly kind: 'main' | 'concurrent';
  readonly isHead: boolean;
  /** Smaller goes first; equal numbers stand side by side. */
  readonly headRank: number;
  readonly since: CalendarDate | null;
}

export interface RoleHolder {
  readonly personId: string;
  readonly since: CalendarDate | null;
}

export interface Org {
  unit(unitId: string): OrgUnit | null;
  /** The unit of this code in HR's data, or the one in its place when it is over. */
  unitByCode(code: string): OrgUnit | null;
  person(personId: string): OrgPerson | null;
  /** The department (院系、处室) a unit belongs to; the unit itself when there is none above. */
  departmentOf(unitId: string): OrgUnit | null;
  /** Posts held today, main post first. */
  assignmentsOf(personId: string): readonly OrgAssignment[];
  /** Head posts of exactly this unit, in configured order, including those of locked people. */
  headsOf(unitId: string): readonly OrgAssignment[];
  /** Holders of a role given for exactly this unit (null: for the whole school), in configured order. */
  roleHolders(role: string, unitId: string | null): readonly RoleHolder[];
}

const MAX_DEPTH = 50;

/** The unit and its ancestors, nearest first; ends at the root, at an unknown unit, or on a cycle. */
export function unitChain(org: Org, unitId: string): OrgUnit[] {
  const chain: OrgUnit[] = [];
  let next: string | null = unitId;
  while (next !== null && chain.length < MAX_DEPTH) {
    const unit: OrgUnit | null = org.unit(next);
    if (unit === null || chain.some((known) => known.unitId === unit.unitId)) break;
    chain.push(unit);
    next = unit.parentId;
  }
  return chain;
}

export function isActive(org: Org, personId: string): boolean {
  return org.person(personId)?.active ?? false;
}

/** The person as they are now, acting from the given post (default: their main post). Null for unknown people. */
export function snapshot(org: Org, personId: string, assignmentId?: string | null): PersonSnapshot | null {
  const person = org.person(personId);
  if (person === null) return null;
  const posts = org.assignmentsOf(personId);
  const post = posts.find((p) => p.assignmentId === assignmentId) ?? posts[0];
  return {
    personId,
    name: person.name,
    staffNo: person.staffNo,
    assignmentId: post?.assignmentId ?? null,
    unitId: post?.unitId ?? '',
    unitName: post === undefined ? '' : (org.departmentOf(post.unitId)?.name ?? ''),
    title: post?.title ?? '',
  };
}

/** True when the person has a post in the unit or below it. */
export function worksUnder(org: Org, personId: string, unitId: string): boolean {
  return org
    .assignmentsOf(personId)
    .some((post) => unitChain(org, post.unitId).some((unit) => unit.unitId === unitId));
}
