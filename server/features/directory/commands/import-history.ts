import { dateOf } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { groupBy } from '../group-by.ts';
import { note } from '../history.ts';
import type { ImportPlan } from '../roster/plan-import.ts';
import { beginVersions, EVER, setVersion } from '../unit-versions.ts';
import { brief } from './apply-posts.ts';
import { shown } from './person-fields.ts';

/**
 * What an import changed, subject by subject; the import itself is one act in the audit.
 * @param isFirst the units were there before us, so they have been what they are for ever
 */
export async function writeHistory(tx: Tx, plan: ImportPlan, isFirst: boolean): Promise<void> {
  const today = dateOf(tx.now);
  await beginVersions(tx, plan.units.created, isFirst ? EVER : today);
  for (const { id, code, name, parentId } of plan.units.created)
    note(tx, { type: 'unit', id, kind: 'created', after: { code, name, parentId } });
  for (const { row, changes } of plan.units.changed) {
    if (changes.name !== undefined || changes.parentId !== undefined)
      await setVersion(tx, { ...row, ...changes }, today);
    const before = Object.fromEntries(Object.entries(row).filter(([key]) => Object.hasOwn(changes, key)));
    note(tx, { type: 'unit', id: row.id, kind: 'changed', before, after: { ...changes } });
  }
  for (const { id, staffNo, name, category, establishment } of plan.createdPeople)
    note(tx, { type: 'person', id, kind: 'hired', after: { staffNo, name, category, establishment } });
  for (const { row, changes } of plan.changedPeople) {
    const [before, after] = [shown(row, changes), shown(changes, changes)];
    note(tx, { type: 'person', id: row.id, kind: 'changed', before, after });
  }
  notePosts(tx, plan);
}

function notePosts(tx: Tx, { createdPosts, changedPosts }: ImportPlan): void {
  const posts = [
    ...createdPosts.map((row) => ({ before: null, after: row })),
    ...changedPosts.map(({ row, changes }) => ({ before: row, after: { ...row, ...changes } })),
  ];
  for (const [id, changed] of groupBy(posts, (post) => post.after.personId))
    note(tx, {
      type: 'person',
      id,
      kind: 'posts',
      before: { posts: changed.flatMap(({ before }) => (before ? [brief(before)] : [])) },
      after: { posts: changed.map(({ after }) => brief(after)) },
    });
}
