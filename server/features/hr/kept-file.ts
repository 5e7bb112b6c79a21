import { base64Bytes } from '../../platform/base64-pieces.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { SealedFiles } from '../../platform/rotation/index.ts';
import { contentHash } from '../../platform/files/index.ts';
import type { HrContext } from './deps.ts';

const PURPOSE = 'hr.file';

export interface KeptFile {
  /** SHA-256 of the file as it came. */
  readonly fileHash: string | null;
  /** Where its sealed bytes lie in the file store. */
  readonly fileKey: string | null;
}

export const NO_FILE: KeptFile = { fileHash: null, fileKey: null };

type Store = Pick<HrContext, 'blobs' | 'vault'>;

/** A sheet holds ID numbers and mobiles of everybody: it goes sealed into the file store (rule H6). */
export async function keepFile({ blobs, vault }: Store, bytes: Buffer): Promise<KeptFile> {
  const fileKey = await blobs.put(Buffer.from(vault.seal(PURPOSE, bytes.toString('base64'))));
  return { fileHash: contentHash(bytes), fileKey };
}

/**
 * Piece by piece: the copies of a sheet of 100,000 rows on its way from sealed to open are 100 MB together.
 * @throws when the bytes are gone or were changed
 */
export async function openFile({ blobs, vault }: Store, fileKey: string): Promise<Buffer> {
  const { stream } = await blobs.open(fileKey);
  const texts = await vault
    .openPieces(PURPOSE, stream as AsyncIterable<Buffer>)
    .finally(() => stream.destroy());
  const file = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + text.length, 0));
  let length = 0;
  for await (const bytes of base64Bytes(texts)) length += bytes.copy(file, length);
  return file.subarray(0, length);
}

/** The files of all statements, for whoever seals them with another key. */
export const sealedHrFiles: SealedFiles = {
  name: 'hr_batch.fileKey',
  purpose: PURPOSE,
  page: (reads, afterId, limit) =>
    reads.em.query<{ id: string; fileKey: string }[]>(
      'select id, fileKey from hr_batch where fileKey is not null and id > ? order by id limit ?',
      [afterId, limit],
    ),
  replace: async (tx, id, from, to) =>
    (await updateCount(tx.em, 'update hr_batch set fileKey = ? where id = ? and fileKey = ?', [
      to,
      id,
      from,
    ])) === 1,
};
