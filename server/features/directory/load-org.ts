import { dateOf } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { updateCount, insertRows, isUniqueViolation } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { jsonPages } from './json-rows.ts';
import { createOrg, type Org, type OrgAssignment, type OrgPerson, type OrgRows } from './org.ts';
import { DirectoryRevisionTable, UnitTable, type AssignmentRow } from './tables.ts';

export const REVISION = 'directory';

/** Changes with every change of the directory; '' before the first one. */
export async function revisionStamp(reads: Reads): Promise<string> {
  const rows: { stamp: string }[] = await reads.em.query(
    'select stamp from directory_revision where id = ?',
    [REVISION],
  );
  return rows[0]?.stamp ?? '';
}

/**
 * Whoever asks while a query is under way shares the next one. It starts after they asked, so it sees everything that
 * was committed before: nothing is told late, and a hundred requests at once ask a few times.
 */
function createSharedStamp(): (reads: Reads) => Promise<string> {
  let running: Promise<unknown> | null = null;
  let next: Promise<string> | null = null;
  const ask = (reads: Reads): Promise<string> => {
    const asking = revisionStamp(reads);
    const over = asking.then(noop, noop).then(() => {
      if (running === over) running = null;
    });
    running = over;
    return asking;
  };
  return (reads) => {
    if (!running) return ask(reads);
    next ??= running.then(() => {
      next = null;
      return ask(reads);
    });
    return next;
  };
}

const noop = (): void => undefined;

/**
 * Tell every instance that its copy is old. A random stamp, not a counter: a number given out by a unit of work
 * that rolled back would come again with other content.
 */
export async function touchRevision(tx: Tx): Promise<string> {
  const stamp = newId();
  const update = () =>
    updateCount(tx.em, 'update directory_revision set stamp = ?, changedAt = ? where id = ?', [
      stamp,
      tx.now,
      REVISION,
    ]);
  if ((await update()) === 1) return stamp;
  try {
    await insertRows(tx, DirectoryRevisionTable, [{ id: REVISION, stamp, changedAt: tx.now }]);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await update();
  }
  return stamp;
}

export type OrgLoader = (reads: Reads) => Promise<{ org: Org; stamp: string }>;

const KEPT = 3;

/** The read model of today, kept in memory until the directory changes: one small query when nothing did. */
export function createOrgLoader(): OrgLoader {
  const kept = new Map<string, Promise<Org>>();
  const sharedStamp = createSharedStamp();

  return async function load(reads) {
    const today = dateOf(reads.now);
    for (let tries = 1; ; tries += 1) {
      // Inside a unit of work its own connection must be asked: it may have changed the directory itself.
      const stamp = await ('actor' in reads ? revisionStamp(reads) : sharedStamp(reads));
      const key = `${stamp} ${today}`;
      const known = kept.get(key);
      if (known) return { org: await known, stamp };
      const loading = loadRows(reads).then((rows) => createOrg(rows, today));
      keep(kept, key, loading);
      const org = await loading.catch((error: unknown) => {
        kept.delete(key);
        throw error;
      });
      // On a pool the queries of one load may see a change in between: then what was built belongs to no stamp.
      if ((await revisionStamp(reads)) === stamp || tries === 3) return { org, stamp };
      kept.delete(key);
    }
  };
}

function keep(kept: Map<string, Promise<Org>>, key: string, org: Promise<Org>): void {
  kept.set(key, org);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
}

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

type PersonColumns = Omit<OrgPerson, 'personId' | 'active'> & { readonly id: string };
type PostColumns = Omit<AssignmentRow, 'isHead' | 'version'> & { readonly isHead: number | boolean };

/** Everything there is and was, the rows of the read model of any day. */
export async function loadRows(reads: Reads): Promise<OrgRows> {
  const units = await reads.em.getRepository(UnitTable).find();
  const people: OrgPerson[] = [];
  const assignments: OrgAssignment[] = [];
  const ofPeople = { table: 'person', columns: PERSON_COLUMNS, by: 'id' };
  for await (const page of jsonPages<PersonColumns>(reads, ofPeople))
    for (const { id, ...person } of page)
      people.push({ personId: id, ...person, active: person.state === 'active' });
  const ofPosts = { table: 'assignment', columns: POST_COLUMNS, by: 'id' };
  for await (const page of jsonPages<PostColumns>(reads, ofPosts)) assignments.push(...page.map(postOf));
  return {
    units: units.map(({ id, version: _version, ...unit }) => ({ unitId: id, ...unit })),
    people,
    assignments,
  };
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
