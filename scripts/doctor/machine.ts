import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { attention, fault, fine, type Finding } from './finding.ts';

const MIN_NODE = [20, 19] as const;
const LOW_SPACE = 1024 ** 3;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]))
    return fault(`Node ${version}`, `install Node ${MIN_NODE.join('.')} or newer`);
  if (major < 22)
    return attention(
      `Node ${version}`,
      'Node 20 gets no security fixes since April 2026: plan for 22 or newer',
    );
  return fine(`Node ${version}`);
}

/** Attachments, keys, the daily audit head and an embedded database live here. */
export async function checkDataDir(folder: string): Promise<Finding> {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.doctor-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return fault(
      `Data folder ${folder} cannot be written (${code})`,
      'give the user that runs the server this folder, or set DATA_DIR',
    );
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  if (free < LOW_SPACE)
    return attention(
      `Data folder ${folder}: ${gigabytes} GB free`,
      'make room: attachments and the database grow',
    );
  return fine(`Data folder ${folder}: writable, ${gigabytes} GB free`);
}
