import { badRequest, conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { USERID } from '../forms.ts';
import { recordChange } from '../history.ts';
import { newPersonRow } from '../person-row.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import { PersonTable, type PersonRow } from '../tables.ts';
import { applyPosts, brief } from './apply-posts.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import type { PersonGoal } from './goals.ts';
import { lockDirectory } from './lock-directory.ts';
import { changesOf, fieldGoal, mustBeWellFormed, mustNotClash, shown } from './person-fields.ts';
import { knownPerson } from './person-here.ts';
import type { Personal } from './protect-personal.ts';

export interface PutPerson {
  readonly personId: string;
  readonly changed: boolean;
}

/** Create a person with posts, or change the given fields of one (A5). */
export function createPutPerson(personal: Personal, consequences: Consequences) {
  return async function putPerson(tx: Tx, goal: PersonGoal): Promise<PutPerson> {
    if (goal.personId === undefined) mustMaintain(tx.actor);
    else mustMaintainAnother(tx.actor, goal.personId);
    mustBeWellFormed(goal, tx.now);
    effectiveDay(tx.now, goal.on);
    await lockDirectory(tx);
    return goal.personId === undefined
      ? put(tx, goal)
      : change(tx, await knownPerson(tx, goal.personId), goal);
  };

  /** D5: somebody with this number and these very fields is who we made before; with other fields, a conflict. */
  async function put(tx: Tx, goal: PersonGoal): Promise<PutPerson> {
    const { staffNo } = goal;
    if (staffNo === undefined) throw badRequest('directory.malformed', { field: 'staffNo' });
    const same = await tx.em.getRepository(PersonTable).findOneBy({ staffNo });
    if (!same) return create(tx, staffNo, goal);
    if (same.state === 'left' || changesOf(same, fieldGoal(same, goal, personal)))
      throw conflict('directory.staff_no_taken');
    return { personId: same.id, changed: false };
  }

  async function create(tx: Tx, staffNo: string, goal: PersonGoal): Promise<PutPerson> {
    const { name, category, posts, userid = staffNo } = goal;
    if (name === undefined) throw badRequest('directory.malformed', { field: 'name' });
    if (category === undefined) throw badRequest('directory.malformed', { field: 'category' });
    if (posts === undefined) throw badRequest('directory.malformed', { field: 'posts' });
    if (!USERID.test(userid)) throw badRequest('directory.malformed', { field: 'userid' });
    const known = { id: newId(), staffNo, name, category, userid };
    const blank = newPersonRow({ ...known, statusOn: goal.employedOn ?? null }, tx.now);
    const fields = fieldGoal(null, { ...goal, userid }, personal);
    const row: PersonRow = { ...blank, ...fields };
    await mustNotClash(tx, row, row);
    await insertRows(tx, PersonTable, [row]);
    await applyPosts(tx, row.id, posts, effectiveDay(tx.now, goal.on));
    recordChange(tx, {
      type: 'person',
      id: row.id,
      kind: 'hired',
      on: goal.on ?? goal.employedOn ?? undefined,
      after: { ...shown(row, fields), posts: posts.map(brief) },
    });
    await consequences.peopleChanged(tx, [{ personId: row.id, kind: 'hired' }]);
    return { personId: row.id, changed: true };
  }

  async function change(tx: Tx, row: PersonRow, goal: PersonGoal): Promise<PutPerson> {
    if (goal.posts && row.state === 'left') throw refused('directory.has_left');
    const changes = changesOf(row, fieldGoal(row, goal, personal));
    if (changes) {
      await mustNotClash(tx, row, changes);
      await saveWithVersion(tx, PersonTable, row, { ...changes, updatedAt: tx.now });
      const [before, after] = [shown(row, changes), shown(changes, changes)];
      recordChange(tx, { type: 'person', id: row.id, kind: 'changed', on: goal.on, before, after });
    }
    const moved = goal.posts && (await applyPosts(tx, row.id, goal.posts, effectiveDay(tx.now, goal.on)));
    if (moved) recordChange(tx, moved);
    if (moved && !changes) await saveWithVersion(tx, PersonTable, row, { updatedAt: tx.now });
    if (!changes && !moved) return { personId: row.id, changed: false };
    const newMobile = isNewMobile(row, changes) && { newMobile: true as const };
    await consequences.peopleChanged(tx, [
      { personId: row.id, kind: moved ? 'moved' : 'updated', ...newMobile },
    ]);
    return { personId: row.id, changed: true };
  }
}

/** A number where there was none, or none where there was one, is no other number. */
const isNewMobile = ({ mobilePrint }: PersonRow, changes: Partial<PersonRow> | null): boolean =>
  mobilePrint !== null && typeof changes?.mobilePrint === 'string' && changes.mobilePrint !== mobilePrint;
