import type { OrgAssignment, OrgPerson, OrgRows, OrgUnit } from '../org.ts';
import { romanise } from '../romanise.ts';

/** Builders of read-model rows for pure tests: name what matters, the rest is filled in. */
export const aUnit = (unitId: string, parentId: string | null, more: Partial<OrgUnit> = {}): OrgUnit => ({
  unitId,
  code: unitId,
  name: unitId,
  parentId,
  kind: parentId === null ? 'institution' : 'department',
  state: 'active',
  sortOrder: 0,
  departmentId: 1,
  leaderInChargeId: null,
  category: null,
  ...more,
});

export const aPerson = (personId: string, more: Partial<OrgPerson> = {}): OrgPerson => ({
  personId,
  staffNo: personId,
  name: personId,
  ...romanise(more.name ?? personId),
  category: 'internal',
  establishment: 'established',
  state: 'active',
  active: (more.state ?? 'active') === 'active',
  userid: personId,
  managerId: null,
  sortOrder: 0,
  ...more,
});

export const aPost = (
  personId: string,
  unitId: string,
  more: Partial<OrgAssignment> = {},
): OrgAssignment => ({
  assignmentId: `${personId}@${unitId}`,
  personId,
  unitId,
  kind: 'main',
  title: '教师',
  isHead: false,
  headRank: 0,
  since: '2020-09-01',
  until: null,
  place: null,
  ...more,
});

export const rowsOf = (rows: Partial<OrgRows>): OrgRows => ({
  units: [],
  people: [],
  assignments: [],
  ...rows,
});
