import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, CORP, openKit, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const RETURN = 'http://localhost:8080/api/auth/web?from=pc';
const login = (more: Record<string, string | null> = {}, headers: Record<string, string> = {}) => {
  const all = {
    login_type: 'CorpApp',
    appid: CORP,
    agentid: String(AGENT),
    redirect_uri: RETURN,
    state: 'a b/中',
    lang: 'zh',
    ...more,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== null) query.set(name, value);
  return kit.raw(`/wwlogin/sso/login?${query}`, { headers });
};

describe('web login in a desktop browser', () => {
  it('shows whom to be in place of the QR code; a choice goes back with code and state', async () => {
    const page = await login();
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('沙箱扫码登录：以谁的身份登录');
    const link = /<a href="([^"]+sandbox_member=zhang[^"]*)"/.exec(html)?.[1]?.replaceAll('&#38;', '&');
    const answer = await kit.raw(link ?? '/none');
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? 'none:');
    expect(target.href.startsWith(`${RETURN}&code=`)).toBe(true);
    expect(target.searchParams.get('state')).toBe('a b/中');
    const query = { code: target.searchParams.get('code') ?? '' };
    const info = await kit.call('auth/getuserinfo', { query });
    expect(info.json).toEqual({ errcode: 0, errmsg: 'ok', userid: 'zhang' });
    expect((await kit.call('auth/getuserinfo', { query })).errcode).toBe(40029);
  });

  it('does not take a phone in the same browser for the person at the desk', async () => {
    const launched = await kit.raw('/phone/h5?member=zhang', { headers: { 'sec-fetch-dest': 'document' } });
    const cookie = launched.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect((await login({}, { cookie, 'sec-fetch-dest': 'document' })).status).toBe(200);
  });

  it.each([
    [{ login_type: null }, '-31040'],
    [{ login_type: 'ServiceApp' }, '-31034'],
    [{ appid: 'wwother' }, '-31027'],
    [{ agentid: null }, '-31028'],
    [{ agentid: '7' }, '-31028'],
    [{ redirect_uri: null }, '-31035'],
    [{ redirect_uri: 'http://evil.test/' }, '可信域名'],
    [{ sandbox_member: 'ghost' }, '没有这个成员'],
  ])('%j is told as %s', async (more, words) => {
    const page = await login({ sandbox_member: 'zhang', ...(more as Record<string, string | null>) });
    expect(page.status).toBe(400);
    expect(await page.text()).toContain(words);
  });

  it('a disabled member cannot be chosen, and does not come in by address either', async () => {
    await kit.call('user/update', { as: 'contacts', body: { userid: 'zhang', enable: 0 } });
    expect(await (await login()).text()).not.toContain('张老师');
    expect((await login({ sandbox_member: 'zhang' })).status).toBe(400);
  });
});
