import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../../../test/support/raw-http.ts';
import { loadStaticFiles } from './static-files.ts';
import { type OpenHttp, openHttp } from './testing/open-http.ts';

const folder = mkdtempSync(join(tmpdir(), 'statics-'));
const PAGE = '<!doctype html><script>go(1)</script><script src="/assets/a-1.js"></script><p>页面';
const CODE = `go(${'1'.repeat(4000)})`;
let http: OpenHttp;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  const put = (name: string, body: string | Buffer) => writeFileSync(join(folder, name), body);
  put('index.html', PAGE);
  put('assets/a-1.js', CODE);
  put('assets/a-1.js.gz', gzipSync(CODE));
  put('assets/a-1.js.br', brotliCompressSync(CODE));
  put('notes.secret', 'not served');
  writeFileSync(join(folder, '..', `${folder.split('/').at(-1)}-outside.js`), 'outside');
  http = await openHttp([], {
    statics: loadStaticFiles(folder),
    page: (path) => (path.includes('.') ? null : '/index.html'),
  });
});
afterAll(async () => {
  await http.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}-outside.js`, { force: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawRequest(http.url, path, { headers, method });

describe('static files', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
    ['', undefined],
    ['zstd', undefined],
  ])('accept-encoding %j is sent as %s', async (accept, encoding) => {
    const answer = await get('/assets/a-1.js', { 'accept-encoding': accept });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.vary).toMatch(/accept-encoding/i);
    const { length } = { undefined: Buffer.from(CODE), br: brotliCompressSync(CODE), gzip: gzipSync(CODE) }[
      String(encoding)
    ] ?? { length: -1 };
    expect(Number(answer.headers['content-length'])).toBe(length);
  });

  it('without accept-encoding they are sent plain', async () => {
    const answer = await get('/assets/a-1.js');
    expect([answer.headers['content-encoding'], answer.body]).toEqual([undefined, CODE]);
  });

  it('hashed names are kept for a year, pages are asked for again each time', async () => {
    expect((await get('/assets/a-1.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    for (const path of ['/', '/todo', '/index.html', '/approvals/0123'])
      expect((await get(path)).headers['cache-control'], path).toBe('no-cache');
  });

  it('what the browser has already is not sent again: 304', async () => {
    const { etag = '' } = (await get('/')).headers;
    const again = await get('/', { 'if-none-match': etag });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('HEAD tells the same without the body, also for pages', async () => {
    for (const path of ['/assets/a-1.js', '/todo']) {
      const head = await get(path, {}, 'HEAD');
      expect([head.status, head.body]).toEqual([200, '']);
      expect(head.headers.etag).toBe((await get(path)).headers.etag);
    }
  });

  it('every page of the app is the one page; files that are not there are not', async () => {
    expect((await get('/todo?box=mine')).body).toBe(PAGE);
    expect((await get('/assets/gone.js')).status).toBe(404);
    expect((await get('/todo', {}, 'POST')).status).toBe(404);
    expect((await get('/api/gone')).headers['content-type']).toBe('application/problem+json');
  });

  it.each([
    '/../etc/passwd',
    '/assets/../../etc/passwd.js',
    `/../${folder.split('/').at(-1)}-outside.js`,
    '/..%2f..%2fetc%2fpasswd.js',
    '/%2e%2e/%2e%2e/etc/passwd.js',
    '/assets/..%5c..%5cx.js',
    '//etc/passwd.js',
    '/assets/a-1.js%00.png',
    '/notes.secret',
    '/assets/a-1.js.br',
    '/__proto__.js',
  ])('%s is not found', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toMatch(/root:|outside|not served/);
  });

  it('the inline script’s hash is in the policy, so it may run', async () => {
    const hash = createHash('sha256').update('go(1)').digest('base64');
    expect((await get('/')).headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  });

  it('a server without a built front end still answers', async () => {
    const empty = loadStaticFiles(join(folder, 'nowhere'));
    expect([empty.size, empty.scriptHashes]).toEqual([0, []]);
  });
});
