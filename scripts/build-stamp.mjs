import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
export const DIST = join(ROOT, 'dist');
/** What dist/ was built from: `{ hash, files: { path: [size, mtime] } }`. */
export const STAMP = join(DIST, '.stamp');

const INPUT_FOLDERS = ['server', 'scripts', 'webapp', 'config/holidays'];
const INPUT_FILES = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const MAIN_OUTPUTS = ['server/main.js', 'webapp/index.html'];
const NOT_BUILT = /\.test\.[mc]?ts$|\.md$/;

/** Size and time of every input, cheap to take: what most starts compare. */
function look() {
  const paths = [...INPUT_FOLDERS.flatMap((folder) => walk(folder)), ...INPUT_FILES].sort();
  return Object.fromEntries(
    paths
      .filter((path) => existsSync(join(ROOT, path)) && !NOT_BUILT.test(path))
      .map((path) => {
        const { size, mtimeMs } = statSync(join(ROOT, path));
        return [path, [size, Math.round(mtimeMs)]];
      }),
  );
}

function walk(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path);
    return [path];
  });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(ROOT, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The inputs as they are now. Take it before building: a file saved meanwhile must count as changed. */
export function snapshot() {
  const files = look();
  return { hash: hashOf(Object.keys(files)), files };
}

export function writeStamp(stamp) {
  mkdirSync(DIST, { recursive: true });
  writeFileSync(STAMP, JSON.stringify(stamp));
}

/** Is dist/ built from these sources? Times first; when they differ (a new checkout of the same), contents. */
export function isFresh() {
  if (!existsSync(STAMP) || MAIN_OUTPUTS.some((path) => !existsSync(join(DIST, path)))) return false;
  const stamp = readStamp();
  const files = look();
  if (JSON.stringify(files) === JSON.stringify(stamp.files)) return true;
  if (hashOf(Object.keys(files)) !== stamp.hash) return false;
  writeStamp({ hash: stamp.hash, files });
  return true;
}

/** A stamp that was cut off while it was written counts as none. */
function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
}
