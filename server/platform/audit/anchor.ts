import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Db } from '../db/unit-of-work.ts';
import type { Anchor } from './chain.ts';
import { AuditHeadTable } from './tables.ts';

const line = z.object({ at: z.number(), seq: z.number(), hash: z.string() });

/**
 * Append today's head to a file outside the database, one JSON line a day. Whoever keeps a copy of this file
 * elsewhere can prove that nobody cut or rewrote the record afterwards.
 */
export async function writeAnchor(db: Db, file: string, at: number): Promise<void> {
  const head = await db.read((r) => r.em.getRepository(AuditHeadTable).findOneBy({ id: 'head' }));
  if (!head) return;
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify({ at, seq: head.seq, hash: head.hash })}\n`);
}

/** @throws when a line is not an anchor: a damaged proof is not skipped. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => line.parse(JSON.parse(row)));
}
