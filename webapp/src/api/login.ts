import { t } from '../phrases/zh-CN.ts';
import { Failure } from './failure.ts';

const mark = 'login-at';
const loopMs = 15_000;

export const here = (): string => location.pathname + location.search + location.hash;

/** Leaves for 企业微信's OAuth and comes back to this page. */
export function goToLogin(): void {
  sessionStorage.setItem(mark, String(Date.now()));
  location.replace(`/api/auth/login?return=${encodeURIComponent(here())}`);
}

/** The session works, so a later 401 is a new matter. */
export function loggedIn(): void {
  sessionStorage.removeItem(mark);
}

/**
 * A 401: logs in and never settles, since the page is leaving. When it has just come back from logging in and
 * is still unknown, a second round would not help, so that is told instead.
 */
export function loginOrFail(failure: Failure): Promise<never> {
  const last = Number(sessionStorage.getItem(mark) ?? 0);
  if (Date.now() - last < loopMs) {
    return Promise.reject(
      new Failure(t.failure.loginLoop, { code: 'session.loop', status: 401, requestId: failure.requestId }),
    );
  }
  goToLogin();
  return new Promise(() => {});
}
