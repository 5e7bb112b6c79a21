import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Advice } from '../command-line.ts';

export const DATABASE = 'steward.db';
export const FILES = 'files';
/** Beside the database: keys of sealed columns and sessions, and the heads of the audit chain. */
export const BESIDE = ['keys.json', 'audit-heads.jsonl'] as const;

const Manifest = z.object({
  product: z.literal('wecom-steward'),
  madeAt: z.string(),
  /** Null when the database is not SQLite: its dump is made by the database's own tool. */
  databaseSha256: z.string().nullable(),
});
export type Manifest = z.infer<typeof Manifest>;

export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new Advice(`${folder} is not a backup: it has no manifest.json.`);
  return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
