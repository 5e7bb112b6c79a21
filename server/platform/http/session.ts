import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';

const HOUR = 3_600_000;
const COOKIE = 'steward_session';

export interface Session {
  readonly personId: string;
  /** Must equal the person's present epoch, else the session was revoked. */
  readonly epoch: number;
  /** Random per sign-in; the CSRF token is derived from it. */
  readonly sid: string;
  readonly issuedAt: number;
}

export interface Sessions {
  issue(ctx: Context, who: { personId: string; epoch: number }): Session;
  read(ctx: Context): Session | null;
  clear(ctx: Context): void;
  /** Sent to the page by GET /api/me, expected back in `x-csrf-token` on every write. */
  csrfToken(session: Session): string;
  /** Made by any of the keys, so that pages open during a rotation go on. */
  isCsrfToken(session: Session, token: string): boolean;
  /** A signed value with an end, for the OAuth state and the like. */
  sign(purpose: string, value: string, ttlMs: number): string;
  /** The value, or null when forged, made for something else or past its end. */
  unsign(purpose: string, signed: string): string | null;
}

export interface SessionOptions {
  /** Newest first; older keys still verify, so keys can be rotated without signing everybody out. */
  readonly keys: readonly string[];
  readonly clock: Clock;
  /** True when the site is served over https. */
  readonly secure: boolean;
  readonly ttlMs?: number;
}

const payload = z.object({ p: z.string(), e: z.number(), s: z.string(), t: z.number() });

/** Sessions live in a signed cookie; the server keeps only the person's epoch. */
export function createSessions({ keys, clock, secure, ttlMs = 12 * HOUR }: SessionOptions): Sessions {
  const mac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const [current] = keys;
  if (current === undefined) throw new Error('at least one session key is needed');

  const sign = (purpose: string, value: string, ttl: number): string => {
    const body = `${Buffer.from(value).toString('base64url')}.${clock.now() + ttl}`;
    return `${body}.${mac(current, `${purpose}:${body}`)}`;
  };
  const unsign = (purpose: string, signed: string): string | null => {
    const [value, end, signature, ...rest] = signed.split('.');
    if (value === undefined || end === undefined || signature === undefined || rest.length > 0) return null;
    const good = keys.some((key) => same(signature, mac(key, `${purpose}:${value}.${end}`)));
    if (!good || Number(end) <= clock.now()) return null;
    return Buffer.from(value, 'base64url').toString();
  };

  return {
    sign,
    unsign,
    issue(ctx, { personId, epoch }) {
      const session = { personId, epoch, sid: randomBytes(12).toString('hex'), issuedAt: clock.now() };
      const text = JSON.stringify({ p: personId, e: epoch, s: session.sid, t: session.issuedAt });
      ctx.cookies.set(COOKIE, sign('session', text, ttlMs), {
        httpOnly: true,
        sameSite: 'lax',
        secure,
        overwrite: true,
        maxAge: ttlMs,
      });
      return session;
    },
    read(ctx) {
      const cookie = ctx.cookies.get(COOKIE);
      const text = cookie === undefined ? null : unsign('session', cookie);
      if (text === null) return null;
      const { p, e, s, t } = payload.parse(JSON.parse(text));
      return { personId: p, epoch: e, sid: s, issuedAt: t };
    },
    clear(ctx) {
      ctx.cookies.set(COOKIE, null, { httpOnly: true, sameSite: 'lax', secure, overwrite: true });
    },
    csrfToken: ({ sid }) => mac(current, `csrf:${sid}`),
    isCsrfToken: ({ sid }, token) => keys.some((key) => same(token, mac(key, `csrf:${sid}`))),
  };
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
