/** Drafts as they lie in the database. */
import { actorId } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/errors.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { insertRows, saveWithVersion, updateCount } from '../../../platform/db/rows.ts';
import type { DraftContent } from './draft.ts';
import { DraftTable, type DraftRow } from './tables.ts';

export const draftOf = (reads: Reads, key: string): Promise<DraftRow | null> =>
  reads.em.getRepository(DraftTable).findOneBy({ id: key });

/** @throws notFound `approvals.draft_unknown` */
export async function loadDraft(reads: Reads, key: string): Promise<DraftRow> {
  const row = await draftOf(reads, key);
  if (!row) throw notFound('approvals.draft_unknown');
  return row;
}

/** @throws as `loadDraft`; conflict `approvals.draft_changed` when somebody else saved since this version was read */
export async function loadSeenDraft(reads: Reads, key: string, version: number): Promise<DraftRow> {
  const row = await loadDraft(reads, key);
  if (row.version !== version) throw conflict('approvals.draft_changed');
  return row;
}

export async function insertDraft(
  tx: Tx,
  key: string,
  basedOn: number,
  content: DraftContent,
): Promise<void> {
  const by = actorId(tx.actor);
  await insertRows(tx, DraftTable, [
    {
      id: key,
      basedOn,
      content: headed(content, key, basedOn),
      startedAt: tx.now,
      startedBy: by,
      changedAt: tx.now,
      changedBy: by,
      changers: [by],
      reviewAskedAt: null,
      version: 1,
    },
  ]);
}

/** A change by somebody: it is theirs too, and whoever was asked to look at it has seen something else. */
export async function changeDraft(tx: Tx, row: DraftRow, content: DraftContent): Promise<DraftRow> {
  const by = actorId(tx.actor);
  const changes = {
    content: headed(content, row.id, row.basedOn),
    changedAt: tx.now,
    changedBy: by,
    changers: [...new Set([...row.changers, by])],
    reviewAskedAt: null,
  };
  await saveWithVersion(tx, DraftTable, row, changes);
  return { ...row, ...changes, version: row.version + 1 };
}

/** Key and version are the draft's, whatever the content says. */
const headed = (content: DraftContent, key: string, basedOn: number): DraftContent => ({
  ...content,
  key,
  version: basedOn + 1,
});

/** @throws conflict `approvals.draft_changed` when somebody saved meanwhile: what they wrote is neither lost nor left out */
export async function dropDraft(tx: Tx, { id, version }: DraftRow): Promise<void> {
  const dropped = await updateCount(tx.em, 'delete from approval_draft where id = ? and version = ?', [
    id,
    version,
  ]);
  if (dropped !== 1) throw conflict('approvals.draft_changed');
}
