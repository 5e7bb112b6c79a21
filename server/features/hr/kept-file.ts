import { updateCount } from '../../platform/db/rows.ts';
import { openSealedFile, type SealedFiles } from '../../platform/rotation/index.ts';
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

/** @throws when the bytes are gone or were changed */
export async function openFile({ blobs, vault }: Store, fileKey: string): Promise<Buffer> {
  return Buffer.from(vault.open(PURPOSE, await openSealedFile(blobs, fileKey)), 'base64');
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
