/** A signature given with a decision: a picture its signer has just uploaded, bound to the decision by its hash. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { type FileBrief, pictureOf } from '../../../platform/files/index.ts';
import type { SignatureRequest } from '../contract.ts';
import type { Decision, Signature } from '../model.ts';
import type { ApprovalsContext } from './deps.ts';

/** In bytes; strokes on white take a tenth of it. */
const SIGNATURE_MAX = 200 * 1024;
/** Pixels a side. 200 kB can unfold to gigabytes where the picture is shown, printed or checked. */
const LONGEST_SIDE = 4_000;

/**
 * Before the unit of work: the bytes may lie in another building. What is not theirs any more the act itself answers.
 * @throws `approvals.signature_bad`, `approvals.signature_large`
 */
export async function mustBeInk(
  ctx: ApprovalsContext,
  { personId }: PersonActor,
  given: SignatureRequest | undefined,
): Promise<void> {
  if (given === undefined) return;
  const file = await ctx.db.read((reads) => ctx.files.brief(reads, given.fileId, personId));
  if (file === null) return;
  mustBePng(file);
  const bytes = await ctx.files.bytesOf(given.fileId, personId);
  const picture = bytes && pictureOf(bytes);
  if (bytes !== null && picture?.type !== 'image/png') throw refused('approvals.signature_bad');
  if (picture && Math.max(picture.width, picture.height) > LONGEST_SIDE)
    throw refused('approvals.signature_large', { most: LONGEST_SIDE });
}

function mustBePng({ type, size }: FileBrief): void {
  if (type !== 'image/png' || size > SIGNATURE_MAX) throw refused('approvals.signature_bad');
}

/** @throws `approvals.file_gone`, `approvals.signature_bad` */
async function signatureFrom(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  given: SignatureRequest | undefined,
): Promise<Signature | undefined> {
  if (given === undefined) return undefined;
  const { fileId, how } = given;
  const file = await ctx.files.brief(reads, fileId, actor.personId);
  if (file === null) throw refused('approvals.file_gone');
  mustBePng(file);
  return { fileId, how, hash: await ctx.files.hashOf(reads, fileId) };
}

/** The picture belongs to the request from the moment its decision holds; a late act leaves it to the sweep. */
export async function signed(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  given: SignatureRequest | undefined,
  act: (signature: Signature | undefined) => Promise<Decision>,
): Promise<Decision> {
  const signature = await signatureFrom(ctx, tx, actor, given);
  const decision = await act(signature);
  if (signature !== undefined && decision.outcome === 'done')
    await ctx.files.attach(tx, [signature.fileId], decision.state.instanceId);
  return decision;
}
