/** Checking a package: see `scripts/package-verify.ts`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CHECK_SCRIPT } from '../../server/features/approvals/index.ts';
import type { Db, Reads } from '../../server/platform/db/unit-of-work.ts';
import { readZip } from '../../server/platform/zip/index.ts';

class UnsafePath extends Error {}

const Audit = z.object({
  parts: z.array(
    z.object({ fromSeq: z.number(), untilSeq: z.number(), prevHash: z.string(), hash: z.string() }),
  ),
});
const Manifest = z.object({ number: z.string(), instanceId: z.string() });

type Say = (words: string) => void;
type Files = ReadonlyMap<string, Uint8Array>;

/** Folders of cases by their path: '' for the package of one. */
function foldersOf(files: Files): ReadonlyMap<string, Files> {
  const folders = new Map<string, Map<string, Uint8Array>>();
  const roots = [...files.keys()]
    .filter((path) => /(?:^|\/)manifest\.json$/.test(path))
    .map((path) => path.slice(0, -'manifest.json'.length));
  for (const root of roots) folders.set(root, new Map());
  for (const [path, bytes] of files) {
    const root = roots.find((one) => path.startsWith(one));
    if (root !== undefined) folders.get(root)?.set(path.slice(root.length), bytes);
  }
  return folders;
}

/** Unpacked beside, never over anything, and run with our own copy of the program. */
async function checkFiles(files: Files, say: Say): Promise<boolean> {
  const beside = await mkdtemp(join(tmpdir(), 'steward-package-'));
  const folder = join(beside, 'case');
  try {
    for (const [path, bytes] of files) {
      if (path.split('/').includes('..') || path.startsWith('/')) throw new UnsafePath(path);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const program = join(beside, 'check.mjs');
    await writeFile(program, CHECK_SCRIPT);
    const { status, stdout } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
    say(stdout.trimEnd());
    return status === 0;
  } catch (error) {
    if (!(error instanceof UnsafePath)) throw error;
    say(`✗ unsafe path in it: ${error.message}`);
    return false;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

const parsed = <T>(schema: z.ZodType<T>, files: Files, path: string): T =>
  schema.parse(JSON.parse(Buffer.from(files.get(path) ?? []).toString('utf8')));

/** Heads of its parts stand in our chain, and its manifest in the record of its export. */
async function compare(reads: Reads, files: Files): Promise<string[]> {
  const faults: string[] = [];
  for (const part of parsed(Audit, files, 'audit.json').parts) {
    const rows = await reads.em.query<{ seq: number | string; hash: string; prevHash: string }[]>(
      'select seq, hash, prevHash from audit_entry where seq in (?, ?)',
      [part.fromSeq, part.untilSeq],
    );
    const first = rows.find(({ seq }) => Number(seq) === part.fromSeq);
    const last = rows.find(({ seq }) => Number(seq) === part.untilSeq);
    if (first?.prevHash !== part.prevHash || last?.hash !== part.hash)
      faults.push(`its entries ${part.fromSeq} to ${part.untilSeq} are not those of this record`);
  }
  const { instanceId } = parsed(Manifest, files, 'manifest.json');
  const hash = createHash('sha256')
    .update(files.get('manifest.json') ?? '')
    .digest('hex');
  const exports = await reads.em.query<{ after: string }[]>(
    `select after from audit_entry where targetType = 'approval' and targetId = ? and action = 'approvals.export_package'`,
    [instanceId],
  );
  if (!exports.some(({ after }) => after.includes(hash)))
    faults.push('no export of this very content is on the record');
  return faults;
}

/** @returns what is wrong, nothing when all is as it should be; null: it is no package of ours */
export async function verifyPackage(db: Db, packed: Uint8Array, say: Say): Promise<readonly string[] | null> {
  const folders = foldersOf(readZip(packed));
  if (folders.size === 0) return null;
  const faults: string[] = [];
  for (const [path, files] of folders) {
    const found = (await checkFiles(files, say))
      ? await db.read((reads) => compare(reads, files))
      : ['it is not whole'];
    faults.push(...found.map((words) => `${path}${words}`));
  }
  return faults;
}
