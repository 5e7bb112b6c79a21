import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, median, report, round } from './support/figures.ts';
import { freePort } from './support/ports.ts';
import { ROOT } from './support/product.ts';

// From a fresh clone to a page that answers, and a second start on its own. Warm npm cache: npm ci has run before.
const RUNS = Number(process.env.RUNS ?? 3);
const GIVE_UP_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'steward-clone-'));
const clones: number[] = [];
const starts: number[] = [];
try {
  for (let run = 0; run < RUNS; run += 1) {
    const checkout = join(folder, `run-${run}`);
    const began = performance.now();
    must(spawnSync('git', ['clone', '-q', ROOT, checkout], { encoding: 'utf8' }));
    must(spawnSync('npm', ['ci', '--silent'], { cwd: checkout, encoding: 'utf8' }));
    await startedAndStopped(checkout);
    clones.push((performance.now() - began) / 1000);
    const second = performance.now();
    await startedAndStopped(checkout, () => starts.push((performance.now() - second) / 1000));
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 40, retryDelay: 250 });
}
report(
  'fresh-clone',
  { cloneSeconds: clones.map((s) => round(s)), startSeconds: starts.map((s) => round(s)) },
  [
    atMost('fresh clone, npm ci, npm start until the H5 is ready (s)', median(clones), 60),
    atMost('npm start alone until the H5 is ready (s)', median(starts), 3),
  ],
);

function must({ status, stderr }: { status: number | null; stderr: string }): void {
  if (status !== 0) throw new Error(stderr);
}

async function startedAndStopped(checkout: string, onReady: () => void = () => undefined): Promise<void> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const child = spawn('npm', ['start', '--silent'], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), SANDBOX_PORT: String(sandboxPort) },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilPage(`http://127.0.0.1:${port}`, child);
  onReady();
  child.kill('SIGTERM');
  await gone;
  // npm goes first; the server it started finishes what it accepted and frees the port.
  for (let tries = 0; tries < 200 && (await answers(`http://127.0.0.1:${port}/healthz`)); tries += 1)
    await pause(50);
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function untilPage(url: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + GIVE_UP_MS; Date.now() < until; await pause(20)) {
    if (child.exitCode !== null) break;
    if ((await answers(`${url}/readyz`)) && (await answers(`${url}/`))) return;
  }
  throw new Error(`${url} did not get ready`);
}
