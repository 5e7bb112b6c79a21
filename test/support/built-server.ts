import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const BUILT = 'test/.tmp/built';

/** Compile the server as the build does, into a folder of the tests; quick when nothing changed. */
export async function buildServer(): Promise<string> {
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
  return join(BUILT, 'server', 'main.js');
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
export function run(entry: string, env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [entry], {
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
