import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, CORP, openKit, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const RETURN = 'http://localhost:8080/api/auth/return?from=h5';
const params = (more: Record<string, string> = {}): string =>
  new URLSearchParams({
    appid: CORP,
    redirect_uri: RETURN,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc123',
    agentid: String(AGENT),
    ...more,
  }).toString();
const authorize = (more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  kit.raw(`/connect/oauth2/authorize?${params(more)}`, { headers });
const locationOf = (response: Response): URL => new URL(response.headers.get('location') ?? 'none:');
const login = async (userid: string, more: Record<string, string> = {}): Promise<string> =>
  locationOf(await authorize({ sandbox_member: userid, ...more })).searchParams.get('code') ?? '';
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

describe('authorize', () => {
  it('redirects with code and state, and the code names the member once', async () => {
    const response = await authorize({ sandbox_member: 'CHEN' });
    expect(response.status).toBe(302);
    const target = locationOf(response);
    expect(target.href.startsWith(`${RETURN}&code=`)).toBe(true);
    expect(target.searchParams.get('state')).toBe('abc123');
    const query = { code: target.searchParams.get('code') ?? '' };
    expect((await kit.call('auth/getuserinfo', { query })).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userid: 'Chen',
    });
    expect((await kit.call('auth/getuserinfo', { query })).errcode).toBe(40029);
  });

  it('a code lives five minutes', async () => {
    const code = await login('zhang');
    kit.advance(300_000);
    expect((await kit.call('auth/getuserinfo', { query: { code } })).errcode).toBe(40029);
  });

  it.each([
    [{ redirect_uri: 'http://localhost:9090/x' }, 'redirect_uri参数错误'],
    [{ redirect_uri: 'http://evil.localhost:8080/x' }, 'redirect_uri参数错误'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'redirect_uri参数错误'],
    [{ appid: 'wwother' }, 'appid 参数错误'],
    [{ agentid: '1000009' }, 'agentid 参数错误'],
    [{ response_type: 'token' }, 'response_type 参数错误'],
    [{ scope: 'snsapi_all' }, 'scope 参数错误'],
    [{ state: 'x'.repeat(129) }, 'state 参数错误'],
    [{ sandbox_member: 'ghost' }, '没有这个成员'],
  ])('%j shows 「%s」', async (more, title) => {
    const response = await authorize({ sandbox_member: 'zhang', ...(more as Record<string, string>) });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`<h1>${title}</h1>`);
  });

  it('without knowing who, shows a page to pick a member, and escapes what it shows', async () => {
    const rename = { userid: 'zhang', name: '<img src=x>张' };
    await kit.call('user/update', { as: 'contacts', body: rename });
    const page = await (await authorize()).text();
    expect(page).toContain('沙箱登录：选择要扮演的人');
    expect(page).toContain('&#60;img src=x&#62;张');
    expect(page).not.toContain('<img');
    const found = await (await authorize({ q: '陈主任' })).text();
    expect(found).toContain('陈主任');
    expect(found).not.toContain('王处长');
    const link = /<a href="([^"]+)"/.exec(found)?.[1]?.replaceAll('&#38;', '&') ?? '';
    const picked = await kit.raw(link);
    expect(locationOf(picked).searchParams.get('code')).toBeTruthy();
  });

  it('asks for consent to private fields, and remembers it 30 days', async () => {
    const more = { scope: 'snsapi_privateinfo', sandbox_member: 'zhang' };
    const page = await (await authorize(more)).text();
    expect(page).toContain('申请获取你的信息');
    const refused = await login('zhang', { ...more, sandbox_consent: 'refuse' });
    const without = await kit.call('auth/getuserinfo', { query: { code: refused } });
    const bare = await kit.call('auth/getuserdetail', { body: { user_ticket: without.json['user_ticket'] } });
    expect(bare.json).toMatchObject({ errcode: 0, userid: 'zhang', gender: '0' });
    expect(bare.json).not.toHaveProperty('mobile');
    const agreed = await login('zhang', { ...more, sandbox_consent: 'agree' });
    const info = await kit.call('auth/getuserinfo', { query: { code: agreed } });
    const detail = await kit.call('auth/getuserdetail', { body: { user_ticket: info.json['user_ticket'] } });
    expect(detail.json['mobile']).toBe('13900000002');
    expect((await authorize(more)).status).toBe(302);
    kit.advance(1_801_000);
    const late = await kit.call('auth/getuserdetail', { body: { user_ticket: info.json['user_ticket'] } });
    expect(late.errcode).toBe(84014);
    kit.advance(31 * 86_400_000);
    expect((await authorize(more)).status).toBe(200);
  });

  it('outside the visible range: base works, private fields and web login do not', async () => {
    kit.control.adminApp({ visible: { parties: [3] } });
    expect(await login('wanghr')).not.toBe('');
    expect((await authorize({ sandbox_member: 'wanghr', scope: 'snsapi_privateinfo' })).status).toBe(400);
    const sso = new URLSearchParams({
      login_type: 'CorpApp',
      appid: CORP,
      agentid: String(AGENT),
      redirect_uri: RETURN,
      sandbox_member: 'wanghr',
    });
    const refused = await kit.raw(`/wwlogin/sso/login?${sso}`);
    expect(await refused.text()).toContain('无权限');
    sso.set('sandbox_member', 'zhang');
    expect((await kit.raw(`/wwopen/sso/qrConnect?${sso}`)).status).toBe(302);
  });

  it('a disabled member is told so', async () => {
    await kit.call('user/update', { as: 'contacts', body: { userid: 'zhang', enable: 0 } });
    const response = await authorize({ sandbox_member: 'zhang' });
    expect(await response.text()).toContain('这个账号已被停用');
  });
});

describe('opening the H5 from the phone', () => {
  const FRAME = { 'sec-fetch-dest': 'iframe' };
  const launch = (userid: string, to?: string, headers: Record<string, string> = FRAME) =>
    kit.raw(`/phone/h5?member=${userid}${to === undefined ? '' : `&to=${encodeURIComponent(to)}`}`, {
      headers,
    });
  const whoIs = async (response: Response): Promise<unknown> => {
    const query = { code: locationOf(response).searchParams.get('code') ?? '' };
    return (await kit.call('auth/getuserinfo', { query })).json['userid'];
  };

  it('goes through the app’s login anew, with the page to return to', async () => {
    const target = locationOf(await launch('zhang', 'http://localhost:8080/tasks/1?tab=2#x'));
    expect(target.origin + target.pathname).toBe('http://localhost:8080/api/auth/login');
    expect(Object.fromEntries(target.searchParams)).toEqual({ switch: '1', return: '/tasks/1?tab=2#x' });
    expect(locationOf(await launch('zhang')).searchParams.get('return')).toBe('/');
    expect(locationOf(await launch('zhang', '/mine')).searchParams.get('return')).toBe('/mine');
    expect(locationOf(await launch('zhang', 'https://example.test/a')).href).toBe('https://example.test/a');
    expect((await launch('zhang', 'javascript:alert(1)')).status).toBe(400);
    expect((await launch('ghost')).status).toBe(404);
  });

  it('the next authorize request of that window is that member, without a page', async () => {
    const first = cookiesOf(await launch('zhang'));
    const second = cookiesOf(await launch('chen'));
    const framed = (cookie: string) => authorize({}, { ...FRAME, cookie });
    expect(await whoIs(await framed(first))).toBe('zhang');
    expect(await whoIs(await framed(second))).toBe('Chen');
    // The session ended inside the phone: the same person again.
    expect(await whoIs(await framed(first))).toBe('zhang');
  });

  it('a tab of the same browser is not taken for the phone', async () => {
    const cookie = cookiesOf(await launch('zhang'));
    expect(await (await authorize({}, { cookie, 'sec-fetch-dest': 'document' })).text()).toContain(
      '选择要扮演的人',
    );
  });

  it('a ticket from a tab works once', async () => {
    const tab = { 'sec-fetch-dest': 'document' };
    const cookie = cookiesOf(await launch('zhang', undefined, tab));
    expect(await whoIs(await authorize({}, { cookie, ...tab }))).toBe('zhang');
    expect((await authorize({}, { cookie, ...tab })).status).toBe(200);
  });
});
