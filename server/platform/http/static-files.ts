import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Context } from 'koa';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

export interface StaticFiles {
  /** Serve the path if there is such a file; false otherwise. */
  serve(ctx: Context, path: string): boolean;
  /** CSP hashes (`'sha256-…'`) of the inline scripts of the built pages. */
  readonly scriptHashes: readonly string[];
  readonly size: number;
}

/**
 * The built front end, held in memory (about half a megabyte): no path can reach the disk, and the compressed
 * variants made at build time are sent as they are. Files under `assets/` carry a hash in their name. Read in one go:
 * nothing is served yet, and 900 small files one promise after the other took most of a start.
 */
export function loadStaticFiles(folder: string): StaticFiles {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type) files.set(`/${name}`, loadFile(folder, name, type));
  }
  return {
    size: files.size,
    scriptHashes: [...files]
      .filter(([name]) => name.endsWith('.html'))
      .flatMap(([, f]) => inlineScriptHashes(f)),
    serve(ctx, path) {
      const file = files.get(path);
      if (!file || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return false;
      send(ctx, path, file);
      return true;
    },
  };
}

function loadFile(folder: string, name: string, type: string): StaticFile {
  const path = join(folder, name);
  const body = readFileSync(path);
  return {
    type,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    ...(existsSync(`${path}.br`) ? { br: readFileSync(`${path}.br`) } : {}),
    ...(existsSync(`${path}.gz`) ? { gzip: readFileSync(`${path}.gz`) } : {}),
  };
}

function inlineScriptHashes({ body }: StaticFile): string[] {
  return [...body.toString().matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
}

function send(ctx: Context, path: string, file: StaticFile): void {
  ctx.set('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('ETag', file.etag);
  ctx.vary('Accept-Encoding');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const encoding = ctx.acceptsEncodings(
    ...['br' as const, 'gzip' as const].filter((e) => file[e]),
    'identity',
  );
  const packed = encoding === 'br' || encoding === 'gzip' ? file[encoding] : undefined;
  if (packed) ctx.set('Content-Encoding', String(encoding));
  ctx.type = file.type;
  ctx.body = packed ?? file.body;
}
