import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../../kernel/id.ts';

/** Bytes by their SHA-256. A local folder now; an S3-compatible store fits behind the same four verbs. */
export interface BlobStore {
  /** Resolves once the bytes are safe. Putting the same bytes again is harmless. */
  put(bytes: Buffer): Promise<string>;
  /** @throws when the bytes are gone. */
  open(hash: string): Promise<{ stream: Readable; size: number }>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;

export function createFolderStore(folder: string): BlobStore {
  const pathOf = (hash: string): string => {
    if (!HASH.test(hash)) throw new Error('not a content hash');
    return join(folder, hash.slice(0, 2), hash);
  };
  return {
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(hash);
      await mkdir(dirname(path), { recursive: true });
      // Written aside and renamed, so that a crash never leaves half a file under a true name.
      const aside = `${path}.${newId()}`;
      await writeFile(aside, bytes, { flush: true });
      await rename(aside, path);
      return hash;
    },
    async open(hash) {
      const path = pathOf(hash);
      const { size } = await stat(path);
      return { stream: createReadStream(path), size };
    },
    has: (hash) =>
      stat(pathOf(hash)).then(
        () => true,
        () => false,
      ),
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}
