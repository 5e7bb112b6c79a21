import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { MINUTE_MS } from '../kernel/dates.ts';
import { RetryLater, TokenRejected } from './errors.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/**
 * One access_token (or ticket) for the whole installation: single flight in this process, single flight across
 * instances by a lease in the store. 40014 and 42001 are treated alike, because a token that really expired was seen
 * answered with either. A refused token is refreshed only if it is still the one in use, and the call replayed once.
 */
export interface TokenManager {
  /** A token with more than five minutes to live (or, when refreshing fails for now, one still valid). */
  get(): Promise<string>;
  /** Runs `call` with a token; when the token is refused, once more with another. */
  use<T>(call: (token: string) => Promise<T>): Promise<T>;
  /** Forgets what this process holds; the store is asked again. */
  forget(): void;
}

export interface TokenSource {
  readonly key: string;
  /** For messages: `gettoken`, `get_jsapi_ticket`, … */
  readonly api: string;
  /** Asks 企业微信. Throws WeComError. */
  fetch(): Promise<{ token: string; expiresInMs: number }>;
}

export interface TokenManagerDeps {
  readonly source: TokenSource;
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Identifies this process. */
  readonly holder: string;
}

const REFRESH_EARLY_MS = 5 * MINUTE_MS;
/** Longer than the fetch may take, so that a lease ends only with its holder dead. */
const LEASE_MS = 30_000;
const WAIT_STEP_MS = 100;
const WAIT_STEPS = 150;
/** After a failed early refresh the old, still valid token serves this long before the next attempt. */
const EARLY_REFRESH_PAUSE_MS = 30_000;
/** Refused tokens per minute that lead to a refresh; more means the refusal is not about age. */
const MAX_REPLACEMENTS_PER_MINUTE = 10;

export function createTokenManager({ source, store, clock, holder }: TokenManagerDeps): TokenManager {
  let cached: StoredToken | undefined;
  let flight: { readonly refused: string | undefined; readonly result: Promise<StoredToken> } | undefined;
  let nextEarlyRefreshAt = 0;
  let replacements: number[] = [];

  /** The token if it has `ms` to live and is not the one that was just refused. */
  function living(token: StoredToken | undefined, refused: string | undefined, ms: number) {
    return token && token.token !== refused && token.expiresAt - clock.now() > ms ? token : undefined;
  }

  async function get(): Promise<string> {
    const now = living(cached, undefined, clock.now() < nextEarlyRefreshAt ? 0 : REFRESH_EARLY_MS);
    if (now) return now.token;
    const old = cached;
    try {
      return (await fly(undefined)).token;
    } catch (error) {
      const usable = living(old, undefined, 0);
      if (!(error instanceof RetryLater) || !usable) throw error;
      nextEarlyRefreshAt = clock.now() + EARLY_REFRESH_PAUSE_MS;
      return usable.token;
    }
  }

  function fly(refused: string | undefined): Promise<StoredToken> {
    if (flight !== undefined) return flight.result;
    const result = renew(refused)
      .then((token) => (cached = token))
      .finally(() => (flight = undefined));
    flight = { refused, result };
    return result;
  }

  async function replace(refused: string): Promise<string> {
    const other = living(cached, refused, 0);
    if (other) return other.token;
    if (flight !== undefined && flight.refused !== refused) {
      // Somebody is loading without knowing that this token is bad; what they find may be good.
      const found = living(await flight.result.catch(() => undefined), refused, 0);
      if (found) return found.token;
    }
    if (flight === undefined) countReplacement();
    return (await fly(refused)).token;
  }

  function countReplacement(): void {
    const now = clock.now();
    replacements = replacements.filter((at) => now - at < MINUTE_MS);
    if (replacements.length >= MAX_REPLACEMENTS_PER_MINUTE) {
      throw new RetryLater({ api: source.api, reason: 'closed', retryAt: now + MINUTE_MS });
    }
    replacements.push(now);
  }

  async function renew(refused: string | undefined): Promise<StoredToken> {
    const stored = living(await store.load(source.key), refused, REFRESH_EARLY_MS);
    if (stored) return stored;
    for (let step = 0; step < WAIT_STEPS; step += 1) {
      const now = clock.now();
      if (await store.lease(source.key, holder, now, now + LEASE_MS)) return fetchUnderLease(refused);
      const current = living(await store.load(source.key), refused, 0);
      if (current) return current;
      await pause(WAIT_STEP_MS);
    }
    throw new RetryLater({ api: source.api, reason: 'timeout', stem: 'another instance is refreshing' });
  }

  async function fetchUnderLease(refused: string | undefined): Promise<StoredToken> {
    try {
      const stored = await store.load(source.key);
      const fresh = living(stored, refused, REFRESH_EARLY_MS);
      if (fresh) return fresh;
      const askedAt = clock.now();
      const { token, expiresInMs } = await source.fetch();
      const next = { token, expiresAt: askedAt + expiresInMs, version: (stored?.version ?? 0) + 1 };
      if (await store.save(source.key, next)) return next;
      // Our lease ran out and somebody else wrote: theirs is the one the others use.
      return living(await store.load(source.key), refused, 0) ?? next;
    } finally {
      await store.release(source.key, holder);
    }
  }

  async function use<T>(call: (token: string) => Promise<T>): Promise<T> {
    const first = await get();
    try {
      return await call(first);
    } catch (error) {
      if (!(error instanceof TokenRejected)) throw error;
    }
    const second = await replace(first);
    try {
      return await call(second);
    } catch (error) {
      if (!(error instanceof TokenRejected)) throw error;
      throw new RetryLater({ ...error.fault, retryAt: clock.now() + MINUTE_MS });
    }
  }

  return {
    get,
    use,
    forget() {
      cached = undefined;
      nextEarlyRefreshAt = 0;
    },
  };
}
