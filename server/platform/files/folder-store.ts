import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../../kernel/id.ts';
import { contentHash, placeOf, type BlobStore } from './blob-store.ts';

/** Files in a local folder, or one that all instances share. */
export function createFolderStore(folder: string): BlobStore {
  const pathOf = (hash: string): string => join(folder, placeOf(hash));
  return {
    async put(bytes) {
      const hash = contentHash(bytes);
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
    async has(hash) {
      const path = pathOf(hash);
      return stat(path).then(
        () => true,
        () => false,
      );
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}
