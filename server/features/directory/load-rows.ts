import type { Reads } from '../../platform/db/unit-of-work.ts';
import { jsonPages, type Listing } from './json-rows.ts';
import type { OrgAssignment, OrgPerson, OrgRows, OrgUnit } from './org-model.ts';
import type { AssignmentRow } from './tables.ts';

/** Without the sealed columns: nobody reads a number from the read model. */
const PERSON_COLUMNS = [
  'id',
  'staffNo',
  'name',
  'pinyin',
  'initials',
  'category',
  'establishment',
  'state',
  'userid',
  'managerId',
  'sortOrder',
];
const POST_COLUMNS = [
  'id',
  'personId',
  'unitId',
  'kind',
  'title',
  'isHead',
  'headRank',
  'sinceOn',
  'untilOn',
  'place',
];

const UNIT_COLUMNS = [
  'id',
  'code',
  'name',
  'parentId',
  'kind',
  'state',
  'sortOrder',
  'departmentId',
  'leaderInChargeId',
  'successorId',
  'category',
];

type UnitColumns = Omit<OrgUnit, 'unitId'> & { readonly id: string };
type PersonColumns = Omit<OrgPerson, 'personId' | 'active'> & { readonly id: string };
type PostColumns = Omit<AssignmentRow, 'isHead' | 'version'> & { readonly isHead: number | boolean };

/** Everything there is and was, the rows of the read model of any day. */
export async function loadRows(reads: Reads): Promise<OrgRows> {
  return { units: await loadUnits(reads), ...(await loadPeople(reads)) };
}

export async function loadUnits(reads: Reads): Promise<OrgUnit[]> {
  const units: OrgUnit[] = [];
  const listing = { table: 'unit', columns: UNIT_COLUMNS, by: 'id' };
  for await (const page of jsonPages<UnitColumns>(reads, listing))
    for (const { id, ...unit } of page) units.push({ unitId: id, ...unit });
  return units;
}

/** @param ids these people only; everybody when left out */
export async function loadPeople(
  reads: Reads,
  ids?: readonly string[],
): Promise<Pick<OrgRows, 'people' | 'assignments'>> {
  const people: OrgPerson[] = [];
  const assignments: OrgAssignment[] = [];
  const among = (column: string): Pick<Listing, 'where'> =>
    ids ? { where: [`${column} in (${ids.map(() => '?').join(', ')})`, ...ids] } : {};
  const ofPeople = { table: 'person', columns: PERSON_COLUMNS, by: 'id', ...among('id') };
  for await (const page of jsonPages<PersonColumns>(reads, ofPeople))
    for (const { id, ...person } of page)
      people.push({ personId: id, ...person, active: person.state === 'active' });
  const ofPosts = { table: 'assignment', columns: POST_COLUMNS, by: 'id', ...among('personId') };
  for await (const page of jsonPages<PostColumns>(reads, ofPosts)) assignments.push(...page.map(postOf));
  return { people, assignments };
}

const postOf = (row: PostColumns): OrgAssignment => ({
  assignmentId: row.id,
  personId: row.personId,
  unitId: row.unitId,
  kind: row.kind,
  title: row.title,
  isHead: Boolean(row.isHead),
  headRank: row.headRank ?? 0,
  since: row.sinceOn,
  until: row.untilOn,
  place: row.place,
});
