import type { CalendarDate } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { mustMaintainAnother } from '../policy.ts';
import type { PostGoal } from '../roster/plan-posts.ts';
import { PersonTable } from '../tables.ts';
import { applyPosts } from './apply-posts.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import { lockDirectory } from './lock-directory.ts';
import { personHere } from './person-here.ts';

/** Replace the posts a person holds: move, give or end a concurrent post (C12), make or unmake a head. */
export function createChangePosts(consequences: Consequences) {
  return async function changePosts(
    tx: Tx,
    personId: string,
    goals: readonly PostGoal[],
    on?: CalendarDate | undefined,
  ): Promise<boolean> {
    mustMaintainAnother(tx.actor, personId);
    const day = effectiveDay(tx.now, on);
    await lockDirectory(tx);
    const person = await personHere(tx, personId);
    const happening = await applyPosts(tx, personId, goals, day);
    if (!happening) return false;
    // Who asks for what changed since asks by the person, and is told of moves as well.
    await saveWithVersion(tx, PersonTable, person, { updatedAt: tx.now });
    recordChange(tx, happening);
    await consequences.peopleChanged(tx, [{ personId, kind: 'moved' }]);
    return true;
  };
}
