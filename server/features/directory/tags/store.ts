import { notFound } from '../../../kernel/errors.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { jsonPages } from '../json-rows.ts';
import type { Org } from '../org.ts';
import { peopleOf, type SetDefinition } from './definition.ts';
import {
  DirectorySetTable,
  SetPersonTable,
  TagMemberTable,
  TagMirrorTable,
  type DirectorySetRow,
  type TagMirrorRow,
} from './tables.ts';

const PER_STATEMENT = 500;

export const activeSets = (reads: Reads): Promise<DirectorySetRow[]> =>
  reads.em.getRepository(DirectorySetTable).find({ where: { state: 'active' }, order: { id: 'ASC' } });

/** Sets whose rule names the unit; by id. */
export async function setsNaming(reads: Reads, unitId: string): Promise<{ setId: string; name: string }[]> {
  const sets = await activeSets(reads);
  return sets
    .filter(({ rule }) => rule?.unitIds?.includes(unitId))
    .map(({ id, name }) => ({ setId: id, name }));
}

/** Sets there are, by id. */
export const namedSets = async (reads: Reads): Promise<{ setId: string; name: string }[]> =>
  (await activeSets(reads)).map(({ id, name }) => ({ setId: id, name }));

export async function peopleInSets(reads: Reads, org: Org, setIds: readonly string[]): Promise<string[]> {
  const sets = (await activeSets(reads)).filter(({ id }) => setIds.includes(id));
  const found = new Set<string>();
  for (const set of sets)
    for (const personId of peopleOf(await definitionOf(reads, set), org)) found.add(personId);
  return [...found];
}

export async function definitionOf(reads: Reads, { id, rule }: DirectorySetRow): Promise<SetDefinition> {
  return rule ? { kind: 'rule', rule } : { kind: 'list', personIds: await listedIn(reads, id) };
}

/** In the order they were added. */
export async function listedIn(reads: Reads, setId: string): Promise<string[]> {
  const rows: { personId: string }[] = await reads.em.query(
    'select personId from directory_set_person where setId = ? order by id',
    [setId],
  );
  return rows.map((row) => row.personId);
}

export async function addToList(tx: Tx, setId: string, personIds: readonly string[]): Promise<void> {
  await insertRows(
    tx,
    SetPersonTable,
    personIds.map((personId) => ({ id: newId(), setId, personId })),
  );
}

export const takeFromList = (tx: Tx, setId: string, personIds: readonly string[]): Promise<void> =>
  deletePeople(tx, 'directory_set_person', setId, personIds);

/** Whom 企业微信 has in the tag, as far as we wrote it. */
export async function taggedIn(reads: Reads, setId: string): Promise<Set<string>> {
  const tagged = new Set<string>();
  const listing = { table: 'wecom_tag_member', columns: ['id', 'personId'], by: 'id' };
  for await (const page of jsonPages<{ personId: string }>(reads, {
    ...listing,
    where: ['setId = ?', setId],
  }))
    for (const { personId } of page) tagged.add(personId);
  return tagged;
}

export async function noteTagged(tx: Tx, setId: string, personIds: readonly string[]): Promise<void> {
  const rows = personIds.map((personId) => ({ id: newId(), setId, personId }));
  await insertRows(tx, TagMemberTable, rows, 'keep');
}

export const noteUntagged = (tx: Tx, setId: string, personIds: readonly string[]): Promise<void> =>
  deletePeople(tx, 'wecom_tag_member', setId, personIds);

async function deletePeople(tx: Tx, table: string, setId: string, personIds: readonly string[]) {
  for (let at = 0; at < personIds.length; at += PER_STATEMENT) {
    const some = personIds.slice(at, at + PER_STATEMENT);
    const marks = some.map(() => '?').join(', ');
    await tx.em.query(`delete from ${table} where setId = ? and personId in (${marks})`, [setId, ...some]);
  }
}

export async function tagMirrors(reads: Reads): Promise<Map<string, TagMirrorRow>> {
  const rows = await reads.em.getRepository(TagMirrorTable).find();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function saveTagMirror(tx: Tx, row: TagMirrorRow): Promise<void> {
  const { id, ...changes } = row;
  const mirrors = tx.em.getRepository(TagMirrorTable);
  if (await mirrors.existsBy({ id })) await mirrors.update({ id }, changes);
  else await insertRows(tx, TagMirrorTable, [row]);
}

/** The tag is not there any more. */
export async function forgetTag(tx: Tx, setId: string): Promise<void> {
  await tx.em.getRepository(TagMemberTable).delete({ setId });
  await tx.em.getRepository(TagMirrorTable).delete({ id: setId });
}

/** Userids of everybody who is a member of 企业微信, by person. */
export async function memberUserids(reads: Reads): Promise<Map<string, string>> {
  const userids = new Map<string, string>();
  const listing = { table: 'wecom_member_mirror', columns: ['id', 'userid'], by: 'id' };
  const pages = jsonPages<{ id: string; userid: string }>(reads, { ...listing, where: [`written <> '{}'`] });
  for await (const page of pages) for (const { id, userid } of page) userids.set(id, userid);
  return userids;
}

/** Which of these people are members of 企业微信. */
export async function membersAmong(reads: Reads, personIds: readonly string[]): Promise<Set<string>> {
  const members = new Set<string>();
  for (let at = 0; at < personIds.length; at += PER_STATEMENT) {
    const some = personIds.slice(at, at + PER_STATEMENT);
    const marks = some.map(() => '?').join(', ');
    const rows: { id: string }[] = await reads.em.query(
      `select id from wecom_member_mirror where written <> '{}' and id in (${marks})`,
      some,
    );
    for (const { id } of rows) members.add(id);
  }
  return members;
}

export async function mustBeSet(reads: Reads, setId: string): Promise<DirectorySetRow> {
  const set = (await activeSets(reads)).find((one) => one.id === setId);
  if (!set) throw notFound('directory.unknown_set');
  return set;
}
