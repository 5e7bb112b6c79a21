import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentHash, type BlobStore } from './blob-store.ts';
import { createFolderStore } from './folder-store.ts';
import { createS3Store } from './s3-store.ts';
import { startS3Server, type S3Server } from './testing/s3-server.ts';

let folder: string;
let s3: S3Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  s3 = await startS3Server();
});
afterEach(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

const stores: [string, () => BlobStore][] = [
  ['a folder', () => createFolderStore(folder)],
  ['an S3-compatible store', () => createS3Store(s3.settings)],
];
const BYTES = Buffer.from('诊断证明 \0\r\n'.repeat(5000));

describe.each(stores)('attachments in %s', (_name, open) => {
  it('come back byte for byte under the hash of their content, and again when put twice', async () => {
    const store = open();
    const hash = await store.put(BYTES);
    expect(hash).toBe(contentHash(BYTES));
    expect(await store.put(BYTES)).toBe(hash);
    const { stream, size } = await store.open(hash);
    expect(size).toBe(BYTES.length);
    expect((await buffer(stream)).equals(BYTES)).toBe(true);
    expect(await store.has(hash)).toBe(true);
  });

  it('are gone when removed; removing what is not there is harmless, opening it is not', async () => {
    const store = open();
    const hash = await store.put(BYTES);
    await store.remove(hash);
    await store.remove(hash);
    expect(await store.has(hash)).toBe(false);
    await expect(store.open(hash)).rejects.toThrow();
  });

  it('a name that is no hash reaches nothing', async () => {
    const store = open();
    for (const name of ['../keys.json', '', 'A'.repeat(64)]) {
      await expect(async () => store.open(name)).rejects.toThrow('not a content hash');
      await expect(async () => store.remove(name)).rejects.toThrow('not a content hash');
      await expect(async () => store.has(name)).rejects.toThrow('not a content hash');
    }
  });
});

describe('an S3-compatible store', () => {
  it('is asked again when it is busy, and given up when it stays so', async () => {
    const store = createS3Store(s3.settings);
    s3.busy = [503, 429];
    const hash = await store.put(BYTES);
    expect(s3.objects.get(`/steward/${hash.slice(0, 2)}/${hash}`)?.equals(BYTES)).toBe(true);
    s3.busy = [500, 500, 500, 500];
    await expect(store.has(hash)).rejects.toThrow('HEAD with 500');
  });

  it('gives the bytes as slowly as they come once the store has answered', async () => {
    const store = createS3Store(s3.settings);
    const hash = await store.put(BYTES);
    let goOn: () => void = () => undefined;
    s3.pause = new Promise((resolve) => (goOn = resolve));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { stream } = await store.open(hash);
      const reading = buffer(stream);
      vi.advanceTimersByTime(120_000);
      goOn();
      expect((await reading).equals(BYTES)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses wrong keys, and the refusal names none', async () => {
    const store = createS3Store({ ...s3.settings, secretKey: 'another' });
    const failure = await store.put(BYTES).catch((error: unknown) => String(error));
    expect(failure).toBe('Error: the file store answered PUT with 403');
    expect(s3.objects.size).toBe(0);
  });
});
