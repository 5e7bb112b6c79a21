import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import { Client } from '../support/client.ts';
import { rawRequest } from '../support/raw-http.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { leaveRequest, ONE_DAY, userid } from '../support/story.ts';

interface Problem {
  readonly title: string;
  readonly code: string;
  readonly requestId: string;
}
const problem = async (response: Response) => (await response.json()) as Problem;

let s: Started;
beforeAll(async () => {
  s = await startApp();
});
afterAll(() => s.close());

const count = async (table: string): Promise<number> => {
  const [row] = await s.app.db.read((r) => r.em.query<{ n: number }[]>(`select count(*) as n from ${table}`));
  return Number(row?.n);
};

describe('problems have words', () => {
  it('in Chinese and in English', async () => {
    const ask = (language: string) =>
      s.browser().raw('GET', '/api/me', { headers: { 'accept-language': language } });
    expect(await problem(await ask('zh-CN'))).toMatchObject({
      code: 'http.not_signed_in',
      title: '请先登录。',
    });
    expect((await problem(await ask('en-US'))).title).toBe('Please sign in first.');
  });

  it('the id in the answer is the id of the request', async () => {
    const response = await s.browser().raw('GET', '/api/nothing');
    expect((await problem(response)).requestId).toBe(response.headers.get('x-request-id'));
  });
});

describe('writes', () => {
  it('without or with another person’s CSRF token change nothing', async () => {
    const [applicant, other] = [await s.signIn(userid.applicant), await s.signIn(userid.colleague)];
    const body = JSON.stringify({
      ...(await leaveRequest(applicant, ONE_DAY)),
      clientKey: crypto.randomUUID(),
    });
    const { csrfToken } = await other.get<{ csrfToken: string }>('/api/me');
    const before = await count('approval_instance');
    for (const token of ['', 'x', csrfToken]) {
      const response = await applicant.raw('POST', '/api/approvals/instances', {
        headers: { 'content-type': 'application/json', 'x-csrf-token': token },
        body,
      });
      expect([response.status, (await problem(response)).code]).toEqual([403, 'http.csrf']);
    }
    expect(await count('approval_instance')).toBe(before);
  });

  it('every write of somebody signed in asks for the token, logging out included', async () => {
    const client = await s.signIn(userid.applicant);
    const writes = s.app.routes.filter((route) => route.method !== 'get');
    expect(writes.length).toBeGreaterThan(8);
    for (const { method, path } of writes) {
      const url = path.replace(/:\w+/g, '0'.repeat(32));
      const response = await client.raw(method.toUpperCase(), url, {
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect((await client.raw('GET', '/api/me')).status).toBe(200);
  });
});

describe('sessions', () => {
  it('every route but signing in wants one', async () => {
    for (const { method, path, auth } of s.app.routes) {
      if (auth === 'none') continue;
      const response = await s.browser().raw(method.toUpperCase(), path.replace(/:\w+/g, '0'.repeat(32)));
      expect([path, response.status]).toEqual([path, 401]);
    }
    const open = s.app.routes.filter((route) => route.auth === 'none').map((route) => route.path);
    expect(open.sort()).toEqual([
      // Whoever holds a printed page scans its code.
      '/api/approvals/prints/:code',
      '/api/auth/callback',
      '/api/auth/login',
      '/api/auth/logout',
      // Programs of HR bring a key instead.
      '/api/hr/push',
      '/api/hr/push/:batchId',
      // By a secret address that its owner ends: calendars cannot sign in.
      '/api/meeting-rooms/calendar.ics',
      '/api/openapi.json',
    ]);
  });

  it('a revoked one ends with the next request, on every device', async () => {
    const devices = [await s.signIn(userid.librarian), await s.signIn(userid.librarian)];
    const { person } = await (devices[0] as Client).get<{ person: { personId: string } }>('/api/me');
    await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, person.personId));
    for (const device of devices) expect((await device.raw('GET', '/api/me')).status).toBe(401);
    await expect(s.signIn(userid.librarian)).rejects.toThrow(/403/);
  });

  it('an invented cookie is nobody', async () => {
    const answer = await rawRequest(s.url, '/api/me', {
      headers: { cookie: 'steward_session=eyJwIjoiMSJ9.99.x' },
    });
    expect(answer.status).toBe(401);
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
  ])('signing in to %s ends on our own page', async (target) => {
    const client = s.browser();
    const login = await client.raw('GET', `/api/auth/login?return=${encodeURIComponent(target)}`);
    const authorize = login.headers.get('location')?.replace('#wechat_redirect', '') ?? '';
    const back = await fetch(`${authorize}&sandbox_member=${userid.applicant}`, { redirect: 'manual' });
    const { pathname, search } = new URL(back.headers.get('location') ?? '');
    const done = await client.raw('GET', `${pathname}${search}`);
    expect([done.status, done.headers.get('location')]).toEqual([302, '/']);
  });

  it('an answer of 企业微信 is good for the browser that asked, once', async () => {
    const client = s.browser();
    const login = await client.raw('GET', '/api/auth/login?return=/todo');
    const authorize = login.headers.get('location')?.replace('#wechat_redirect', '') ?? '';
    const back = await fetch(`${authorize}&sandbox_member=${userid.applicant}`, { redirect: 'manual' });
    const { pathname, search } = new URL(back.headers.get('location') ?? '');
    const elsewhere = s.browser();
    await elsewhere.raw('GET', `${pathname}${search}`);
    expect((await elsewhere.raw('GET', '/api/me')).status).toBe(401);
    expect((await client.raw('GET', `${pathname}${search}`)).headers.get('location')).toBe('/todo');
    expect((await client.raw('GET', '/api/me')).status).toBe(200);
    expect((await client.raw('GET', `${pathname}${search}`)).status).toBe(400);
  });
});

describe('behind a reverse proxy', () => {
  it('served over https the cookies are Secure, whatever the proxy speaks to us', async () => {
    const proxied = await startApp({
      empty: true,
      env: { PUBLIC_URL: 'https://steward.example.edu.cn', TRUSTED_HOPS: '1' },
    });
    try {
      for (const headers of [{}, { 'x-forwarded-proto': 'https' }, { 'x-forwarded-proto': 'http' }]) {
        const login = await rawRequest(proxied.url, '/api/auth/login?return=/', { headers });
        expect(login.status).toBe(302);
        const [cookie = ''] = login.headers['set-cookie'] ?? [];
        expect(cookie).toMatch(/secure/i);
        expect(cookie).toMatch(/httponly/i);
        expect(cookie).toMatch(/samesite=lax/i);
      }
      const { headers } = await rawRequest(proxied.url, '/healthz');
      expect(headers['strict-transport-security']).toContain('max-age=31536000');
    } finally {
      await proxied.close();
    }
  });

  it('the address a person acted from is the client’s, as the trusted proxy says', async () => {
    const proxied = await startApp({ env: { TRUSTED_HOPS: '1' } });
    try {
      const client = proxied.browser();
      const via = { headers: { 'x-forwarded-for': '6.6.6.6, 10.1.2.3' } };
      const login = await client.raw('GET', '/api/auth/login?return=/', via);
      const authorize = login.headers.get('location')?.replace('#wechat_redirect', '') ?? '';
      const back = await fetch(`${authorize}&sandbox_member=${userid.applicant}`, { redirect: 'manual' });
      const { pathname, search } = new URL(back.headers.get('location') ?? '');
      await client.raw('GET', `${pathname}${search}`, via);
      const rows = await proxied.app.db.read((r) =>
        r.em.query<{ address: string }[]>(`select address from audit_entry where action = 'access.signIn'`),
      );
      expect(rows).toEqual([{ address: '10.1.2.3' }]);
    } finally {
      await proxied.close();
    }
  });
});

describe('limits', () => {
  it('one noisy person is told to wait, the others go on', async () => {
    const limited = await startApp({ env: { RATE_PER_PERSON: '5' } });
    try {
      const [noisy, quiet] = [await limited.signIn(userid.applicant), await limited.signIn(userid.colleague)];
      let last = new Response();
      for (let n = 0; n < 6; n += 1) last = await noisy.raw('GET', '/api/me');
      expect(last.status).toBe(429);
      expect((await problem(last)).title).toMatch(/^操作太频繁，请 \d+ 秒后再试。$/);
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await quiet.raw('GET', '/api/me')).status).toBe(200);
    } finally {
      await limited.close();
    }
  });
});

describe('for the operator', () => {
  it('is ready when the database is reached, migrated, and jobs run', async () => {
    const started = await startApp({ empty: true });
    const ready = async () => {
      const response = await fetch(`${started.url}/readyz`);
      return [response.status, ((await response.json()) as { parts: unknown }).parts];
    };
    try {
      expect(await ready()).toEqual([503, { database: true, migrations: true, jobs: false }]);
      started.app.jobs.start();
      expect(await ready()).toEqual([200, { database: true, migrations: true, jobs: true }]);
      await started.app.source.query('delete from migration');
      expect(await ready()).toEqual([503, { database: true, migrations: false, jobs: true }]);
      await started.app.jobs.stop();
      await started.app.source.destroy();
      expect(await ready()).toEqual([503, { database: false, migrations: false, jobs: false }]);
      expect((await fetch(`${started.url}/healthz`)).status).toBe(200);
    } finally {
      await started.app.source.initialize();
      await started.close();
    }
  });

  it('an instance that only serves pages is ready without jobs', async () => {
    const web = await startApp({ empty: true, env: { ROLE: 'web' } });
    try {
      expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
    } finally {
      await web.close();
    }
  });

  it('metrics and log hold nothing about people', async () => {
    const client = await s.signIn(userid.applicant);
    await client.raw('GET', `/api/approvals/instances/${'a'.repeat(32)}`);
    await client.raw('GET', '/api/directory/people?q=%E5%BC%A0%E9%9B%A8%E6%A1%90');
    const metrics = await (await fetch(`${s.url}/metrics`)).text();
    expect(metrics).toContain('steward_http_request_seconds');
    const secrets = [
      s.config.wecom.agentSecret,
      s.config.wecom.contactsSecret ?? '',
      ...s.config.sessionKeys,
    ];
    // A number of the roster as a whole: measured seconds have any digits after their point.
    const people = /zhangyutong|张雨桐|%E5%BC%A0|(?<![\d.])199000\d{5}(?!\d)|aaaaaaaaaa/i;
    for (const text of [metrics, s.log.join('')]) {
      expect(text).not.toMatch(people);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });
});
