import { emailKeyOf } from '../forms.ts';
import { groupBy } from '../group-by.ts';
import type { PersonChange } from '../person-change.ts';
import { newPersonRow } from '../person-row.ts';
import { romanise } from '../romanise.ts';
import type { AssignmentRow, PersonRow, UnitRow } from '../tables.ts';
import { changeOf, planPosts, postGoal, type Change } from './plan-posts.ts';
import { planUnits, type UnitPlan } from './plan-units.ts';
import {
  COLUMNS,
  SHEETS,
  type FaultReason,
  type PersonRecord,
  type Roster,
  type RowFault,
} from './records.ts';

export interface StoredDirectory {
  readonly units: readonly UnitRow[];
  readonly people: readonly PersonRow[];
  readonly assignments: readonly AssignmentRow[];
}

export type ProtectedMobile = Pick<PersonRow, 'mobileSealed' | 'mobileMasked' | 'mobilePrint'>;

export interface ImportTools {
  readonly now: number;
  readonly today: string;
  newId(): string;
  /** Seal, mask and fingerprint a number. */
  protectMobile(mobile: string): ProtectedMobile;
  fingerprint(mobile: string): string;
}

export interface ImportPlan {
  readonly units: UnitPlan;
  readonly createdPeople: readonly PersonRow[];
  readonly changedPeople: readonly Change<PersonRow>[];
  readonly createdPosts: readonly AssignmentRow[];
  readonly changedPosts: readonly Change<AssignmentRow>[];
  readonly changes: readonly PersonChange[];
  readonly faults: readonly RowFault[];
}

const NO_MOBILE: ProtectedMobile = { mobileSealed: null, mobileMasked: null, mobilePrint: null };

/**
 * Everything an import will do, before anything is written. The same file twice gives an empty plan (A3); a person
 * whose record is refused keeps what they have (A4); the key is the staff number, never name or userid (B1, B2).
 */
export function planImport(stored: StoredDirectory, roster: Roster, tools: ImportTools): ImportPlan {
  const units = planUnits(stored.units, roster.units, tools.newId);
  const byStaffNo = new Map(stored.people.map((person) => [person.staffNo, person]));
  const postsOf = groupBy(stored.assignments, (row) => row.personId);
  const conflictOf = conflicts(stored.people, roster.people, tools);
  const createdPeople: PersonRow[] = [];
  const changedPeople: Change<PersonRow>[] = [];
  const createdPosts: AssignmentRow[] = [];
  const changedPosts: Change<AssignmentRow>[] = [];
  const changes: PersonChange[] = [];
  const faults: RowFault[] = [...roster.faults];

  for (const record of roster.people) {
    const row = byStaffNo.get(record.staffNo);
    const fault = conflictOf(record) ?? faultOf(row, record);
    if (fault) {
      faults.push({ sheet: SHEETS.people, line: record.line, column: fault[0], reason: fault[1] });
      continue;
    }
    const person = row ?? newPerson(record, tools);
    const change = row ? changeOf(row, personGoal(row, record, tools)) : [];
    const goals = record.posts?.map((post) => postGoal(post, units.idByCode.get(post.unitCode) ?? ''));
    const posts =
      goals && planPosts(person.id, postsOf.get(person.id) ?? [], goals, tools.today, tools.newId);
    const moved = posts !== undefined && posts.created.length + posts.changed.length > 0;
    if (!row) createdPeople.push(person);
    changedPeople.push(...change);
    createdPosts.push(...(posts?.created ?? []));
    changedPosts.push(...(posts?.changed ?? []));
    if (!row) changes.push({ personId: person.id, kind: 'hired' });
    else if (moved) changes.push({ personId: person.id, kind: 'moved' });
    else if (change.length > 0) changes.push({ personId: person.id, kind: 'updated' });
  }
  return { units, createdPeople, changedPeople, createdPosts, changedPosts, changes, faults };
}

type Fault = [column: string, reason: FaultReason];

/** A userid or mobile that belongs to somebody else afterwards is a conflict, never a takeover (B1, B4). */
function conflicts(stored: readonly PersonRow[], records: readonly PersonRecord[], tools: ImportTools) {
  const recordOf = new Map(records.map((record) => [record.staffNo, record]));
  const useridHolder = new Map<string, string>();
  const mobileHolder = new Map<string, string>();
  for (const person of stored) {
    const record = recordOf.get(person.staffNo);
    useridHolder.set(record ? record.userid.toLowerCase() : person.useridKey, person.staffNo);
    const print =
      record?.mobile === undefined ? person.mobilePrint : record.mobile && tools.fingerprint(record.mobile);
    if (print !== null && person.state !== 'left') mobileHolder.set(print, person.staffNo);
  }
  return ({ staffNo, userid, mobile }: PersonRecord): Fault | null => {
    if ((useridHolder.get(userid.toLowerCase()) ?? staffNo) !== staffNo) return [COLUMNS.userid, 'taken'];
    const holder = mobile ? mobileHolder.get(tools.fingerprint(mobile)) : undefined;
    return (holder ?? staffNo) === staffNo ? null : [COLUMNS.mobile, 'taken'];
  };
}

function faultOf(row: PersonRow | undefined, record: PersonRecord): Fault | null {
  if (!row && record.posts === undefined) return [COLUMNS.staffNo, 'postRefused'];
  const mobile = record.mobile === undefined ? (row?.mobilePrint ?? null) : record.mobile;
  const email = record.email === undefined ? (row?.email ?? null) : record.email;
  // 企业微信 refuses a member with neither (errcode 60129).
  return mobile === null && email === null ? [COLUMNS.mobile, 'noContact'] : null;
}

function newPerson(record: PersonRecord, tools: ImportTools): PersonRow {
  const { staffNo, name, category, establishment, userid, email = null, sortOrder = 0 } = record;
  const mobile = record.mobile ? tools.protectMobile(record.mobile) : NO_MOBILE;
  const known = { id: tools.newId(), staffNo, name, category, establishment, userid, email, sortOrder };
  return newPersonRow({ ...known, ...mobile }, tools.now);
}

function personGoal(row: PersonRow, record: PersonRecord, tools: ImportTools): Partial<PersonRow> {
  const print = record.mobile && tools.fingerprint(record.mobile);
  const mobile =
    record.mobile === undefined || print === row.mobilePrint ? {} : mobileGoal(record.mobile, tools);
  return {
    ...(record.name === row.name ? {} : { name: record.name, ...romanise(record.name) }),
    category: record.category,
    establishment: record.establishment,
    userid: record.userid,
    useridKey: record.userid.toLowerCase(),
    ...mobile,
    ...(record.email === undefined ? {} : { email: record.email, emailKey: emailKeyOf(record.email) }),
    ...(record.sortOrder === undefined ? {} : { sortOrder: record.sortOrder }),
  };
}

const mobileGoal = (mobile: string | null, tools: ImportTools) =>
  mobile === null ? NO_MOBILE : tools.protectMobile(mobile);
