import type { Context } from 'koa';
import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { RevealRequest } from '../contract.ts';
import { mayAnswer, type CorrectionsOrg } from '../policy.ts';
import { openAsked } from '../sealed.ts';
import { appendEvent, loadCorrection } from '../store.ts';
import type { CorrectionRow } from '../tables.ts';
import { CORRECTION, proofOf, type CorrectionsContext } from './context.ts';

/** Whoever asked, and who owns it now. Unknown and invisible look alike. */
export function mustSee(
  org: CorrectionsOrg,
  actorId: string,
  { personId, owner }: Pick<CorrectionRow, 'personId' | 'owner'>,
): void {
  if (actorId !== personId && !mayAnswer(org, actorId, owner, personId))
    throw notFound('corrections.not_visible');
}

/**
 * The asked value in full. The look and what it was for are in the record, and in the correction's history for the
 * person, before the value leaves (H6); the value is in neither.
 */
export async function revealWanted(
  ctx: CorrectionsContext,
  actor: PersonActor,
  correctionId: string,
  { purpose }: RevealRequest,
): Promise<string> {
  return ctx.db.write(actor, async (tx) => {
    const row = await loadCorrection(tx, correctionId);
    mustSee(await ctx.orgOf(tx), actor.personId, row);
    const { wanted } = openAsked(ctx.vault, row);
    if (wanted === null) throw notFound('corrections.erased');
    if (actor.personId !== row.personId)
      appendEvent(tx, row.id, actor, { kind: 'revealed', owner: row.owner, note: purpose });
    recordAct(tx, {
      action: 'corrections.reveal',
      targetType: CORRECTION,
      targetId: row.id,
      after: { field: row.field, purpose },
    });
    return wanted;
  });
}

/** A proof shows what the masked value hides, so somebody else's look at it is written down like one. */
export async function sendProof(
  ctx: CorrectionsContext,
  actor: PersonActor,
  http: Context,
  { correctionId, fileId }: { readonly correctionId: string; readonly fileId: string },
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const row = await loadCorrection(tx, correctionId);
    mustSee(await ctx.orgOf(tx), actor.personId, row);
    const known = await ctx.files.ofOwner(tx, proofOf(correctionId));
    if (!known.some((file) => file.fileId === fileId)) throw notFound('corrections.not_visible');
    if (actor.personId === row.personId) return;
    appendEvent(tx, row.id, actor, { kind: 'proofRead', owner: row.owner, note: null });
    recordAct(tx, {
      action: 'corrections.read_proof',
      targetType: CORRECTION,
      targetId: row.id,
      after: { field: row.field, fileId },
    });
  });
  await ctx.files.send(http, fileId, proofOf(correctionId));
}
