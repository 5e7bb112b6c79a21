import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Bytes by their SHA-256. */
export interface BlobStore {
  /** Resolves once the bytes are safe. Putting the same bytes again is harmless. */
  put(bytes: Buffer): Promise<string>;
  /** @throws when the bytes are gone or the store does not answer. */
  open(hash: string): Promise<{ stream: Readable; size: number }>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
}

export const contentHash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const HASH = /^[0-9a-f]{64}$/;

/** `ab/abcd…`: no folder or listing grows without bound, and no name can leave its place. */
export function placeOf(hash: string): string {
  if (!HASH.test(hash)) throw new Error('not a content hash');
  return `${hash.slice(0, 2)}/${hash}`;
}
