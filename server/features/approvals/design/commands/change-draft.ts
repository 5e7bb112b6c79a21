import { actorId, type PersonActor } from '../../../../kernel/actor.ts';
import { conflict, refused } from '../../../../kernel/errors.ts';
import { HOUR_MS } from '../../../../kernel/dates.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { saveWithVersion } from '../../../../platform/db/rows.ts';
import { repairDraft } from '../check-draft.ts';
import { mustRun, runningOf, surroundings, type DesignContext } from '../context.ts';
import type { DraftState, SaveRequest } from '../contract.ts';
import { changeDraft, dropDraft, loadSeenDraft } from '../draft-store.ts';
import type { DraftContent } from '../draft.ts';
import { draftState } from '../queries/read-design.ts';
import { designScope, mustChangeDesign } from '../scope.ts';
import { DraftTable, type DraftRow } from '../tables.ts';

/** Saved by the page every few seconds; refused when somebody else saved meanwhile. */
export function saveDraft(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  { version, content }: SaveRequest,
): Promise<DraftState> {
  return ctx.db.write(actor, async (tx) => {
    const row = await mineToChange(ctx, tx, actor, key, version, content);
    return draftState(ctx, tx, await keep(tx, row, content));
  });
}

/** 照此改: the repair the checker offers for one fault. */
export function repair(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  { version, issueId }: { readonly version: number; readonly issueId: string },
): Promise<DraftState> {
  return ctx.db.write(actor, async (tx) => {
    const row = await mineToChange(ctx, tx, actor, key, version);
    const content = repairDraft(row.content, issueId, await surroundings(ctx, tx, key, row.basedOn));
    if (content === null) throw refused('approvals.nothing_to_repair');
    return draftState(ctx, tx, await keep(tx, row, content));
  });
}

/** The designer compared the draft with what came into force since it was begun, and goes on from there. */
export function rebaseDraft(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  seen: { readonly version: number; readonly running: number },
): Promise<DraftState> {
  return ctx.db.write(actor, async (tx) => {
    const row = await mineToChange(ctx, tx, actor, key, seen.version);
    const running = await mustRun(ctx, tx, key);
    if (running.version !== seen.running) throw conflict('approvals.draft_changed');
    await saveWithVersion(tx, DraftTable, row, { basedOn: running.version });
    const based = { ...row, basedOn: running.version, version: row.version + 1 };
    return draftState(ctx, tx, await changeDraft(tx, based, row.content));
  });
}

export function discardDraft(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  version: number,
): Promise<{ ok: true }> {
  return ctx.db.write(actor, async (tx) => {
    await dropDraft(tx, await mineToChange(ctx, tx, actor, key, version));
    recordAct(tx, { action: 'approvals.discard_draft', targetType: 'template', targetId: key });
    return { ok: true };
  });
}

/** The draft as the actor saw it, which they may change from what it is to `content`. */
export async function mineToChange(
  ctx: DesignContext,
  tx: Tx,
  actor: PersonActor,
  key: string,
  version: number,
  content?: DraftContent,
): Promise<DraftRow> {
  const scope = await designScope(tx, actor);
  const row = await loadSeenDraft(tx, key, version);
  const after = content ? { key, group: content.group } : null;
  mustChangeDesign(scope, await runningOf(ctx, tx, key), row.content, after);
  return row;
}

/** Of many saves in a row by one person the record keeps the first of an hour; what is published is recorded whole. */
async function keep(tx: Tx, row: DraftRow, content: DraftContent): Promise<DraftRow> {
  const isSame = row.changedBy === actorId(tx.actor) && tx.now - row.changedAt < HOUR_MS && row.version > 1;
  if (!isSame)
    recordAct(tx, {
      action: 'approvals.change_draft',
      targetType: 'template',
      targetId: row.id,
      after: { basedOn: row.basedOn },
    });
  return changeDraft(tx, row, content);
}
