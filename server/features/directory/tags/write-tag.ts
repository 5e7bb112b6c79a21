import type { Db, Tx } from '../../../platform/db/unit-of-work.ts';
import { attempt, attemptRemoval, type Outcome, type TagClient } from '../push/client.ts';
import { PUSH_ACTOR } from '../push/push-actor.ts';
import type { Turn } from '../push/turn.ts';
import type { Seat, TagChanges } from './difference.ts';
import { forgetTag, noteTagged, noteUntagged, saveTagMirror } from './store.ts';
import type { DirectorySetRow, TagMirrorRow } from './tables.ts';

export const NAME_TAKEN = 40071;
/** No such tag: somebody deleted it by hand. */
const NO_TAG = 40068;
/** None of those named is in the tag: taken out before, perhaps by us (D5). */
export const NOBODY = new Set([40031, 40070]);

export interface TagWriter {
  /** Create the tag or give it its name, if needed. */
  name(set: DirectorySetRow, mirror: TagMirrorRow | undefined): Promise<TagMirrorRow>;
  /** @returns `gone` when 企业微信 does not know the tag any more */
  change(set: DirectorySetRow, mirror: TagMirrorRow, changes: TagChanges): Promise<'done' | 'gone'>;
  remove(mirror: TagMirrorRow): Promise<void>;
}

/** Every answer is kept at once: cut off anywhere, at most one call is made again, and repeating it is harmless. */
export function createTagWriter(
  { db, wecom: { tag } }: { readonly db: Db; readonly wecom: { readonly tag: TagClient } },
  turn: Turn,
  now: number,
): TagWriter {
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.write(PUSH_ACTOR, work);
  const call = async <T>(make: () => Promise<T>): Promise<{ outcome: Outcome; answer: T | null }> => {
    await turn.keep();
    let answer: T | null = null;
    const outcome = await attempt(now, async () => {
      answer = await make();
    });
    return { outcome, answer };
  };
  const save = async (row: TagMirrorRow): Promise<TagMirrorRow> => {
    await write((tx) => saveTagMirror(tx, row));
    return row;
  };
  const settled = (row: TagMirrorRow, outcome: Outcome): TagMirrorRow => ({
    ...row,
    state: outcome.ok ? 'written' : 'failed',
    errorCode: outcome.ok ? null : outcome.errcode,
    updatedAt: now,
  });

  /** D5: a tag of this name is ours only if a creation of ours was begun and not answered. */
  async function create({ id, name }: DirectorySetRow, mirror: TagMirrorRow | undefined) {
    const isOurs = mirror?.state === 'writing';
    const begun: TagMirrorRow = {
      id,
      tagId: null,
      name,
      state: 'writing',
      errorCode: null,
      updatedAt: now,
      comparedAt: null,
    };
    await save(begun);
    const { outcome, answer } = await call(() => tag.create({ tagname: name }));
    if (outcome.ok) return save({ ...settled(begun, outcome), tagId: answer });
    if (outcome.errcode !== NAME_TAKEN || !isOurs) return save(settled(begun, outcome));
    const tagId = await idOf(name);
    return save({ ...settled(begun, tagId === null ? outcome : { ok: true }), tagId });
  }

  async function idOf(name: string): Promise<number | null> {
    const { answer } = await call(() => tag.list());
    return answer?.find((one) => one.tagname === name)?.tagid ?? null;
  }

  async function add(mirror: TagMirrorRow, tagId: number, seats: readonly Seat[]): Promise<Outcome> {
    const userlist = seats.map((seat) => seat.userid);
    const { outcome, answer } = await call(() => tag.addUsers(tagId, { userlist }));
    if (!outcome.ok) return outcome;
    const invalid = new Set((answer?.invalidUsers ?? []).map((userid) => userid.toLowerCase()));
    const added = seats.filter((seat) => !invalid.has(seat.userid.toLowerCase()));
    await write((tx) =>
      noteTagged(
        tx,
        mirror.id,
        added.map((seat) => seat.personId),
      ),
    );
    return added.length === seats.length ? outcome : { ok: false, errcode: null };
  }

  async function take(mirror: TagMirrorRow, tagId: number, seats: readonly Seat[]): Promise<Outcome> {
    const userlist = seats.map((seat) => seat.userid);
    const { outcome } = await call(() => tag.removeUsers(tagId, { userlist }));
    if (!outcome.ok && !NOBODY.has(outcome.errcode ?? 0)) return outcome;
    await write((tx) =>
      noteUntagged(
        tx,
        mirror.id,
        seats.map((seat) => seat.personId),
      ),
    );
    return { ok: true };
  }

  return {
    async name(set, mirror) {
      if (!mirror || mirror.tagId === null) return create(set, mirror);
      const { tagId } = mirror;
      if (mirror.name === set.name) return mirror;
      const { outcome } = await call(() => tag.update({ tagid: tagId, tagname: set.name }));
      return save({ ...settled(mirror, outcome), name: outcome.ok ? set.name : mirror.name });
    },

    async change(set, mirror, { add: additions, remove, gone }) {
      const { tagId } = mirror;
      if (tagId === null) return 'done';
      if (gone.length > 0) await write((tx) => noteUntagged(tx, mirror.id, gone));
      let worst: Outcome = { ok: true };
      for (const seats of [...remove, ...additions]) {
        const outcome = await (remove.includes(seats) ? take : add)(mirror, tagId, seats);
        if (!outcome.ok && outcome.errcode === NO_TAG) return 'gone';
        if (!outcome.ok) worst = outcome;
      }
      // A name that was refused stays told.
      const isCured = mirror.state === 'failed' && mirror.name === set.name;
      if (!worst.ok || isCured) await save(settled(mirror, worst));
      return 'done';
    },

    async remove(mirror) {
      const tagId = mirror.tagId ?? (mirror.state === 'writing' ? await idOf(mirror.name) : null);
      if (tagId !== null) {
        await turn.keep();
        const outcome = await attemptRemoval(now, () => tag.delete(tagId));
        if (!outcome.ok && outcome.errcode !== NO_TAG) return void (await save(settled(mirror, outcome)));
      }
      await write((tx) => forgetTag(tx, mirror.id));
    },
  };
}
