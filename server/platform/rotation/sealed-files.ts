import type { BlobStore } from '../files/index.ts';
import type { Reads, Tx } from '../db/unit-of-work.ts';

/** Sealed bytes in the file store, as the room that keeps them tells of them. */
export interface SealedFiles {
  /** As an operator reads it: `hr_batch.fileKey`. */
  readonly name: string;
  readonly purpose: string;
  /** The next ones after `afterId` ('' at first), in order of id. */
  page(reads: Reads, afterId: string, limit: number): Promise<readonly SealedFile[]>;
  /** Point the row at other bytes if it still points at these. */
  replace(tx: Tx, id: string, from: string, to: string): Promise<boolean>;
}

export interface SealedFile {
  readonly id: string;
  readonly fileKey: string;
}

/** The sealed text of a file. @throws when the bytes are gone */
export async function openSealedFile(blobs: Pick<BlobStore, 'open'>, fileKey: string): Promise<string> {
  const { stream } = await blobs.open(fileKey);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const HEAD = 'v1.00000000.'.length;

/** Under which key a file is sealed, from its first bytes; null when they are gone. */
export async function keyIdOfFile(blobs: Pick<BlobStore, 'open'>, fileKey: string): Promise<string | null> {
  const opened = await blobs.open(fileKey).catch(() => null);
  if (opened === null) return null;
  let head = '';
  for await (const part of opened.stream) {
    head += (part as Buffer).toString('latin1');
    if (head.length >= HEAD) break;
  }
  return head.split('.')[1] ?? '';
}

/** Every sealed file of a list, page by page. */
export async function* everyFile(
  files: SealedFiles,
  read: <T>(work: (reads: Reads) => Promise<T>) => Promise<T>,
): AsyncGenerator<SealedFile> {
  const PAGE = 200;
  let after = '';
  for (;;) {
    const from = after;
    const page = await read((reads) => files.page(reads, from, PAGE));
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
