import type { PersonActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { RaiseRequest } from '../contract.ts';
import { checkWanted } from '../fields.ts';
import { OWNER_OF } from '../owner.ts';
import { sealAsked } from '../sealed.ts';
import { appendEvent, insertCorrection, openKeyOf } from '../store.ts';
import type { CorrectionRow } from '../tables.ts';
import { askOwner } from './clock.ts';
import { CORRECTION, proofOf, type CorrectionsContext } from './context.ts';

/**
 * S1-2e, S2-15c: one's own record is wrong or lacks something, and it goes to whoever owns that field, with a clock.
 * @throws `corrections.open_already`: one of a field at a time
 */
export async function raiseCorrection(
  ctx: CorrectionsContext,
  actor: PersonActor,
  { field, wanted, reason, fileIds }: RaiseRequest,
): Promise<string> {
  checkWanted(field, wanted, reason);
  return ctx.db.write(actor, async (tx) => {
    const owner = OWNER_OF[field];
    const { personId } = actor;
    const row: CorrectionRow = {
      id: newId(),
      personId,
      field,
      owner,
      state: 'open',
      openKey: openKeyOf({ personId, field }),
      ...sealAsked(ctx.vault, wanted, reason),
      raisedAt: tx.now,
      sentOnAt: null,
      endedAt: null,
      endedBy: null,
      answer: null,
      version: 1,
    };
    await insertCorrection(tx, row);
    await ctx.files.claim(tx, fileIds, proofOf(row.id));
    appendEvent(tx, row.id, actor, { kind: 'raised', owner, note: null });
    askOwner(ctx, tx, await ctx.orgOf(tx), row, owner);
    recordAct(tx, {
      action: 'corrections.raise',
      targetType: CORRECTION,
      targetId: row.id,
      after: { field, owner, files: fileIds.length },
    });
    return row.id;
  });
}
