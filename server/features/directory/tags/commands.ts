import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { conflict, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion, updateCount } from '../../../platform/db/rows.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { lockDirectory } from '../commands/lock-directory.ts';
import { note, recordChange } from '../history.ts';
import { touchRevision } from '../revision.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import { settle, unsettled } from './compare/store.ts';
import type { SetDefinition } from './definition.ts';
import { activeSets, addToList, listedIn, takeFromList } from './store.ts';
import { DirectorySetTable, type DirectorySetRow } from './tables.ts';

export const PUSH_TAGS = 'directory.pushTags';
/** What 企业微信 holds (page 90210). */
const MAX_SETS = 3_000;
const MAX_LISTED = 2_000;

export interface SetGoal {
  /** Left out: a new set. */
  readonly setId?: string | undefined;
  /** At most 32 characters. */
  readonly name: string;
  readonly definition: SetDefinition;
  /** The version somebody has seen; another one now is refused. */
  readonly version?: number | undefined;
}

/** Create a set of people, or give one another name or definition (S1-7.2c). */
export async function putSet(tx: Tx, goal: SetGoal): Promise<{ setId: string; changed: boolean }> {
  mustMaintain(tx.actor);
  await lockDirectory(tx);
  const sets = await activeSets(tx);
  const row = goal.setId === undefined ? null : sets.find((set) => set.id === goal.setId);
  if (row === undefined) throw notFound('directory.unknown_set');
  if (row && goal.version !== undefined && goal.version !== row.version)
    throw conflict('db.changed_meanwhile');
  mustBeFree(sets, row?.id, goal.name);
  if (row === null && sets.length >= MAX_SETS) throw refused('directory.too_many_sets');
  const setId = row?.id ?? newId();
  const people = await putList(tx, setId, goal.definition);
  const before = row && { name: row.name, rule: row.rule };
  const after = {
    name: goal.name,
    rule: goal.definition.kind === 'rule' ? { ...goal.definition.rule } : null,
  };
  if (people === null && canonicalJson(before) === canonicalJson(after)) return { setId, changed: false };
  if (row) await saveWithVersion(tx, DirectorySetTable, row, after);
  else await insertRows(tx, DirectorySetTable, [{ id: setId, ...after, state: 'active', version: 1 }]);
  recordChange(tx, {
    type: 'set',
    id: setId,
    kind: row ? 'changed' : 'created',
    action: row ? 'directory.changeSet' : 'directory.createSet',
    before,
    after: { ...after, ...people },
  });
  await pushSoon(tx);
  return { setId, changed: true };
}

export interface ListGoal {
  readonly setId: string;
  /** Left out: as it is. */
  readonly name?: string | undefined;
  readonly add: readonly string[];
  readonly take: readonly string[];
}

/**
 * Some come into a list and some go; whoever is not named stays as they are.
 * @throws refused `directory.set_by_rule`; `directory.list_full`
 */
export async function changeList(tx: Tx, { setId, name, add, take }: ListGoal): Promise<boolean> {
  mustMaintain(tx.actor);
  await lockDirectory(tx);
  const row = (await activeSets(tx)).find((set) => set.id === setId);
  if (!row) throw notFound('directory.unknown_set');
  if (row.rule) throw refused('directory.set_by_rule', { name: row.name });
  const gone = new Set(take);
  const personIds = new Set([...(await listedIn(tx, setId)), ...add].filter((id) => !gone.has(id)));
  if (personIds.size > MAX_LISTED) throw refused('directory.list_full', { most: MAX_LISTED });
  const definition = { kind: 'list' as const, personIds: [...personIds] };
  return (await putSet(tx, { setId, name: name ?? row.name, definition })).changed;
}

/** What was refused is tried again with the next change or day; this is for whoever has cured it now. */
export async function pushTagsAgain(tx: Tx, setId: string): Promise<void> {
  mustMaintain(tx.actor);
  if (!(await activeSets(tx)).some((set) => set.id === setId)) throw notFound('directory.unknown_set');
  await pushSoon(tx);
  recordAct(tx, { action: 'directory.pushSet', targetType: 'set', targetId: setId });
}

function mustBeFree(sets: readonly DirectorySetRow[], setId: string | undefined, name: string): void {
  if (sets.some((set) => set.id !== setId && sameName(set.name, name)))
    throw conflict('directory.set_name_taken', { name });
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

interface ListChange {
  readonly added: readonly string[];
  readonly taken: readonly string[];
}

/** Bring the list to the definition; a rule needs none. Null when it was so. Nobody adds themselves (H3). */
async function putList(tx: Tx, setId: string, definition: SetDefinition): Promise<ListChange | null> {
  const wanted = new Set(definition.kind === 'list' ? definition.personIds : []);
  const listed = await listedIn(tx, setId);
  const added = [...wanted].filter((personId) => !listed.includes(personId));
  const taken = listed.filter((personId) => !wanted.has(personId));
  if (added.length + taken.length === 0) return null;
  for (const personId of added) mustMaintainAnother(tx.actor, personId);
  await mustBeHere(tx, added);
  await addToList(tx, setId, added);
  await takeFromList(tx, setId, taken);
  return { added, taken };
}

async function mustBeHere(tx: Tx, personIds: readonly string[]): Promise<void> {
  for (let at = 0; at < personIds.length; at += 500) {
    const some = personIds.slice(at, at + 500);
    const rows: { n: number | string }[] = await tx.em.query(
      `select count(*) as n from person where state <> 'left' and id in (${some.map(() => '?').join(', ')})`,
      some,
    );
    if (Number(rows[0]?.n) !== some.length) throw notFound('directory.unknown_person');
  }
}

/** The people stay what they are; their tag goes. */
export async function removeSet(tx: Tx, setId: string): Promise<boolean> {
  mustMaintain(tx.actor);
  await lockDirectory(tx);
  const row = await tx.em.getRepository(DirectorySetTable).findOneBy({ id: setId });
  if (!row) throw notFound('directory.unknown_set');
  if (row.state === 'removed') return false;
  await saveWithVersion(tx, DirectorySetTable, row, { state: 'removed' });
  await takeFromList(tx, setId, await listedIn(tx, setId));
  // What others changed of its tag goes with the tag.
  await settle(tx, await unsettled(tx, setId));
  const before: Pick<DirectorySetRow, 'name' | 'rule'> = { name: row.name, rule: row.rule };
  recordChange(tx, { type: 'set', id: setId, kind: 'removed', action: 'directory.removeSet', before });
  await pushSoon(tx);
  return true;
}

/** B7: whoever comes back one day is in no list of before. */
export async function leaveLists(tx: Tx, { personId, kind }: PersonChange): Promise<void> {
  if (kind !== 'left') return;
  const rows: { setId: string }[] = await tx.em.query(
    'select setId from directory_set_person where personId = ?',
    [personId],
  );
  if (rows.length === 0) return;
  await updateCount(tx.em, 'delete from directory_set_person where personId = ?', [personId]);
  for (const { setId } of rows)
    note(tx, { type: 'set', id: setId, kind: 'left', after: { taken: [personId] } });
}

async function pushSoon(tx: Tx): Promise<void> {
  enqueue(tx, { name: PUSH_TAGS, key: await touchRevision(tx, []), payload: {} });
}
