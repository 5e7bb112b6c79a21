import { systemActor } from '../../../../kernel/actor.ts';
import type { Db } from '../../../../platform/db/unit-of-work.ts';
import type { BlobStore } from '../../../../platform/files/index.ts';
import { PartTable } from './tables.ts';

interface Stores {
  readonly ctx: { readonly db: Db };
  readonly blobs: Pick<BlobStore, 'open' | 'remove'>;
}

const partsOf = ({ ctx }: Stores, packageId: string) =>
  ctx.db.read((reads) =>
    reads.em.getRepository(PartTable).find({ where: { packageId }, order: { seq: 'ASC' } }),
  );

/** The rows first: bytes without a row are asked for by nobody, a row without bytes would be. */
export async function dropParts(stores: Stores, packageId: string): Promise<void> {
  const parts = await partsOf(stores, packageId);
  if (parts.length === 0) return;
  await stores.ctx.db.write(systemActor('approvals:package'), (tx) =>
    tx.em.query('delete from approval_package_part where packageId = ?', [packageId]),
  );
  for (const { contentHash } of parts) await stores.blobs.remove(contentHash);
}

/** One part after the other, each opened when the one before is through. */
export async function* bytesOfParts(stores: Stores, packageId: string): AsyncGenerator<Uint8Array> {
  for (const { contentHash } of await partsOf(stores, packageId)) {
    const { stream } = await stores.blobs.open(contentHash);
    for await (const piece of stream) yield piece as Uint8Array;
  }
}
