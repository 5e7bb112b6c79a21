import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'koa';
import { memberOf } from './state/directory.ts';
import type { World } from './world.ts';

/** The phone page: static files built by Vite, and pictures drawn from names. */

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>沙箱手机</title>
<p>沙箱手机还没有构建：请在项目目录运行 npm run build，再刷新本页。</p>`;

export async function servePhone(world: World, ctx: Context): Promise<void> {
  const content = await fileIn(world.settings.phoneDir, 'phone.html');
  ctx.type = 'html';
  if (content === null) {
    ctx.status = 404;
    ctx.body = NOT_BUILT;
    return;
  }
  ctx.set('Cache-Control', 'no-cache');
  // The H5 lives in an iframe of another origin; everything else is our own.
  ctx.set(
    'Content-Security-Policy',
    "default-src 'self'; frame-src http: https:; img-src * data: blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'",
  );
  ctx.body = content;
}

/** Hashed names: they never change. */
export async function serveAsset(world: World, ctx: Context): Promise<void> {
  const content = await fileIn(world.settings.phoneDir, ctx.path);
  if (content === null) {
    ctx.status = 404;
    return;
  }
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.type = TYPES[extname(ctx.path)] ?? 'application/octet-stream';
  ctx.body = content;
}

/** null when the folder or file is missing, or the path leads out of the folder. */
async function fileIn(folder: string | undefined, path: string): Promise<Buffer | null> {
  if (folder === undefined) return null;
  const file = normalize(join(folder, path));
  if (!file.startsWith(normalize(folder + sep))) return null;
  return await readFile(file).catch(() => null);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const COLOURS = ['#1b63d6', '#2e7d6b', '#7a5bb8', '#55647d', '#b4552d', '#3d7a3a'];

/** First character of the name on a colour that stays the same. */
export function serveAvatar(world: World, ctx: Context): void {
  const userid = decoded(ctx.path.split('/')[3] ?? '');
  const name = memberOf(world.data, userid)?.name ?? world.data.app.name;
  const letter = [...name][0] ?? '';
  const colour = COLOURS[[...name].reduce((sum, char) => sum + char.charCodeAt(0), 0) % COLOURS.length];
  const text = letter.replace(/[&<>"']/g, '');
  ctx.type = 'image/svg+xml';
  ctx.set('Content-Security-Policy', "default-src 'none'");
  ctx.body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="12" fill="${colour}"/><text x="50" y="66" font-size="46" text-anchor="middle" fill="#fff" font-family="sans-serif">${text}</text></svg>`;
}
