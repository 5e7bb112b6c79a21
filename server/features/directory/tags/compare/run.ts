import { reading } from '../../../../connector/reading.ts';
import { DAY_MS } from '../../../../kernel/dates.ts';
import type { Reads, Tx } from '../../../../platform/db/unit-of-work.ts';
import type { Org } from '../../org.ts';
import { PUSH_ACTOR } from '../../push/push-actor.ts';
import { withTurn, type Turn } from '../../push/turn.ts';
import { peopleOf } from '../definition.ts';
import { bringTags, TAGS_TURN, type TagDeps } from '../push-tags.ts';
import {
  activeSets,
  definitionOf,
  forgetTag,
  memberUserids,
  noteTagged,
  noteUntagged,
  saveTagMirror,
  taggedIn,
  tagMirrors,
} from '../store.ts';
import type { DirectorySetRow, TagMirrorRow } from '../tables.ts';
import { nameAuthors } from './authors.ts';
import { compareTag, isRight, type TagKnown, type TagRead } from './compare-tag.ts';
import { held, takesOut } from './guard.ts';
import {
  changeFindings,
  everybodyTagged,
  noteFindings,
  returnsOf,
  settle,
  type Source,
  takenSince,
  unsettled,
} from './store.ts';
import { takeForeign } from './take-foreign.ts';
import type { TagFindingRow } from './tables.ts';

/** No such tag (page 90213). */
const NO_TAG = 40068;

export interface Ask {
  /** Only the tag of this id, or of this set; both left out: all. */
  readonly tagId?: number | undefined;
  readonly setId?: string | undefined;
  readonly source: Source;
}

/**
 * Read what 企业微信 holds of our tags, note what somebody else changed, and put it back (S1-7.2c, D11). One call a
 * tag; where nothing was changed, that is all. It takes the turn of the push, so none of our own writes is under way.
 * Cut off anywhere it begins anew: what was found stays noted, and putting back twice is harmless.
 */
export async function compareTags(deps: TagDeps, ask: Ask, now: number): Promise<void> {
  await withTurn(deps.db, TAGS_TURN, async (turn) => {
    const { org } = await deps.db.read(deps.loadOrg);
    const tags = await readTags(deps, turn, ask, org, now);
    if (tags === 0) return;
    await deps.db.write(PUSH_ACTOR, (tx) => holdBack(tx, org, tags));
    await nameAuthors(deps, now);
    const due = await deps.db.write(PUSH_ACTOR, begin);
    if (due.length === 0) return;
    await takeForeign(deps, turn, due, now);
    await bringTags(deps, turn, now);
    await deps.db.write(PUSH_ACTOR, settleWritten);
  });
}

/** @returns how many tags were read */
async function readTags(deps: TagDeps, turn: Turn, ask: Ask, org: Org, now: number): Promise<number> {
  const { db, wecom } = deps;
  const mirrors = await db.read(tagMirrors);
  const due = (await db.read(activeSets)).flatMap((set) => {
    const mirror = mirrors.get(set.id);
    return mirror && isAsked(mirror, ask) ? [{ set, mirror }] : [];
  });
  if (due.length === 0) return 0;
  const userids = await db.read(memberUserids);
  const people = new Map([...userids].map(([personId, userid]) => [userid.toLowerCase(), personId]));
  for (const { set, mirror } of due) {
    await turn.keep();
    const answer = await reading(now, () => wecom.tag.get(mirror.tagId ?? 0));
    // Not ours to read: nothing is said about it.
    if ('refused' in answer && answer.refused !== NO_TAG) continue;
    const read = 'value' in answer ? answer.value : null;
    await db.write(PUSH_ACTOR, async (tx) => {
      const known = await knownOf(tx, { set, mirror, org, userids, people });
      await note(tx, { mirror, read, known }, ask.source);
    });
  }
  return due.length;
}

const isAsked = ({ id, tagId }: TagMirrorRow, ask: Ask): boolean =>
  tagId !== null &&
  (ask.tagId === undefined || ask.tagId === tagId) &&
  (ask.setId === undefined || ask.setId === id);

interface Known extends Pick<TagKnown, 'userids' | 'people'> {
  readonly set: DirectorySetRow;
  readonly mirror: TagMirrorRow;
  readonly org: Org;
}

const knownOf = async (reads: Reads, { set, mirror, org, userids, people }: Known): Promise<TagKnown> => ({
  name: set.name,
  writtenName: mirror.name,
  wanted: new Set(peopleOf(await definitionOf(reads, set), org)),
  written: await taggedIn(reads, set.id),
  userids,
  people,
});

interface Looked {
  readonly mirror: TagMirrorRow;
  readonly read: TagRead | null;
  readonly known: TagKnown;
}

async function note(tx: Tx, { mirror, read, known }: Looked, source: Source): Promise<void> {
  const { found, joined, parted } = compareTag(read, known);
  const right = (await unsettled(tx, mirror.id)).filter((row) => isRight(row, read, known));
  await settle(tx, right);
  await noteFindings(tx, mirror.id, found, source);
  await noteTagged(tx, mirror.id, joined);
  await noteUntagged(tx, mirror.id, parted);
  const isNamed = read !== null && read.tagname === known.name;
  await saveTagMirror(tx, { ...mirror, ...(isNamed && { name: known.name }), comparedAt: tx.now });
}

/** What a person must decide waits (D3). */
async function holdBack(tx: Tx, org: Org, tags: number): Promise<void> {
  const open = (await unsettled(tx)).filter(({ state, actedAt }) => state === 'open' && actedAt === null);
  if (open.length === 0) return;
  const returns = await returnsOf(tx);
  const people = peopleByDepartment(org);
  const waiting = held({
    found: open.map((row) => ({
      id: row.id,
      kind: row.kind,
      people: row.kind === 'department' ? people(Number(row.subject)) : 1,
      returns: returns(row),
    })),
    takenToday: await takenSince(tx, tx.now - DAY_MS),
    tagged: await everybodyTagged(tx),
    tags,
  });
  await changeFindings(tx, [...waiting], { state: 'held' });
}

/** People of a department and of those below it; of one that is not ours nobody knows. */
function peopleByDepartment(org: Org): (departmentId: number) => number {
  const units = new Map(org.units().map((unit) => [unit.departmentId, unit.unitId]));
  const count = (unitId: string): number =>
    org.childrenOf(unitId).reduce((sum, child) => sum + count(child.unitId), org.membersOf(unitId).length);
  return (departmentId) => Math.max(1, count(units.get(departmentId) ?? ''));
}

/** From here on what is to be put back is no more in the tag, or in it, by our own account: the push sees to it. */
async function begin(tx: Tx): Promise<TagFindingRow[]> {
  const due = (await unsettled(tx)).filter(({ state }) => state !== 'held');
  const mirrors = await tagMirrors(tx);
  for (const [setId, rows] of bySet(due)) {
    const of = (kind: TagFindingRow['kind']) => rows.filter((row) => row.kind === kind);
    await noteUntagged(tx, setId, subjectsOf(of('takenOut')));
    await noteTagged(tx, setId, subjectsOf(of('putIn')));
    const mirror = mirrors.get(setId);
    const [renamed] = of('renamed');
    if (mirror && renamed) await saveTagMirror(tx, { ...mirror, name: renamed.words ?? '' });
    if (of('deleted').length > 0) await forgetTag(tx, setId);
  }
  await changeFindings(
    tx,
    due.map(({ id }) => id),
    { actedAt: tx.now },
  );
  return due;
}

const subjectsOf = (rows: readonly TagFindingRow[]): string[] => rows.map(({ subject }) => subject);

function bySet(rows: readonly TagFindingRow[]): Map<string, TagFindingRow[]> {
  const sets = new Map<string, TagFindingRow[]>();
  for (const row of rows) sets.set(row.setId, [...(sets.get(row.setId) ?? []), row]);
  return sets;
}

/** What the push has written is settled; what 企业微信 refused stays. */
async function settleWritten(tx: Tx): Promise<void> {
  const begun = (await unsettled(tx)).filter(({ actedAt, state }) => actedAt !== null && state !== 'held');
  const mirrors = await tagMirrors(tx);
  const sets = new Map((await activeSets(tx)).map((set) => [set.id, set]));
  for (const [setId, rows] of bySet(begun)) {
    const tagged = await taggedIn(tx, setId);
    const [mirror, set] = [mirrors.get(setId), sets.get(setId)];
    const isWritten = ({ kind, subject }: TagFindingRow): boolean => {
      // A set given up takes its tag and all that was wrong with it along.
      if (!set) return true;
      if (kind === 'takenOut') return tagged.has(subject);
      if (takesOut(kind)) return kind === 'putIn' && !tagged.has(subject);
      return mirror !== undefined && mirror.tagId !== null && mirror.name === set.name;
    };
    await settle(tx, rows.filter(isWritten));
  }
}
