/**
 * Pieces of packages in the store of attachments. Each lies behind random bytes: else whoever uploads a package they took as
 * an attachment would have one place in the store for both, and it would go with the package.
 */
import { randomBytes } from 'node:crypto';
import { systemActor } from '../../../../kernel/actor.ts';
import { newId } from '../../../../kernel/id.ts';
import { insertRows } from '../../../../platform/db/rows.ts';
import type { Db } from '../../../../platform/db/unit-of-work.ts';
import { contentHash, type BlobStore } from '../../../../platform/files/index.ts';
import { PartTable } from './tables.ts';

interface Stores {
  readonly ctx: { readonly db: Db };
  readonly blobs: Pick<BlobStore, 'put' | 'open' | 'remove'>;
}

const actor = systemActor('approvals:package');
const BEFORE = 16;

const partsOf = ({ ctx }: Stores, packageId: string) =>
  ctx.db.read((reads) =>
    reads.em.getRepository(PartTable).find({ where: { packageId }, order: { seq: 'ASC' } }),
  );

/** The row first: bytes that no row points at would stay for ever. */
export async function keepPart(
  { ctx, blobs }: Stores,
  packageId: string,
  seq: number,
  pieces: readonly Uint8Array[],
): Promise<void> {
  const bytes = Buffer.concat([randomBytes(BEFORE), ...pieces]);
  const part = { id: newId(), packageId, seq, contentHash: contentHash(bytes) };
  await ctx.db.write(actor, (tx) => insertRows(tx, PartTable, [part]));
  await blobs.put(bytes);
}

/** The bytes first, for the same reason: cut off between, the rows are met again. */
export async function dropParts(stores: Stores, packageId: string): Promise<void> {
  const parts = await partsOf(stores, packageId);
  if (parts.length === 0) return;
  for (const part of parts) await stores.blobs.remove(part.contentHash);
  await stores.ctx.db.write(actor, (tx) =>
    tx.em.query('delete from approval_package_part where packageId = ?', [packageId]),
  );
}

/** One part after the other, each opened when the one before is through. */
export async function* bytesOfParts(stores: Stores, packageId: string): AsyncGenerator<Uint8Array> {
  for (const part of await partsOf(stores, packageId)) {
    const { stream } = await stores.blobs.open(part.contentHash);
    let before = BEFORE;
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      if (piece.length > before) yield piece.subarray(before);
      before = Math.max(0, before - piece.length);
    }
  }
}
