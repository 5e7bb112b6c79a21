import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What somebody outside does with a package: unpack, run the program that came along. */
export async function checkPackage(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly ok: boolean; readonly said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  try {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    return await run(process.execPath, [join(folder, 'check.mjs'), folder]).then(
      ({ stdout }) => ({ ok: true, said: stdout }),
      (error: { stdout?: string }) => ({ ok: false, said: error.stdout ?? '' }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
