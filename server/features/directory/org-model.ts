import type { CalendarDate } from '../../kernel/dates.ts';
import type { Category, Establishment } from './known.ts';

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
  /** The unit that took the place of a removed one; without one the unit above did. */
  readonly successorId?: string | null;
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

export interface OrgRows {
  readonly units: readonly OrgUnit[];
  readonly people: readonly OrgPerson[];
  readonly assignments: readonly OrgAssignment[];
}
