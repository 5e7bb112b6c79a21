import type { IncomingMessage, ServerResponse } from 'node:http';
import Koa, { type Context } from 'koa';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/clock.ts';
import { createSessions, type SessionOptions } from './session.ts';

const KEY = { old: 'o'.repeat(32), fresh: 'f'.repeat(32) };
const clock = new ManualClock('2026-11-23T10:20:00+08:00');
const sessionsOf = (options: Partial<SessionOptions> = {}) =>
  createSessions({ keys: [KEY.old], clock, secure: false, ...options });

/** A Koa context whose cookies can be set and read without a socket. */
function contextWith(cookie = ''): Context {
  const koa = new Koa();
  const request = { headers: { cookie }, socket: {}, method: 'GET', url: '/' } as unknown as IncomingMessage;
  const kept: Record<string, string[]> = {};
  const response = {
    getHeader: (name: string) => kept[name.toLowerCase()],
    setHeader: (name: string, value: string[]) => void (kept[name.toLowerCase()] = value),
  } as unknown as ServerResponse;
  const ctx = koa.createContext(request, response);
  ctx.cookies.secure = true;
  return ctx as unknown as Context;
}
const setCookies = (ctx: Context): string[] => (ctx.res.getHeader('set-cookie') ?? []) as string[];
const cookieOf = (ctx: Context): string => setCookies(ctx)[0]?.split(';')[0] ?? '';

function issued(options: Partial<SessionOptions> = {}) {
  const ctx = contextWith();
  const session = sessionsOf(options).issue(ctx, { personId: 'p1', epoch: 3 });
  return { session, cookie: cookieOf(ctx), set: setCookies(ctx)[0] ?? '' };
}

describe('session cookie', () => {
  it('cannot be read by scripts, does not travel with other sites’ posts, ends after twelve hours', () => {
    const { set } = issued();
    expect(set).toMatch(/; httponly/i);
    expect(set).toMatch(/; samesite=lax/i);
    expect(set).toMatch(/; path=\//i);
    expect(set).not.toMatch(/; secure/i);
    expect(set).not.toMatch(/; domain=/i);
    expect(issued({ secure: true }).set).toMatch(/; secure/i);
  });

  it('names the person and the epoch, and is read back', () => {
    const { session, cookie } = issued();
    expect(sessionsOf().read(contextWith(cookie))).toEqual(session);
    expect(session).toMatchObject({ personId: 'p1', epoch: 3 });
  });

  it('two sign-ins of one person differ, and so do their CSRF tokens', () => {
    const [a, b] = [issued().session, issued().session];
    expect(a.sid).not.toBe(b.sid);
    expect(sessionsOf().csrfToken(a)).not.toBe(sessionsOf().csrfToken(b));
    expect(sessionsOf().isCsrfToken(a, sessionsOf().csrfToken(b))).toBe(false);
  });

  it('ends when its time is over, by the server’s clock', () => {
    const time = new ManualClock(clock.now());
    const { cookie } = issued({ clock: time });
    time.advance(12 * 3_600_000 - 1);
    expect(sessionsOf({ clock: time }).read(contextWith(cookie))).not.toBeNull();
    time.advance(1);
    expect(sessionsOf({ clock: time }).read(contextWith(cookie))).toBeNull();
  });

  it('is worth nothing once a single character was changed', () => {
    const { cookie } = issued();
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    for (let at = 0; at < value.length; at += 1) {
      const spoiled = `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
      expect(sessionsOf().read(contextWith(`${name}=${spoiled}`)), `at ${at}`).toBeNull();
    }
  });

  it.each([
    '',
    'x',
    '.',
    '..',
    '...',
    'a.b.c',
    'a.9999999999999.c.d',
    '%00',
    '{"p":"p1"}',
    'bnVsbA.9e99.AAAA',
  ])('is not %j', (value) => {
    expect(sessionsOf().read(contextWith(`steward_session=${value}`))).toBeNull();
  });

  it('a value signed for something else is no session', () => {
    const sessions = sessionsOf();
    const text = JSON.stringify({ p: 'p1', e: 3, s: 's', t: 0 });
    const signed = sessions.sign('sign-in', text, 60_000);
    expect(sessions.unsign('sign-in', signed)).toBe(text);
    expect(sessions.unsign('session', signed)).toBeNull();
    expect(sessions.read(contextWith(`steward_session=${signed}`))).toBeNull();
  });

  it('clearing takes it away', () => {
    const ctx = contextWith(issued().cookie);
    sessionsOf().clear(ctx);
    expect(setCookies(ctx)[0]).toMatch(/^steward_session=; .*expires=Thu, 01 Jan 1970/i);
  });
});

describe('rotation of keys', () => {
  const rotated = () => sessionsOf({ keys: [KEY.fresh, KEY.old] });

  it('an old key still verifies, the new one signs', () => {
    const before = issued();
    expect(rotated().read(contextWith(before.cookie))).toEqual(before.session);
    const after = issued({ keys: [KEY.fresh, KEY.old] });
    expect(sessionsOf({ keys: [KEY.fresh] }).read(contextWith(after.cookie))).toEqual(after.session);
    expect(sessionsOf().read(contextWith(after.cookie))).toBeNull();
  });

  it('a page open during the rotation keeps its CSRF token', () => {
    const { session } = issued();
    const token = sessionsOf().csrfToken(session);
    expect(rotated().isCsrfToken(session, token)).toBe(true);
    expect(rotated().csrfToken(session)).not.toBe(token);
    expect(sessionsOf({ keys: [KEY.fresh] }).isCsrfToken(session, token)).toBe(false);
  });

  it('a key taken away ends its sessions', () => {
    expect(sessionsOf({ keys: [KEY.fresh] }).read(contextWith(issued().cookie))).toBeNull();
  });

  it('without a key nothing starts', () => {
    expect(() => sessionsOf({ keys: [] })).toThrow(/session key/);
  });
});
