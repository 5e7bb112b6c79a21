import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { memberMirrors, writtenOf } from '../push/mirror-store.ts';
import { compareMember } from './compare-member.ts';
import { settledForeign } from './compare-units.ts';
import { sameValue } from './values.ts';
import { ourMembers, personIdsOf, secretsFor, type OurDeps, type Ours } from './our-side.ts';
import type { Membership } from './read-wecom.ts';
import { record, subjectsWithRows, type Compared, type Recorded, type Source } from './store.ts';

export type Memberships = ReadonlyMap<string, Membership>;

const FIELDS = ['presence', 'department'] as const;
const PAGE = 500;

/** Ids of people we have written, page by page. */
export async function writtenPeople(reads: Reads, after: string): Promise<string[]> {
  const rows: { id: string }[] = await reads.em.query(
    `select id from wecom_member_mirror where id > ? and written <> '{}' order by id limit ${PAGE}`,
    [after],
  );
  return rows.map((row) => row.id);
}

export interface MembersCompared extends Recorded {
  readonly present: number;
  readonly unsure: readonly string[];
}

/** Existence and departments of these people, whom we have written. */
export async function compareMemberships(
  deps: OurDeps,
  tx: Tx,
  personIds: readonly string[],
  members: Memberships,
  source: Source,
): Promise<MembersCompared> {
  const suspects = await notAsWritten(tx, personIds, members);
  const ours = await ourMembers(deps, tx, [...suspects]);
  const secrets = await secretsFor(deps, tx, []);
  const withRows = new Set(await subjectsWithRows(tx, 'person', FIELDS));
  const compared: Compared[] = [];
  const unsure: string[] = [];
  for (const personId of personIds) {
    const our = ours.get(personId);
    const one: Compared = our
      ? judged(our, members, secrets)
      : { subjectType: 'person', subjectId: personId, fields: FIELDS, found: [] };
    if (our?.isFresh === true && one.found.length > 0) unsure.push(our.useridKey);
    else if (one.found.length > 0 || withRows.has(personId)) compared.push(one);
  }
  const missing = compared.filter(({ found }) => found.some(({ field }) => field === 'presence')).length;
  return { ...(await record(tx, compared, source)), present: personIds.length - missing, unsure };
}

/** Most are as they were written; only of the others the present state here is loaded. */
async function notAsWritten(
  tx: Tx,
  personIds: readonly string[],
  members: Memberships,
): Promise<Set<string>> {
  const mirrors = await memberMirrors(tx, personIds);
  return new Set(
    personIds.filter((id) => {
      const mirror = mirrors.get(id);
      const written = writtenOf(mirror);
      const read = members.get(String(written?.userid ?? mirror?.userid ?? '').toLowerCase());
      const wrote = Array.isArray(written?.department) ? written.department.map(Number) : [];
      return read === undefined || !sameValue(ascending(read.departments), ascending(wrote));
    }),
  );
}

const ascending = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

function judged(our: Ours, members: Memberships, secrets: Parameters<typeof compareMember>[2]): Compared {
  const subject = { subjectType: 'person', subjectId: our.personId } as const;
  const read = members.get(our.useridKey);
  if (read === undefined)
    return { ...subject, fields: ['presence'], found: [{ field: 'presence', ours: true, theirs: false }] };
  const { found } = compareMember(read, our, secrets);
  return { ...subject, fields: FIELDS, found };
}

/**
 * Members nobody here has written. One whose userid is that of somebody about to be written is no stranger; one of
 * somebody who has left and was deleted there is told at the person: it was made again.
 */
export async function compareStrangers(tx: Tx, members: Memberships, source: Source): Promise<Recorded> {
  const known = await personIdsOf(tx, [...members.keys()]);
  const written = await writtenKeys(tx);
  const people = await statesOf(tx, known);
  const compared: Compared[] = [];
  const returned = new Set<string>();
  for (const [key, { departments }] of members) {
    const personId = known.get(key);
    const departed = personId !== undefined && !written.has(key) && people.get(personId) === 'left';
    if (departed) {
      returned.add(personId);
      compared.push(memberAgain(personId));
    } else if (personId === undefined && !written.has(key)) compared.push(stranger(key, departments));
  }
  const there = new Set(compared.map(({ subjectId }) => subjectId));
  for (const id of await subjectsWithRows(tx, 'member', ['stranger']))
    if (!there.has(id)) compared.push(settledForeign('member', id));
  return record(tx, [...compared, ...(await noLonger(tx, members, returned))], source);
}

const memberAgain = (personId: string): Compared => ({
  subjectType: 'person',
  subjectId: personId,
  fields: ['presence'],
  found: [{ field: 'presence', ours: false, theirs: true }],
});

const stranger = (key: string, departments: readonly number[]): Compared => ({
  subjectType: 'member',
  subjectId: key,
  fields: ['stranger'],
  found: [{ field: 'stranger', ours: null, theirs: { departments: ascending(departments) } }],
});

/** People with a row who are written no more: what was asked about their member is answered, or still missing. */
async function noLonger(tx: Tx, members: Memberships, returned: ReadonlySet<string>): Promise<Compared[]> {
  const rows: { subjectId: string; useridKey: string; state: string }[] = await tx.em.query(
    `select distinct d.subjectId as subjectId, p.useridKey as useridKey, p.state as state
     from directory_difference d join person p on p.id = d.subjectId
     left join wecom_member_mirror m on m.id = d.subjectId and m.written <> '{}'
     where d.subjectType = 'person' and d.openKey is not null and m.id is null`,
  );
  return rows
    .filter(({ subjectId }) => !returned.has(subjectId))
    .map(({ subjectId, useridKey, state }) => {
      const isMissing = state !== 'left' && !members.has(useridKey);
      const found = isMissing ? [{ field: 'presence' as const, ours: true, theirs: false }] : [];
      return { subjectType: 'person', subjectId, fields: FIELDS, found };
    });
}

/** Userids, in lower case, of members we have written: by their mirror, which may lag behind a change of userid. */
async function writtenKeys(tx: Tx): Promise<Set<string>> {
  const rows: { userid: string; useridKey: string }[] = await tx.em.query(
    `select m.userid as userid, p.useridKey as useridKey from wecom_member_mirror m join person p on p.id = m.id
     where m.written <> '{}' or m.state = 'writing'`,
  );
  return new Set(rows.flatMap(({ userid, useridKey }) => [userid.toLowerCase(), useridKey]));
}

async function statesOf(tx: Tx, known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = [...known.values()];
  if (ids.length === 0) return new Map();
  const rows: { id: string }[] = await tx.em.query(`select id from person where state = 'left'`);
  const left = new Set(rows.map((row) => row.id));
  return new Map(ids.map((id) => [id, left.has(id) ? 'left' : 'here']));
}
