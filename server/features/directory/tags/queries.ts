import type { Actor } from '../../../kernel/actor.ts';
import { badRequest, notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../org.ts';
import { mustMaintain } from '../policy.ts';
import type { SetBrief, SetPeoplePage, SetsPage, SetsQuery } from './contract.ts';
import { peopleOf } from './definition.ts';
import { activeSets, definitionOf, taggedIn } from './store.ts';
import { TagMemberTable, TagMirrorTable, type DirectorySetRow } from './tables.ts';

/** Oldest first. Whoever keeps the roster keeps the sets, and nobody else reads them. */
export async function listSets(
  reads: Reads,
  org: Org,
  actor: Actor,
  { cursor, limit }: SetsQuery,
): Promise<SetsPage> {
  mustMaintain(actor);
  const sets = await activeSets(reads);
  const { page, next } = pageOf(sets, (set) => set.id, cursor, limit);
  const items: SetBrief[] = [];
  for (const set of page) items.push(await briefOf(reads, org, set));
  return { items, next, total: sets.length };
}

async function briefOf(reads: Reads, org: Org, set: DirectorySetRow): Promise<SetBrief> {
  const definition = await definitionOf(reads, set);
  const mirror = await reads.em.getRepository(TagMirrorTable).findOneBy({ id: set.id });
  return {
    setId: set.id,
    name: set.name,
    kind: definition.kind,
    rule: definition.kind === 'rule' ? mutable(definition.rule) : null,
    people: peopleOf(definition, org).length,
    tag: {
      state: mirror?.state ?? 'none',
      members: await reads.em.getRepository(TagMemberTable).countBy({ setId: set.id }),
      errorCode: mirror?.errorCode ?? null,
    },
  };
}

const copy = <T>(list: readonly T[] | null): T[] | null => list && [...list];

const mutable = (rule: NonNullable<DirectorySetRow['rule']>): SetBrief['rule'] => ({
  ...rule,
  unitIds: copy(rule.unitIds),
  categories: copy(rule.categories),
  establishments: copy(rule.establishments),
  titles: copy(rule.titles),
});

export async function peopleInSet(
  reads: Reads,
  org: Org,
  actor: Actor,
  setId: string,
  { cursor, limit }: SetsQuery,
): Promise<SetPeoplePage> {
  mustMaintain(actor);
  const set = (await activeSets(reads)).find((one) => one.id === setId);
  if (!set) throw notFound('directory.unknown_set');
  const people = peopleOf(await definitionOf(reads, set), org).sort();
  const tagged = await taggedIn(reads, setId);
  const { page, next } = pageOf(people, (personId) => personId, cursor, limit);
  const items = page.flatMap((personId) => {
    const brief = org.briefOf(personId);
    return brief ? [{ ...brief, inTag: tagged.has(personId) }] : [];
  });
  return { items, next, total: people.length };
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
