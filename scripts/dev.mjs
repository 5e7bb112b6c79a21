#!/usr/bin/env node
// `npm run dev`: compile server and webapp on every change and restart the server. Nothing is compressed or stamped.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { DIST, ROOT } from './build-stamp.mjs';
import { ensureBuilt, toolPath } from './build.mjs';

/** One save writes many files; the server starts again when they have been quiet for this long. */
const QUIET_MS = 300;
const STOP_WITHIN_MS = 10_000;

process.chdir(ROOT);
try {
  await ensureBuilt();
} catch (error) {
  // The watchers tell again, and again after each save.
  console.error(error.message);
}

const run = (command, args) =>
  spawn(process.execPath, [command, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' },
  });
const watchers = [
  run(toolPath('typescript', 'tsc'), ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput']),
  run(toolPath('vite', 'vite'), ['build', 'webapp', '--watch', '--logLevel', 'warn']),
];

let server = null;
let restarting = false;
let wanted = false;

/** Changes that come while the old server stops are covered by the same restart. */
async function restart() {
  wanted = true;
  if (restarting) return;
  restarting = true;
  while (wanted) {
    wanted = false;
    await stopServer();
    server = run('dist/server/main.js', []);
  }
  restarting = false;
}

function stopServer() {
  const old = server;
  if (!old || old.exitCode !== null || old.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => old.kill('SIGKILL'), STOP_WITHIN_MS);
    old.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    old.kill('SIGTERM');
  });
}

let timer;
const onChange = (_event, name) => {
  if (name !== null && !/\.(js|html|css|json)$/.test(name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => void restart(), QUIET_MS);
};
for (const folder of ['server', 'scripts', 'webapp'])
  watch(join(DIST, folder), { recursive: true }, onChange);
void restart();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.kill();
    await stopServer();
    process.exit(0);
  });
}
