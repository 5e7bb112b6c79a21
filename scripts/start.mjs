#!/usr/bin/env node
// `npm start`: build if the sources changed, then run the server in this same process, so that signals reach it.
import module from 'node:module';
import { ROOT } from './build-stamp.mjs';
import { ensureBuilt } from './build.mjs';

stopWithNpm();
process.chdir(ROOT);
process.env.NODE_ENV ??= 'production';
try {
  await ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// Node 22 and later keep compiled code between starts.
module.enableCompileCache?.();
await import('../dist/server/main.js');

/**
 * `npm start` runs us through a shell, and SIGTERM to npm ends the shell without reaching us. When the shell goes,
 * we take it as the signal, so that the server still finishes what it has accepted.
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
}
