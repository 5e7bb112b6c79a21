/** Letters and proofs: whose they are, and who may have them. */
import type { Context } from 'koa';
import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { RequestState } from '../model.ts';
import * as policy from '../policy.ts';
import { isSecret } from '../secret.ts';
import { loadRequest } from '../store.ts';
import { type AccountsContext, type FileOwner, policyOf, viewerOf } from './context.ts';

/** Apart from proofs, so that nobody attaches the letter of another request as a proof of theirs and reads it. */
export const letterOwner = (requestId: string): FileOwner => ({ type: 'account_letter_file', id: requestId });

/** One paper instructs about many cases. */
export const instructionOwner = (fileId: string): FileOwner => ({
  type: 'account_instruction_file',
  id: fileId,
});

/** One file proves many rows of an exchange file. */
export const proofOwner = (fileId: string): FileOwner => ({ type: 'account_proof_file', id: fileId });

/**
 * A letter of a request to whoever may see the request, a proof to IT and HR. H5: the letter of a lock may say why, so
 * it is for named roles.
 */
export async function sendRequestFile(
  ctx: AccountsContext,
  actor: PersonActor,
  http: Context,
  { requestId, fileId }: { readonly requestId: string; readonly fileId: string },
): Promise<void> {
  const owner = await ctx.db.read(async (reads) => {
    const { state } = await loadRequest(reads, requestId);
    const org = await ctx.orgOf(reads);
    const viewer = viewerOf(org, actor.personId);
    const context = policyOf(ctx, org);
    const mayKnow = policy.mayReadReason(viewer, state.personId, context);
    if (!isSecret(state.kind) || !mayKnow) policy.mustSee(viewer, state, context);
    const isProof = state.items.some(({ proof }) => proof?.fileId === fileId);
    if (isProof && policy.mayReadProofFile(viewer, context)) return proofOwner(fileId);
    if ((isSecret(state.kind) && !mayKnow) || !lettersOf(state).includes(fileId))
      throw notFound('accounts.not_visible');
    return letterOwner(requestId);
  });
  await ctx.sendFile(http, fileId, owner);
}

/** Letters of the senders, and of a side that is none of our units. */
export function lettersOf({ senders, form }: RequestState): string[] {
  const host = 'hostLetter' in form ? (form.hostLetter?.fileId ?? null) : null;
  return [...senders.map(({ letter }) => letter?.fileId ?? null), host].flatMap((id) => id ?? []);
}
