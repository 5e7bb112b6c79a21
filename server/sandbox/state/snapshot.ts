import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Data } from './data.ts';

const VERSION = 1;

/** JSON with Maps and Buffers; the two shapes never occur as plain values in the state. */
export function toJson(data: Data): string {
  return JSON.stringify({ version: VERSION, data }, function (this: Record<string, unknown>, key, value) {
    // Buffer has a toJSON of its own, so the original is looked up on the holder.
    const original = this[key];
    if (original instanceof Map) return { $map: [...original] };
    if (Buffer.isBuffer(original)) return { $bytes: original.toString('base64') };
    return value as unknown;
  });
}

/** null when the text is not a snapshot of this version. */
export function fromJson(text: string): Data | null {
  const parsed = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$map' in value) return new Map(value.$map as [unknown, unknown][]);
    if ('$bytes' in value) return Buffer.from(String(value.$bytes), 'base64');
    return value;
  }) as { version?: number; data?: Data };
  return parsed.version === VERSION && parsed.data !== undefined ? parsed.data : null;
}

/** null when there is none or it cannot be read: the sandbox then starts empty. */
export function loadSnapshot(path: string): Data | null {
  try {
    return fromJson(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

export interface SnapshotWriter {
  /** Something changed: write soon. */
  touch(): void;
  /** Write now if anything is unwritten. */
  flush(): Promise<void>;
}

/** Writes at most once a second, to a side file that is then renamed, so a crash leaves the old one whole. */
export function snapshotWriter(
  path: string,
  data: () => Data,
  failed: (error: unknown) => void,
): SnapshotWriter {
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, toJson(data()));
    await rename(`${path}.new`, path);
  };
  const enqueue = (): void => {
    timer = null;
    writing = writing.then(write).catch(failed);
  };
  return {
    touch: () => {
      timer ??= setTimeout(enqueue, 1000).unref();
    },
    flush: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        enqueue();
      }
      await writing;
    },
  };
}
