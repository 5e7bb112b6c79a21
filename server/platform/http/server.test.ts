import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { conflict, refused } from '../../kernel/errors.ts';
import { route } from './route.ts';
import { type OpenHttp, openHttp } from './testing/open-http.ts';

let open: OpenHttp | undefined;
afterEach(() => open?.close());

const said: unknown[] = [];
const routes = [
  route({
    method: 'post',
    path: '/api/things/:thingId',
    summary: 'Change a thing.',
    auth: 'person',
    params: z.strictObject({ thingId: z.string().length(2) }),
    query: z.strictObject({ how: z.enum(['soft', 'hard']).default('soft') }),
    body: z.strictObject({ words: z.string() }),
    answer: z.strictObject({ heard: z.string() }),
    handle: async ({ params, query, body, actor }) => {
      said.push([actor.personId, params.thingId, query.how, body.words]);
      return { heard: body.words };
    },
  }),
  route({
    method: 'get',
    path: '/api/things/:thingId',
    summary: 'Read a thing.',
    auth: 'none',
    answer: z.object({ address: z.string() }),
    handle: async ({ request }) => ({ address: request.address }),
  }),
  route({
    method: 'get',
    path: '/api/fails/:how',
    summary: 'Fails.',
    auth: 'none',
    params: z.strictObject({ how: z.enum(['plain', 'refused', 'conflict', 'zod', 'shape', 'extra']) }),
    answer: z.object({ ok: z.literal(true) }),
    handle: async ({ params: { how } }) => {
      if (how === 'refused') throw refused('things.no', { name: 'x' });
      if (how === 'conflict') throw conflict('db.changed_meanwhile');
      if (how === 'plain') throw new Error('secret detail');
      if (how === 'zod') z.string().parse(1);
      if (how === 'shape') return { ok: false } as unknown as { ok: true };
      return { ok: true as const, salary: 1 };
    },
  }),
];
const start = async (options: Parameters<typeof openHttp>[1] = {}) =>
  (open = await openHttp(routes, options));

async function post(http: OpenHttp, init: RequestInit & { path?: string } = {}) {
  const who = await http.signIn('ada');
  const { path = '/api/things/ab', ...rest } = init;
  return fetch(`${http.url}${path}`, {
    method: 'POST',
    body: '{"words":"hi"}',
    ...rest,
    headers: { ...who, 'content-type': 'application/json', ...(rest.headers as Record<string, string>) },
  });
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const get = (http: OpenHttp, path: string, headers: Record<string, string> = {}) =>
  fetch(`${http.url}${path}`, { headers });

describe('problems (RFC 9457)', () => {
  it('say what happened in the reader’s language, with a code, the data and the request’s id', async () => {
    const http = await start();
    const answer = await get(http, '/api/fails/refused', { 'accept-language': 'en-GB,en;q=0.9' });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const requestId = answer.headers.get('x-request-id') ?? '';
    expect(requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'en things.no {"name":"x"}',
      status: 422,
      code: 'things.no',
      data: { name: 'x' },
      requestId,
    });
  });

  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en', 'en'],
    ['fr', 'zh'],
    ['*', 'zh'],
    ['', 'zh'],
    ['\u00ff;;=q', 'zh'],
  ])('accept-language %j reads %s', async (header, language) => {
    const http = await start();
    const answer = await get(http, '/api/nothing', { 'accept-language': header });
    expect(((await answer.json()) as { title: string }).title).toMatch(new RegExp(`^${language} `));
  });

  it.each(['plain', 'zod', 'shape'])(
    'a failure of ours (%s) is a 500 without detail, logged with its id',
    async (how) => {
      const http = await start();
      const answer = await get(http, `/api/fails/${how}`);
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).code, JSON.parse(text).data]).toEqual([
        500,
        'http.internal',
        {},
      ]);
      expect(text).not.toMatch(/secret|stack|Error/);
      const line = http.log.find((entry) => entry.includes('request failed')) ?? '';
      expect(line).toContain(answer.headers.get('x-request-id'));
    },
  );

  it('an answer that breaks its contract fails in production too, and is logged by path only', async () => {
    const http = await start({ strictAnswers: false });
    expect((await get(http, '/api/fails/shape')).status).toBe(500);
    expect(http.log.some((line) => line.includes('answer breaks its contract'))).toBe(true);
  });

  it('a field nobody declared does not leave the building', async () => {
    const http = await start();
    expect(await (await get(http, '/api/fails/extra')).json()).toEqual({ ok: true });
  });

  it('a clash is a 409', async () => {
    const http = await start();
    expect((await get(http, '/api/fails/conflict')).status).toBe(409);
  });
});

describe('what does not fit', () => {
  it('an unknown path: 404', async () => {
    const http = await start();
    const answer = await get(http, '/api/nothing');
    expect([answer.status, await codeOf(answer)]).toEqual([404, 'http.not_found']);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s where only GET and POST are known: 405',
    async (method) => {
      const http = await start();
      const answer = await fetch(`${http.url}/api/things/ab`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
      expect(await codeOf(answer)).toBe('http.method_not_allowed');
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'text/json',
    'multipart/form-data; boundary=x',
  ])('a body that says it is %s: 415', async (type) => {
    const http = await start();
    const answer = await post(http, { headers: { 'content-type': type } });
    expect([answer.status, await codeOf(answer)]).toEqual([415, 'http.unsupported_type']);
  });

  it('a body above 256 KB: 413, told in the head, found while reading, or hidden by gzip', async () => {
    const http = await start();
    const big = JSON.stringify({ words: 'x'.repeat(300_000) });
    expect((await post(http, { body: big })).status).toBe(413);
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(big));
        controller.close();
      },
    });
    expect((await post(http, { body: chunked, duplex: 'half' } as RequestInit)).status).toBe(413);
    const bomb = gzipSync(JSON.stringify({ words: 'x'.repeat(5_000_000) }));
    expect((await post(http, { body: bomb, headers: { 'content-encoding': 'gzip' } })).status).toBe(413);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ['no JSON', 'words=hi', {}],
    ['half of it', '{"words":', {}],
    ['a bare value', '"hi"', {}],
    ['nothing', '', {}],
    ['a list', '[]', {}],
    ['a missing field', '{}', {}],
    ['a field too many', '{"words":"hi","role":"admin"}', {}],
    ['a field of another type', '{"words":{"$gt":""}}', {}],
    ['__proto__', '{"words":"hi","__proto__":{"x":1}}', {}],
    ['no gzip though it says so', 'plain', { 'content-encoding': 'gzip' }],
    ['gzip cut in half', gzipSync('{"words":"hi"}').subarray(0, 20), { 'content-encoding': 'gzip' }],
  ])('%s: 400 and nothing is done', async (_what, body, headers) => {
    const http = await start();
    said.length = 0;
    const answer = await post(http, { body, headers });
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'http.bad_request']);
    expect(said).toEqual([]);
  });

  it('names the fields that do not fit', async () => {
    const http = await start();
    const answer = await post(http, { body: '{"words":1}' });
    expect(((await answer.json()) as { data: unknown }).data).toEqual({ fields: ['words'] });
  });

  it.each([
    '/api/things/abc',
    '/api/things/ab?how=never',
    '/api/things/ab?how=soft&how=hard',
    '/api/things/ab?x=1',
  ])('%s: 400', async (path) => {
    const http = await start();
    expect((await post(http, { path })).status).toBe(400);
  });

  it('a path with broken escapes is no failure of ours', async () => {
    const http = await start();
    expect((await post(http, { path: '/api/things/%E4%' })).status).toBeLessThan(500);
  });

  it('a good one is heard', async () => {
    const http = await start();
    said.length = 0;
    const answer = await post(http, { path: '/api/things/ab?how=hard' });
    expect([answer.status, await answer.json()]).toEqual([200, { heard: 'hi' }]);
    expect(said).toEqual([['ada', 'ab', 'hard', 'hi']]);
  });
});

describe('writes of somebody signed in', () => {
  it.each<[string, number, (h: { 'x-csrf-token': string }) => Record<string, string>]>([
    ['without a token', 403, () => ({ 'x-csrf-token': '' })],
    ['with a wrong token', 403, () => ({ 'x-csrf-token': 'x'.repeat(43) })],
    ['with the token, from another site', 403, () => ({ 'sec-fetch-site': 'cross-site' })],
    ['with the token, from a neighbour', 403, () => ({ 'sec-fetch-site': 'same-site' })],
    ['with the token, from this site', 200, () => ({ 'sec-fetch-site': 'same-origin' })],
    ['with the token, from an old browser', 200, () => ({})],
  ])('%s: %i', async (_what, status, change) => {
    const http = await start();
    said.length = 0;
    const who = await http.signIn('ada');
    const answer = await fetch(`${http.url}/api/things/ab`, {
      method: 'POST',
      headers: { ...who, 'content-type': 'application/json', ...change(who) },
      body: '{"words":"hi"}',
    });
    expect(answer.status).toBe(status);
    expect(said).toHaveLength(status === 200 ? 1 : 0);
    if (status === 403) expect(await codeOf(answer)).toBe('http.csrf');
  });

  it('somebody else’s token does not fit', async () => {
    const http = await start();
    const { 'x-csrf-token': token } = await http.signIn('bob');
    expect((await post(http, { headers: { 'x-csrf-token': token } })).status).toBe(403);
  });

  it('nobody signed in: 401, before the body is looked at', async () => {
    const http = await start();
    const answer = await fetch(`${http.url}/api/things/ab`, { method: 'POST', body: 'x' });
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'http.not_signed_in']);
  });
});

describe('limits', () => {
  it('per person, whatever their address: 429 with words and the time to wait', async () => {
    const http = await start({ perMinute: { address: 1000, person: 3 } });
    const ada = await http.signIn('ada');
    const ask = (who: Record<string, string>) => get(http, '/api/things/ab', who);
    for (let n = 0; n < 3; n += 1) expect((await ask(ada)).status).toBe(200);
    const answer = await ask(ada);
    expect(answer.status).toBe(429);
    const { code, data } = (await answer.json()) as { code: string; data: { seconds: number } };
    expect(code).toBe('http.too_many');
    expect(data.seconds).toBeGreaterThan(0);
    expect(answer.headers.get('retry-after')).toBe(String(data.seconds));
    expect((await ask(await http.signIn('bob'))).status).toBe(200);
  });

  it('per address, whoever asks', async () => {
    const http = await start({ perMinute: { address: 3, person: 1000 } });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await get(http, '/api/things/ab')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it.each<[number, string, string]>([
    [0, '1.1.1.1, 2.2.2.2', '127.0.0.1'],
    [1, '1.1.1.1, 2.2.2.2', '2.2.2.2'],
    [2, '9.9.9.9, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    [2, '2.2.2.2', '2.2.2.2'],
  ])('with %i trusted hops, X-Forwarded-For %s is the client %s', async (trustedHops, header, address) => {
    const http = await start({ trustedHops });
    const answer = await get(http, '/api/things/ab', { 'x-forwarded-for': header });
    expect(((await answer.json()) as { address: string }).address.replace('::ffff:', '')).toBe(address);
  });
});

describe('security headers', () => {
  it('are on every answer, also on refusals', async () => {
    const http = await start();
    for (const path of ['/api/things/ab', '/api/nothing', '/healthz', '/nothing']) {
      const { headers } = await get(http, path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toContain("object-src 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('allow 企业微信’s scripts and our own inline ones by their hash, and no others', async () => {
    const statics = { serve: () => false, scriptHashes: ["'sha256-abc='"], size: 0 };
    const http = await start({ statics, frameAncestors: ['http://localhost:8081'] });
    const csp = (await get(http, '/')).headers.get('content-security-policy') ?? '';
    const directive = (name: string) =>
      csp
        .split(';')
        .find((part) => part.trim().startsWith(`${name} `))
        ?.trim();
    expect(directive('script-src')).toBe(
      "script-src 'self' 'sha256-abc=' https://res.wx.qq.com https://open.work.weixin.qq.com https://wwcdn.weixin.qq.com",
    );
    expect(directive('frame-ancestors')).toContain('http://localhost:8081');
    expect(directive('base-uri')).toBe("base-uri 'self'");
    expect(directive('form-action')).toBe("form-action 'self'");
  });

  it('HSTS only where the site is served over https', async () => {
    const plain = await start();
    expect((await get(plain, '/')).headers.get('strict-transport-security')).toBeNull();
    await plain.close();
    const http = await start({ secure: true });
    expect((await get(http, '/')).headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    );
  });
});

describe('for the operator', () => {
  it('/healthz is alive whatever else; /readyz says which part is missing', async () => {
    const http = await start({ ready: async () => ({ ok: false, parts: { database: false, jobs: true } }) });
    expect((await get(http, '/healthz')).status).toBe(200);
    const ready = await get(http, '/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ok: false, parts: { database: false, jobs: true } },
    ]);
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('/metrics counts by route pattern, never by what was asked', async () => {
    const http = await start();
    await get(http, '/api/things/zz?name=%E5%BC%A0');
    await get(http, '/api/nothing/13800138000');
    const text = await (await get(http, '/metrics')).text();
    expect(text).toContain('route="/api/things/:thingId"');
    expect(text).toContain('route="none"');
    expect(text).not.toMatch(/zz|13800138000|%E5|127\.0\.0\.1/);
  });

  it('a log line holds path and status, no query', async () => {
    const http = await start();
    await get(http, '/api/things/zz?code=SECRET');
    const line = http.log.find((entry) => entry.includes('/api/things/zz')) ?? '';
    expect(line).toContain('"status":200');
    expect(line).not.toContain('SECRET');
  });
});

it('an entrance comes before sessions and parsers', async () => {
  const http = await start({
    entrances: [
      async (ctx, next) => {
        if (ctx.path !== '/raw') return next();
        ctx.body = `read ${ctx.request.length}`;
        return undefined;
      },
    ],
  });
  const answer = await fetch(`${http.url}/raw`, { method: 'POST', body: 'xyz' });
  expect(await answer.text()).toBe('read 3');
});
