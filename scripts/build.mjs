#!/usr/bin/env node
// Builds the server (dist/server, dist/scripts) and the webapp (dist/webapp). Plain Node: needs nothing built.
//   node scripts/build.mjs               build now
//   node scripts/build.mjs --if-needed   build only when the sources differ from what dist/ was built from
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { DIST, isFresh, ROOT, snapshot, STAMP, writeStamp } from './build-stamp.mjs';

const COMPRESSED = new Set('.html .js .css .svg .json .webmanifest .txt .xml .ico .map'.split(' '));
const SMALLEST = 512;

/** Build when needed. @returns {Promise<boolean>} true when it was */
export async function ensureBuilt(say = console.log) {
  if (isFresh()) return false;
  say(existsSync(STAMP) ? 'The sources changed: building …' : 'First start: building (about 10 seconds) …');
  await build();
  return true;
}

/** @throws Error with the compilers' own words */
export async function build() {
  const inputs = snapshot();
  rmSync(STAMP, { force: true });
  dropLeftovers();
  await Promise.all([
    runTool('typescript', 'tsc', ['-p', 'tsconfig.build.json']),
    runTool('vite', 'vite', ['build', 'webapp', '--logLevel', 'warn']),
  ]);
  await compressFolder(join(DIST, 'webapp'));
  writeStamp(inputs);
}

/**
 * Compiled files whose source is gone, so that nothing runs code that no longer exists. When output itself is
 * missing, the compiler's memory goes too: it would not write again what it believes to be there.
 */
function dropLeftovers() {
  for (const folder of ['server', 'scripts', 'test']) {
    for (const file of filesOf(join(DIST, folder))) {
      const source = join(ROOT, file.slice(DIST.length + 1).replace(/\.js(\.map)?$/, '.ts'));
      if (/\.js(\.map)?$/.test(file) && !existsSync(source)) rmSync(file);
    }
  }
  if (!existsSync(join(DIST, 'server/main.js'))) rmSync(join(DIST, '.tsbuildinfo'), { force: true });
}

const filesOf = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** Where a package's command lies, without npx. @throws when the development packages are not installed */
export function toolPath(name, command) {
  const require = createRequire(join(ROOT, 'package.json'));
  try {
    const manifest = join(
      require.resolve.paths(name)?.find((path) => existsSync(join(path, name))) ?? '',
      name,
      'package.json',
    );
    return join(manifest, '..', JSON.parse(readFileSync(manifest, 'utf8')).bin[command]);
  } catch {
    throw new Error(`${name} is not installed: building needs the development packages (npm ci)`);
  }
}

function runTool(name, command, args) {
  const child = spawn(process.execPath, [toolPath(name, command), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${code}):\n${output.trim()}`)),
    );
  });
}

/** Compressed variants beside the files, so that nothing is compressed while somebody waits. */
async function compressFolder(folder) {
  const files = filesOf(folder).filter(
    (file) => COMPRESSED.has(extname(file)) && statSync(file).size > SMALLEST,
  );
  await Promise.all(
    files.map(async (file) => {
      const plain = readFileSync(file);
      // vite.config.ts may have written them already; brotli's default quality is the highest, 11.
      if (!existsSync(`${file}.br`)) writeFileSync(`${file}.br`, await promisify(brotliCompress)(plain));
      if (!existsSync(`${file}.gz`)) writeFileSync(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  try {
    const built = process.argv.includes('--if-needed')
      ? await ensureBuilt(console.error)
      : (await build(), true);
    if (built) console.error(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
