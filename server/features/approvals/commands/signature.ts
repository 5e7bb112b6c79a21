/**
 * Signatures: pictures their signers have just uploaded, each bound by its hash to one decision, or to the form as it is
 * handed in or changed.
 */
import type { PersonActor } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { pictureOf } from '../../../platform/files/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { GivenSignature } from '../contract.ts';
import type { Decision } from '../model/events.ts';
import type { Signature } from '../model/tasks.ts';
import type { ApprovalsContext } from './deps.ts';

/** In bytes; strokes on white take a tenth of it. */
const MAX_BYTES = 200 * 1024;
/** What a reader's device unpacks them to; a pad on a screen of three pixels a point takes a quarter of it. */
const MAX_PIXELS = 4_000_000;

/** By file: those that were looked at and are pictures a signature may be. */
export type Pictures = ReadonlySet<string>;

/**
 * Before the unit of work: the bytes may lie in a store across the network. A file that is no more this person's to give
 * is left to the unit of work, which may find the act done already.
 * @throws `approvals.signature_bad`
 */
export async function picturesOf(
  { db, files }: ApprovalsContext,
  actor: PersonActor,
  given: readonly (GivenSignature | null | undefined)[],
): Promise<Pictures> {
  const asked = [...new Set(given.flatMap((one) => one?.fileId ?? []))];
  const own = await db.read((reads) =>
    Promise.all(asked.map((fileId) => files.brief(reads, fileId, actor.personId))),
  );
  const good = new Set<string>();
  for (const file of own) {
    if (file === null) continue;
    // Told by its size before it is read: uploads may be a hundred times larger.
    const bytes = file.size <= MAX_BYTES ? await files.bytesOfOwn(file.fileId, actor.personId) : BAD;
    if (bytes === null) continue;
    if (!isSignature(bytes)) throw refused('approvals.signature_bad');
    good.add(file.fileId);
  }
  return good;
}

const BAD = Buffer.alloc(0);

function isSignature(bytes: Buffer): boolean {
  const picture = pictureOf(bytes);
  if (picture?.type !== 'image/png') return false;
  const pixels = picture.width * picture.height;
  return pixels > 0 && pixels <= MAX_PIXELS;
}

/** @throws `approvals.file_gone`, `approvals.signature_used` */
export async function signatureFrom(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  { fileId, how }: GivenSignature,
  pictures: Pictures,
): Promise<Signature> {
  const file = await ctx.files.brief(reads, fileId, actor.personId);
  if (file === null || !pictures.has(fileId)) throw refused('approvals.file_gone');
  // Taken from another's page and sent as one's own, or kept from the last time.
  if (await ctx.files.isTaken(reads, fileId)) throw refused('approvals.signature_used');
  return { fileId, how, hash: await ctx.files.hashOf(reads, fileId) };
}

/** The picture belongs to the request from the moment its decision holds; a late act leaves it to the sweep. */
export async function signed(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  { given, pictures }: { readonly given: GivenSignature | undefined; readonly pictures: Pictures },
  act: (signature: Signature | undefined) => Promise<Decision>,
): Promise<Decision> {
  const signature = given && (await signatureFrom(ctx, tx, actor, given, pictures));
  const decision = await act(signature);
  if (signature !== undefined && decision.outcome === 'done')
    await ctx.files.attach(tx, [signature.fileId], decision.state.instanceId);
  return decision;
}
