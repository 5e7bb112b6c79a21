import { dateOf } from '../../../kernel/dates.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { OrgLoader } from '../load-org.ts';
import { revisionStamp } from '../revision.ts';
import type { AdminLog, TagClient } from '../push/client.ts';
import { PUSH_ACTOR } from '../push/push-actor.ts';
import { withTurn, type Turn } from '../push/turn.ts';
import { DirectoryRevisionTable } from '../tables.ts';
import { peopleOf } from './definition.ts';
import { activeSets, definitionOf, forgetTag, memberUserids, taggedIn, tagMirrors } from './store.ts';
import { tagChanges } from './difference.ts';
import type { DirectorySetRow, TagMirrorRow } from './tables.ts';
import { createTagWriter, NAME_TAKEN, type TagWriter } from './write-tag.ts';

export interface TagDeps {
  readonly db: Db;
  readonly wecom: { readonly tag: TagClient; readonly operLog?: AdminLog };
  readonly loadOrg: OrgLoader;
}

/** In directory_revision: the revision that the tags were last brought to, and when. */
const COMPARED = 'tags';

/** Who writes tags or compares them does it alone. */
export const TAGS_TURN = 'directory.tags';

/**
 * Keep every set's tag equal to its definition (S1-7.2c). Nothing is looked at while the directory is what it was and
 * no day has passed; what is looked at costs calls only where it differs. A refused tag is marked and the others go on
 * (D9); it is tried again with the next change or day.
 */
export async function pushTags(deps: TagDeps, now: number): Promise<void> {
  if (await deps.db.read(isCompared)) return;
  await withTurn(deps.db, TAGS_TURN, (turn) => bringTags(deps, turn, now));
}

async function isCompared(reads: Reads): Promise<boolean> {
  const row = await reads.em.getRepository(DirectoryRevisionTable).findOneBy({ id: COMPARED });
  return (
    row !== null && row.stamp === (await revisionStamp(reads)) && dateOf(row.changedAt) === dateOf(reads.now)
  );
}

/** Every tag to what its set says, in a turn that is ours. */
export async function bringTags(deps: TagDeps, turn: Turn, now: number): Promise<void> {
  const { db } = deps;
  const { org, stamp } = await db.read(deps.loadOrg);
  const sets = await db.read(activeSets);
  const mirrors = await db.read(tagMirrors);
  const writer = createTagWriter(deps, turn, now);
  const active = new Set(sets.map((set) => set.id));
  for (const mirror of mirrors.values()) if (!active.has(mirror.id)) await writer.remove(mirror);

  const tags = await nameAll(writer, sets, mirrors);
  const userids = tags.size === 0 ? new Map<string, string>() : await db.read(memberUserids);
  let isWhole = true;
  for (const set of sets) {
    const tag = tags.get(set.id);
    if (!tag) continue;
    const wanted = peopleOf(await db.read((reads) => definitionOf(reads, set)), org);
    const written = await db.read((reads) => taggedIn(reads, set.id));
    const changes = tagChanges({ wanted, written, userids });
    const outcome = await writer.change(set, tag, changes);
    // Created by a push of their own; looked at again then. A tag that is gone is made anew.
    if (changes.waiting.length > 0 || outcome === 'gone') isWhole = false;
    if (outcome === 'gone') await db.write(PUSH_ACTOR, (tx) => forgetTag(tx, set.id));
  }
  if (isWhole) await db.write(PUSH_ACTOR, (tx) => noteCompared(tx, stamp));
}

/** Tags by set, each under its present name; those that could not get it come once more (a name freed in this run). */
async function nameAll(
  writer: TagWriter,
  sets: readonly DirectorySetRow[],
  mirrors: ReadonlyMap<string, TagMirrorRow>,
): Promise<ReadonlyMap<string, TagMirrorRow>> {
  const tags = new Map<string, TagMirrorRow>();
  const put = async (set: DirectorySetRow) => {
    const mirror = await writer.name(set, tags.get(set.id) ?? mirrors.get(set.id));
    tags.set(set.id, mirror);
    return mirror.errorCode === NAME_TAKEN;
  };
  const late: DirectorySetRow[] = [];
  for (const set of sets) if (await put(set)) late.push(set);
  if (late.length < sets.length) for (const set of late) await put(set);
  return new Map([...tags].filter(([, mirror]) => mirror.tagId !== null));
}

async function noteCompared(tx: Tx, stamp: string): Promise<void> {
  const row = { id: COMPARED, stamp, changedAt: tx.now };
  await insertRows(tx, DirectoryRevisionTable, [row], 'keep');
  await tx.em.query('update directory_revision set stamp = ?, changedAt = ? where id = ?', [
    stamp,
    tx.now,
    COMPARED,
  ]);
}
