import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from 'koa';
import Koa from 'koa';
import Router from '@koa/router';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { AppError } from '../../kernel/errors.ts';
import { wecomError } from '../directory/testing/recording-client.ts';
import { SEED } from '../directory/testing/open-directory.ts';
import { Me, Signature } from './contract.ts';
import { openAccess, PUBLIC_URL, type AccessStage } from './testing/open-access.ts';

let stage: AccessStage;
let server: Server;
let base: string;
beforeEach(async () => {
  stage = await openAccess();
  server = createServer(serve(stage).callback()).listen(0);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await stage.t.close();
});

/** The routes behind the least of an HTTP layer: session, parsing, answer check. */
function serve({ access }: AccessStage): Koa {
  const app = new Koa();
  const router = new Router();
  for (const one of access.routes) {
    router[one.method](one.path, async (ctx: Context) => {
      const request = { requestId: 'test', address: '127.0.0.1' };
      const who = await access.authenticate(ctx, request);
      if (one.auth === 'person' && !who) return ctx.throw(401);
      const query: unknown = one.query?.parse({ ...ctx.query });
      const input = { actor: who?.actor ?? null, params: undefined, query, body: undefined, request, ctx };
      const answer = await one.handle(input).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        ctx.status = error.status;
        return { code: error.code };
      });
      if (one.answer) ctx.body = answer;
    });
  }
  app.use(router.routes());
  app.silent = true;
  return app;
}

/** A browser: keeps cookies, follows nothing by itself. */
function browser() {
  const jar = new Map<string, string>();
  return {
    jar,
    async get(path: string, method = 'GET') {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(`${base}${path}`, { redirect: 'manual', headers: { cookie }, method });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}
type Browser = ReturnType<typeof browser>;

const begin = async (b: Browser, query = '') => {
  const location = (await b.get(`/api/auth/login${query}`)).headers.get('location') ?? '';
  return new URL(location).searchParams;
};
const signIn = async (b: Browser, userid: string, query = '') => {
  const state = (await begin(b, query)).get('state') ?? '';
  return b.get(`/api/auth/callback?code=${userid}&state=${state}`);
};
const results = async () =>
  (await stage.t.db.read((r) => r.em.getRepository(AuditEntryTable).find()))
    .filter((act) => act.action === 'access.signIn')
    .map((act) => act.result);

describe('signing in', () => {
  it('goes to 企业微信 and comes back to the page asked for, as the person', async () => {
    const b = browser();
    const query = await begin(b, '?return=/todo%3Fbox%3Dmine');
    expect(query.get('redirect_uri')).toBe(`${PUBLIC_URL}/api/auth/callback`);
    expect(query.get('state')).toMatch(/^[0-9a-f]{32}$/);
    const back = await b.get(`/api/auth/callback?code=zhangYUTONG&state=${query.get('state')}`);
    expect([back.status, back.headers.get('location')]).toEqual([302, '/todo?box=mine']);
    const me = Me.parse(await (await b.get('/api/me')).json());
    expect(me.person).toMatchObject({
      name: '张雨桐',
      staffNo: '00731',
      unitName: '信息工程学院',
      mobileMasked: '199****0731',
    });
    expect(me.posts).toMatchObject([
      { unitPath: '信息工程学院 / 软件技术教研室', title: '教师', kind: 'main', since: '2019-09-01' },
    ]);
    expect(me.roles).toEqual([{ role: 'staff', roleName: '教职工', scopeUnitName: null }]);
    expect(me).toMatchObject({ institution: '海州职业技术学院', appName: '办公助手', sandbox: true });
    expect(await results()).toEqual(['ok']);
  });

  it('is no open redirect', async () => {
    const back = await signIn(browser(), 'zhangyutong', '?return=%2F%2Fevil.example');
    expect(back.headers.get('location')).toBe('/');
  });

  it('somebody signed in goes straight on, unless asked to switch', async () => {
    const b = browser();
    await signIn(b, 'zhangyutong');
    expect((await b.get('/api/auth/login?return=/x')).headers.get('location')).toBe('/x');
    await signIn(b, 'chenzhiyuan', '?switch=1');
    expect(Me.parse(await (await b.get('/api/me')).json()).person.name).toBe('陈志远');
    await signIn(b, 'stranger', '?switch=1');
    expect((await b.get('/api/me')).status).toBe(401);
  });

  it('two tabs do not disturb each other; a state works once and only in its browser', async () => {
    const b = browser();
    const [first, second] = [await begin(b, '?return=/a'), await begin(b, '?return=/b')];
    const come = (state: string | null, who = b) =>
      who.get(`/api/auth/callback?code=zhangyutong&state=${state}`);
    expect((await come(second.get('state'))).headers.get('location')).toBe('/b');
    expect((await come(first.get('state'))).headers.get('location')).toBe('/a');
    expect((await come(first.get('state'))).status).toBe(400);
    expect((await come('0'.repeat(32))).status).toBe(400);
    const other = browser();
    const third = await begin(other);
    expect((await come(third.get('state'), browser())).status).toBe(400);
    for (let n = 0; n < 20; n += 1) await begin(other);
    expect([...other.jar.keys()].filter((name) => name.startsWith('steward_signin_')).length).toBeLessThan(8);
  });

  it('a sign-in begun too long ago starts again', async () => {
    const b = browser();
    const state = (await begin(b)).get('state');
    stage.t.clock.advance(10 * 60_000);
    const page = await b.get(`/api/auth/callback?code=zhangyutong&state=${state}`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('登录已过期');
  });

  it.each([
    ['somebody from outside', async () => ({ kind: 'outsider' }) as const, 403, '只有本单位成员可以使用'],
    [
      'a member who is not in the roster',
      async () => ({ kind: 'member', userid: 'stranger' }) as const,
      403,
      '还没有你的人员信息',
    ],
    ['a used code', () => Promise.reject(wecomError('fixData', 40029)), 400, '登录已过期'],
    ['企业微信 down', () => Promise.reject(wecomError('retryLater', -1)), 503, '没能登录'],
  ])('tells %s clearly and opens no session', async (_who, visitor, status, words) => {
    stage.visitor = visitor;
    const b = browser();
    const page = await signIn(b, 'x');
    expect(page.status).toBe(status);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain(words);
    expect((await b.get('/api/me')).status).toBe(401);
  });

  it('C13 a lock ends the open session with the next request and refuses a new one', async () => {
    const b = browser();
    await signIn(b, 'zhangyutong');
    const personId = await stage.idOf('zhangyutong');
    await stage.t.db.write(SEED, (tx) => stage.directory.lockPerson(tx, personId));
    expect((await b.get('/api/me')).status).toBe(401);
    const page = await signIn(b, 'zhangyutong');
    expect([page.status, (await page.text()).includes('账号已停用')]).toEqual([403, true]);
    await stage.t.db.write(SEED, (tx) => stage.directory.unlockPerson(tx, personId));
    expect((await b.get('/api/me')).status).toBe(401);
    expect((await signIn(b, 'zhangyutong')).status).toBe(302);
    expect(await results()).toEqual(['ok', 'locked', 'ok']);
  });

  it('a changed right ends the session; signing out does too', async () => {
    const b = browser();
    await signIn(b, 'zhangyutong');
    const personId = await stage.idOf('zhangyutong');
    await stage.t.db.write(SEED, (tx) =>
      stage.access.grantRole(tx, { personId, role: 'hrMaintainer', scopeUnitId: null, untilAt: null }),
    );
    expect((await b.get('/api/me')).status).toBe(401);
    await signIn(b, 'zhangyutong');
    expect((await b.get('/api/me')).status).toBe(200);
    await b.get('/api/auth/logout', 'POST');
    expect((await b.get('/api/me')).status).toBe(401);
  });

  it('signs pages of this site for the JS-SDK, and no others', async () => {
    const b = browser();
    await signIn(b, 'zhangyutong');
    const sign = (url: string) => b.get(`/api/wecom/signature?url=${encodeURIComponent(url)}`);
    const answer = Signature.parse(await (await sign(`${PUBLIC_URL}/apply?x=1`)).json());
    expect(answer).toMatchObject({
      corpId: 'ww0000test',
      agentConfig: { signature: `agent:${PUBLIC_URL}/apply?x=1` },
    });
    for (const url of ['https://evil.example/', 'http://localhost:8080.evil.example/', 'rubbish']) {
      expect((await sign(url)).status).toBe(400);
    }
    expect((await browser().get('/api/wecom/signature?url=x')).status).toBe(401);
  });
});

describe('where signing in begins', () => {
  const startOf = async (path: string, agent: string) => {
    const answer = await fetch(`${base}/api/auth/login?return=${encodeURIComponent(path)}`, {
      redirect: 'manual',
      headers: { 'user-agent': agent },
    });
    return new URL(answer.headers.get('location') ?? '').pathname;
  };
  const WECOM = 'Mozilla/5.0 (Windows NT 10.0) Chrome/108.0 wxwork/4.1.20';

  it.each([
    ['/console/hr', 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0', '/wwlogin/sso/login'],
    ['/console', 'Mozilla/5.0 (Macintosh) Safari/605.1', '/wwlogin/sso/login'],
    ['/console/hr', WECOM, '/connect/oauth2/authorize'],
    // In the sandbox the H5 stands in an ordinary browser: the phone on the screen.
    ['/todo', 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0', '/connect/oauth2/authorize'],
    ['/consoles', 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0', '/connect/oauth2/authorize'],
  ])('%s in %s → %s', async (path, agent, page) => {
    expect(await startOf(path, agent)).toBe(page);
  });
});
