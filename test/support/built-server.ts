import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const BUILT = 'test/.tmp/built';

const STALE_MS = 120_000;

/** Compile the server as the build does, into a folder of the tests; quick when nothing changed. */
export async function buildServer(): Promise<string> {
  await alone(compile);
  return join(BUILT, 'server', 'main.js');
}

/** The files of tests run side by side, and share the folder. */
async function alone(work: () => Promise<void>): Promise<void> {
  const lock = `${BUILT}.lock`;
  while (!taken(lock)) await new Promise((resolve) => setTimeout(resolve, 100));
  await work().finally(() => rmSync(lock, { recursive: true, force: true }));
}

function taken(lock: string): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    mkdirSync(lock);
    return true;
  } catch {
    const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
    if (Date.now() - mtimeMs > STALE_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

async function compile(): Promise<void> {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const memory = join(BUILT, '.tsbuildinfo');
  await promisify(execFile)(process.execPath, [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    BUILT,
    '--tsBuildInfoFile',
    memory,
  ]);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Running {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  /** Exit code, or the signal it died of. */
  readonly ended: Promise<number | string>;
}

/** Start a built entry point with this environment and nothing of ours. */
export function run(
  entry: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  return { child, output, ended };
}

/** Resolves when the server says it is ready. @throws with its own words when it ends before */
export async function untilReady(url: string, { ended, output }: Running): Promise<void> {
  let over: number | string | null = null;
  void ended.then((how) => (over = how));
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    if (over !== null) throw new Error(`ended with ${String(over)}: ${output.err}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
