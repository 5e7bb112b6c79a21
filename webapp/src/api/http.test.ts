import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../testing/fake-api.ts';
import { connection } from './connection.ts';
import type { Failure } from './failure.ts';
import { get, post, useCsrf, withQuery } from './http.ts';

const failing = (act: Promise<unknown>): Promise<Failure> =>
  act.then(
    () => Promise.reject(new Error('should have failed')),
    (error: unknown) => error as Failure,
  );

beforeEach(() => {
  sessionStorage.clear();
  connection.down = false;
  useCsrf((renewed) => Promise.resolve(renewed ? 'new' : 'old'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('reading', () => {
  it('leaves out empty parts of the query', () => {
    expect(withQuery('/api/x', { box: 'todo', q: '', cursor: null, name: '张 三' })).toBe(
      '/api/x?box=todo&name=%E5%BC%A0%20%E4%B8%89',
    );
  });

  it('turns a problem answer into words, code and number', async () => {
    fakeApi({ 'GET /api/x': () => problem(409, 'approvals.changed', '内容刚有改动，请看过再决定。') });
    const failure = await failing(get('/api/x'));
    expect(failure).toMatchObject({
      message: '内容刚有改动，请看过再决定。',
      code: 'approvals.changed',
      status: 409,
      requestId: 'R7K2-40',
    });
  });

  it('has words for an answer that is not a problem document', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>502</html>', { status: 502 })));
    const failure = await failing(get('/api/x'));
    expect(failure.message).toBe('服务暂时没有回应，请稍后再试。');
    expect(failure.code).toBe('http.502');
  });

  it('tells a missing network from a server that answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const failure = await failing(get('/api/x'));
    expect([failure.offline, failure.unanswered, connection.down]).toEqual([true, true, true]);
    fakeApi({ 'GET /api/x': () => ({ body: { ok: 1 } }) });
    await get('/api/x');
    expect(connection.down).toBe(false);
  });

  it('gives up after 20 seconds', async () => {
    vi.useFakeTimers();
    vi.stubGlobal(
      'fetch',
      (_: string, init: RequestInit) =>
        new Promise((_done, fail) => {
          init.signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
        }),
    );
    const outcome = failing(get('/api/x'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await outcome).code).toBe('net.timeout');
  });

  it('uses the request that the page sent before the bundle arrived, once', async () => {
    const { calls } = fakeApi({ 'GET /api/home': () => ({ body: { from: 'fetch' } }) });
    window.__first = { '/api/home': Promise.resolve(new Response('{"from":"early"}')) };
    expect([await get('/api/home'), await get('/api/home')]).toEqual([{ from: 'early' }, { from: 'fetch' }]);
    expect(calls).toHaveLength(1);
  });
});

describe('an ended session', () => {
  it('leaves for the login and comes back to this page', async () => {
    const replace = vi.spyOn(location, 'replace').mockImplementation(() => undefined);
    fakeApi({ 'GET /api/x': () => problem(401, 'session.none', '请登录') });
    void get('/api/x');
    await vi.waitFor(() => expect(replace).toHaveBeenCalledOnce());
    expect(replace.mock.calls[0]?.[0]).toMatch(/^\/api\/auth\/login\?return=%2F/);
  });

  it('does not go round in circles', async () => {
    vi.spyOn(location, 'replace').mockImplementation(() => undefined);
    sessionStorage.setItem('login-at', String(Date.now()));
    fakeApi({ 'GET /api/x': () => problem(401, 'session.none', '请登录') });
    expect((await failing(get('/api/x'))).code).toBe('session.loop');
  });
});

describe('writing', () => {
  it('carries the token', async () => {
    const { calls } = fakeApi({ 'POST /api/y': () => ({ body: {} }) });
    await post('/api/y', { a: 1 });
    expect(calls[0]).toMatchObject({ body: { a: 1 }, headers: { 'x-csrf-token': 'old' } });
  });

  it('asks for a new token when the old one is refused, since nothing was done then', async () => {
    const { calls } = fakeApi({
      'POST /api/y': ({ headers }) =>
        headers['x-csrf-token'] === 'new'
          ? { body: { done: true } }
          : problem(403, 'http.csrf', '页面已过期'),
    });
    expect(await post('/api/y')).toEqual({ done: true });
    expect(calls).toHaveLength(2);
  });

  it('is not repeated when the answer is lost', async () => {
    const { calls } = fakeApi({ 'POST /api/y': () => () => Promise.reject(new TypeError('reset')) });
    expect((await failing(post('/api/y'))).unanswered).toBe(true);
    expect(calls).toHaveLength(1);
  });
});
