import { refused } from '../../../kernel/errors.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import { AssignmentTable, UnitTable, type AssignmentRow } from '../tables.ts';
import type { Consequences } from './consequences.ts';
import { lockDirectory } from './lock-directory.ts';
import { personHere } from './person-here.ts';
import { activeUnit } from './unit-place.ts';

/**
 * Heads of a unit are posts in it (rule R20), so a head who holds none there is refused: a post is given first, by
 * whoever knows its title and first day. Nobody makes themselves a head (H3).
 */
export function createUnitHeads(consequences: Consequences) {
  async function setHeads(tx: Tx, unitId: string, posts: readonly AssignmentRow[], ids: readonly string[]) {
    const before = headIds(posts);
    const rankOf = new Map(ids.map((personId, at) => [personId, at + 1]));
    for (const personId of rankOf.keys()) {
      if (!posts.some((post) => post.personId === personId)) throw refused('directory.head_without_post');
    }
    const changed = posts.filter((post) => {
      const place = rankOf.get(post.personId) ?? null;
      return post.isHead !== (place !== null) || (place !== null && post.headRank !== place);
    });
    // The order counts, not the numbers: 0, 2 and 1, 2 are one order.
    if (before.join() === [...rankOf.keys()].join()) return false;
    for (const post of changed) {
      mustMaintainAnother(tx.actor, post.personId);
      const headRank = rankOf.get(post.personId) ?? null;
      await saveWithVersion(tx, AssignmentTable, post, { isHead: headRank !== null, headRank });
    }
    recordChange(tx, {
      type: 'unit',
      id: unitId,
      kind: 'heads',
      before: { heads: before },
      after: { heads: [...rankOf.keys()] },
    });
    const told = changed.map(({ personId }): PersonChange => ({ personId, kind: 'moved' }));
    await consequences.peopleChanged(tx, told);
    return true;
  }

  return {
    async setUnitHeads(tx: Tx, unitId: string, personIds: readonly string[]): Promise<boolean> {
      mustMaintain(tx.actor);
      await lockDirectory(tx);
      await activeUnit(tx, unitId);
      return setHeads(tx, unitId, await postsIn(tx, unitId), personIds);
    },

    async setUnitHead(tx: Tx, unitId: string, personId: string | null): Promise<boolean> {
      mustMaintain(tx.actor);
      await lockDirectory(tx);
      await activeUnit(tx, unitId);
      const posts = await postsIn(tx, unitId);
      const others = headIds(posts).slice(1);
      const first = personId === null ? [] : [personId];
      return setHeads(tx, unitId, posts, [...first, ...others.filter((id) => id !== personId)]);
    },

    async setLeaderInCharge(tx: Tx, unitId: string, leaderInChargeId: string | null): Promise<boolean> {
      mustMaintain(tx.actor);
      if (leaderInChargeId !== null) mustMaintainAnother(tx.actor, leaderInChargeId);
      await lockDirectory(tx);
      const unit = await activeUnit(tx, unitId);
      if (unit.leaderInChargeId === leaderInChargeId) return false;
      if (leaderInChargeId !== null) await personHere(tx, leaderInChargeId);
      await saveWithVersion(tx, UnitTable, unit, { leaderInChargeId });
      recordChange(tx, {
        type: 'unit',
        id: unitId,
        kind: 'leader',
        before: { leaderInChargeId: unit.leaderInChargeId },
        after: { leaderInChargeId },
      });
      await consequences.unitChanged(tx);
      return true;
    },
  };
}

/** Posts held in the unit today. */
async function postsIn(tx: Tx, unitId: string): Promise<AssignmentRow[]> {
  const today = dateOf(tx.now);
  const rows = await tx.em.getRepository(AssignmentTable).findBy({ unitId });
  return rows.filter((row) => row.sinceOn <= today && (row.untilOn === null || row.untilOn > today));
}

function headIds(posts: readonly AssignmentRow[]): string[] {
  const heads = posts.filter((post) => post.isHead);
  const place = (post: AssignmentRow) => post.headRank ?? 0;
  heads.sort((a, b) => place(a) - place(b) || (a.personId < b.personId ? -1 : 1));
  return heads.map((post) => post.personId);
}
