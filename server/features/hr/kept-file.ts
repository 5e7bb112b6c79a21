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
  const { stream } = await blobs.open(fileKey);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.from(vault.open(PURPOSE, Buffer.concat(parts).toString()), 'base64');
}
