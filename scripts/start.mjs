#!/usr/bin/env node
// `npm start`: build if the sources changed, then run the server in this same process, so that signals reach it.
import module from 'node:module';
import { ROOT } from './build-stamp.mjs';
import { ensureBuilt } from './build.mjs';

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
