import type { Actor } from '../../../kernel/actor.ts';
import { badRequest } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { historyOf } from '../history.ts';
import { matchPerson, normaliseQuery } from '../name-search.ts';
import type { Org } from '../org.ts';
import { mustMaintain } from '../policy.ts';
import type {
  FindAnswer,
  FindRequest,
  PreviewAnswer,
  PreviewRequest,
  SetAnswer,
  SetBrief,
  SetPeoplePage,
  SetPeopleQuery,
  SetsPage,
  SetsQuery,
} from './contract.ts';
import { peopleOf } from './definition.ts';
import { countsOf } from './compare/queries.ts';
import { setLine } from './set-history.ts';
import { shownRule, unitsOf } from './shown-rule.ts';
import { standingOf } from './standing.ts';
import { activeSets, definitionOf, membersAmong, mustBeSet, taggedIn } from './store.ts';
import { TagMirrorTable, type DirectorySetRow } from './tables.ts';

/** The directory of today, and whether anything of it is written to 企业微信. */
export interface Seen {
  readonly org: Org;
  readonly pushes: boolean;
}

/** Oldest first. Whoever keeps the roster keeps the sets, and nobody else reads them. */
export async function listSets(
  reads: Reads,
  seen: Seen,
  actor: Actor,
  { cursor, limit }: SetsQuery,
): Promise<SetsPage> {
  mustMaintain(actor);
  const sets = await activeSets(reads);
  const { page, next } = pageOf(sets, (set) => set.id, cursor, limit);
  const items: SetBrief[] = [];
  for (const set of page) items.push((await look(reads, seen, set)).brief);
  return { items, next, total: sets.length };
}

/** A set beside its tag. */
async function look(reads: Reads, { org, pushes }: Seen, set: DirectorySetRow) {
  const definition = await definitionOf(reads, set);
  const wanted = peopleOf(definition, org);
  const stay = new Set(wanted);
  const tagged = await taggedIn(reads, set.id);
  const mirror = await reads.em.getRepository(TagMirrorTable).findOneBy({ id: set.id });
  const missing = wanted.filter((personId) => !tagged.has(personId));
  const joining = missing.length;
  const leaving = [...tagged].filter((personId) => !stay.has(personId)).length;
  const counts = await countsOf(reads, set.id);
  const brief: SetBrief = {
    setId: set.id,
    name: set.name,
    kind: definition.kind,
    rule: definition.kind === 'rule' ? shownRule(definition.rule) : null,
    units: unitsOf(org, [set.rule]),
    version: set.version,
    people: wanted.length,
    tag: {
      state: mirror?.state ?? 'none',
      standing: standingOf({ pushes, mirror, name: set.name, joining, leaving, ...counts }),
      members: tagged.size,
      joining,
      leaving,
      errorCode: mirror?.errorCode ?? null,
      ...counts,
      comparedAt: mirror?.comparedAt ?? null,
    },
  };
  return { brief, mirror, missing };
}

export async function readSet(reads: Reads, seen: Seen, actor: Actor, setId: string): Promise<SetAnswer> {
  mustMaintain(actor);
  const { brief, mirror, missing } = await look(reads, seen, await mustBeSet(reads, setId));
  const history = (await historyOf(reads, 'set', setId)).map((entry) => setLine(seen.org, entry));
  const rules = history.flatMap(({ rule }) => [rule?.before ?? null, rule?.after ?? null]);
  return {
    ...brief,
    units: unitsOf(seen.org, [brief.rule, ...rules]),
    waiting: missing.length - (await membersAmong(reads, missing)).size,
    tagName: mirror && mirror.name !== '' && mirror.tagId !== null ? mirror.name : null,
    tagAt: mirror?.updatedAt ?? null,
    history,
  };
}

export async function peopleInSet(
  reads: Reads,
  org: Org,
  actor: Actor,
  setId: string,
  { cursor, limit, q }: SetPeopleQuery,
): Promise<SetPeoplePage> {
  mustMaintain(actor);
  const set = await mustBeSet(reads, setId);
  const query = normaliseQuery(q);
  const people = peopleOf(await definitionOf(reads, set), org)
    .flatMap((personId) => org.person(personId) ?? [])
    .filter((person) => matchPerson(person, query) !== null)
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
  const tagged = await taggedIn(reads, setId);
  const { page, next } = pageOf(people, (person) => person.personId, cursor, limit);
  const members = await membersAmong(
    reads,
    page.map(({ personId }) => personId),
  );
  const items = page.flatMap(({ personId, staffNo }) => {
    const brief = org.briefOf(personId);
    const [inTag, isMember] = [tagged.has(personId), members.has(personId)];
    return brief ? [{ ...brief, staffNo, inTag, isMember }] : [];
  });
  return { items, next, total: people.length };
}

const SHOWN = 12;

export async function previewRule(
  reads: Reads,
  org: Org,
  actor: Actor,
  { setId, rule }: PreviewRequest,
): Promise<PreviewAnswer> {
  mustMaintain(actor);
  const people = peopleOf({ kind: 'rule', rule }, org);
  const first = people.slice(0, SHOWN).flatMap((personId) => org.briefOf(personId) ?? []);
  if (setId === undefined) return { people: people.length, first, joining: null, leaving: null };
  const [next, now] = [
    new Set(people),
    new Set(peopleOf(await definitionOf(reads, await mustBeSet(reads, setId)), org)),
  ];
  return {
    people: people.length,
    first,
    joining: people.filter((personId) => !now.has(personId)).length,
    leaving: [...now].filter((personId) => !next.has(personId)).length,
  };
}

/** In the order of the numbers, each once; whoever has left is missing. */
export function findByStaffNo(org: Org, actor: Actor, { staffNos }: FindRequest): FindAnswer {
  mustMaintain(actor);
  const byNumber = new Map(org.people().map((person) => [person.staffNo, person.personId]));
  const found: FindAnswer['found'] = [];
  const missing: string[] = [];
  for (const staffNo of new Set(staffNos)) {
    const brief = org.briefOf(byNumber.get(staffNo) ?? '');
    if (brief) found.push({ ...brief, staffNo });
    else missing.push(staffNo);
  }
  return { found, missing };
}

/** The items after the cursor, in the order of their keys, which must be ascending. */
function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  cursor: string | undefined,
  limit: number,
): { page: readonly T[]; next: string | null } {
  if (cursor !== undefined && !/^[0-9a-f]{32}$/.test(cursor)) throw badRequest('directory.bad_cursor');
  const after = cursor === undefined ? items : items.filter((item) => keyOf(item) > cursor);
  const page = after.slice(0, limit);
  const last = page.at(-1);
  return { page, next: last !== undefined && after.length > page.length ? keyOf(last) : null };
}
