import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../kernel/dates.ts';
import { RetryLater, StopAll } from './errors.ts';
import { memoryTokenStore } from './token-store.ts';
import { failure, SECRET, startFake } from './testing/fake-wecom.ts';
import type { Fake } from './testing/fake-wecom.ts';

const MEMBER = { errcode: 0, errmsg: 'ok', userid: 'Ada', name: '阿达' };
const REFUSED = { errcode: 40014, errmsg: 'invalid access_token' };

describe('the token', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake();
    fake.server.on('user/get', (request) => (fake.tokens.accepts(request) ? MEMBER : REFUSED));
  });
  afterEach(() => fake.close());

  it('is fetched once by 100 calls at the same time', async () => {
    await Promise.all(Array.from({ length: 100 }, () => fake.wecom.user.get('ada')));
    expect(fake.server.count('gettoken')).toBe(1);
    expect(fake.server.count('user/get')).toBe(100);
  });

  it('is fetched once by two instances at the same time', async () => {
    fake.server.on('gettoken', async () => {
      await pause(150);
      return { errcode: 0, access_token: 'shared', expires_in: 7200 };
    });
    fake.server.on('user/get', () => MEMBER);
    const other = fake.another();
    await Promise.all([...Array(20).keys()].map((n) => (n % 2 ? other : fake.wecom).user.get('ada')));
    expect(fake.server.count('gettoken')).toBe(1);
  });

  it.each([40014, 42001])(
    'refused with %i in the middle: one refresh, each call replayed once',
    async (errcode) => {
      await fake.wecom.user.get('ada');
      fake.server.on('user/get', (request) =>
        fake.tokens.accepts(request) ? MEMBER : { ...REFUSED, errcode },
      );
      fake.tokens.invalidate();
      await Promise.all(Array.from({ length: 50 }, () => fake.wecom.user.get('ada')));
      expect(fake.server.count('gettoken')).toBe(2);
      expect(fake.server.count('user/get')).toBe(1 + 50 + 50);
    },
  );

  it('refused late does not refresh again when another is already in use', async () => {
    await fake.wecom.user.get('ada');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let first = true;
    fake.server.on('user/get', async (request) => {
      const accepted = fake.tokens.accepts(request);
      if (first) {
        first = false;
        await held;
        return REFUSED;
      }
      return accepted ? MEMBER : REFUSED;
    });
    const slow = fake.wecom.user.get('ada');
    while (fake.server.count('user/get') < 2) await pause(5);
    fake.tokens.invalidate();
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(2);
    release();
    await slow;
    expect(fake.server.count('gettoken')).toBe(2);
  });

  it('another instance refreshed is taken from the store, not fetched again', async () => {
    const other = fake.another();
    await fake.wecom.user.get('ada');
    await other.user.get('ada');
    fake.tokens.invalidate();
    await other.user.get('ada');
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(2);
  });

  it('refused twice ends in RetryLater, not in a loop', async () => {
    fake.server.on('user/get', () => REFUSED);
    const error = await failure(fake.wecom.user.get('ada'));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ errcode: 40014, retryAt: fake.clock.now() + MINUTE_MS });
    expect(fake.server.count('user/get')).toBe(2);
  });

  it('refused for ever does not hammer gettoken', async () => {
    fake.server.on('user/get', () => REFUSED);
    for (let n = 0; n < 40; n += 1) {
      fake.tokens.invalidate();
      await failure(fake.wecom.user.get('ada'));
    }
    expect(fake.server.count('gettoken')).toBeLessThanOrEqual(11);
  });

  it('is renewed with less than five minutes to live', async () => {
    await fake.wecom.user.get('ada');
    fake.clock.advance(2 * HOUR_MS - 5 * MINUTE_MS - 1);
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(1);
    fake.clock.advance(1);
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(2);
  });

  it('still valid serves on while gettoken is busy', async () => {
    await fake.wecom.user.get('ada');
    fake.clock.advance(2 * HOUR_MS - 2 * MINUTE_MS);
    fake.server.on('gettoken', () => ({ errcode: -1, errmsg: 'system busy' }));
    await fake.wecom.user.get('ada');
    const asked = fake.server.count('gettoken');
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(asked);
  });

  it('waits while another instance holds the lease, and fetches when that one died', async () => {
    const store = memoryTokenStore();
    let refusals = 0;
    const waiting = fake.another({
      tokenStore: {
        ...store,
        async lease(...args) {
          if (refusals === 3) return store.lease(...args);
          refusals += 1;
          return false;
        },
      },
    });
    await waiting.user.get('ada');
    expect(refusals).toBe(3);
    expect(fake.server.count('gettoken')).toBe(1);
  });

  it('takes what the other instance stored meanwhile', async () => {
    const store = memoryTokenStore();
    fake.server.on('user/get', () => MEMBER);
    const waiting = fake.another({
      tokenStore: {
        ...store,
        async lease(key, _holder, now) {
          await store.save(key, { token: 'theirs', expiresAt: now + HOUR_MS, version: 1 });
          return false;
        },
      },
    });
    await waiting.user.get('ada');
    expect(fake.server.received.at(-1)?.query.get('access_token')).toBe('theirs');
    expect(fake.server.count('gettoken')).toBe(0);
  });

  it('of the contacts secret is another one', async () => {
    await fake.wecom.user.get('ada');
    await fake.wecom.user.delete('ada');
    const secrets = fake.server.received
      .filter((r) => r.api === 'gettoken')
      .map((r) => r.query.get('corpsecret'));
    expect(new Set(secrets).size).toBe(2);
    expect(secrets).toContain(SECRET);
  });
});

describe('D7 stop all: a bad secret', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake();
    fake.server.on('user/get', () => MEMBER);
    fake.server.on('gettoken', () => ({ errcode: 40001, errmsg: 'invalid credential, hint: [123]' }));
  });
  afterEach(() => fake.close());

  it('stops every call and alarms once', async () => {
    const errors = await Promise.all([...Array(30).keys()].map(() => failure(fake.wecom.user.get('ada'))));
    for (const error of errors) expect(error).toBeInstanceOf(StopAll);
    for (let n = 0; n < 10; n += 1) await failure(fake.wecom.user.get('ada'));
    expect(fake.server.count('gettoken')).toBe(1);
    expect(fake.server.count('user/get')).toBe(0);
    expect(fake.alarms).toMatchObject([
      { secret: 'agent', state: 'stopped', error: { errcode: 40001, hint: '123' } },
    ]);
    expect(fake.wecom.stopped()).toEqual(['agent']);
  });

  it('is asked again after an hour, by one call only', async () => {
    await failure(fake.wecom.user.get('ada'));
    fake.clock.advance(HOUR_MS - 1);
    await failure(fake.wecom.user.get('ada'));
    expect(fake.server.count('gettoken')).toBe(1);
    fake.clock.advance(1);
    await Promise.all([...Array(10).keys()].map(() => failure(fake.wecom.user.get('ada'))));
    expect(fake.server.count('gettoken')).toBe(2);
    expect(fake.alarms).toHaveLength(1);
  });

  it('repaired: the probe reopens and tells', async () => {
    await failure(fake.wecom.user.get('ada'));
    fake.server.on('gettoken', () => ({ errcode: 0, access_token: 'good', expires_in: 7200 }));
    fake.clock.advance(HOUR_MS);
    await fake.wecom.user.get('ada');
    await fake.wecom.user.get('ada');
    expect(fake.alarms.map((alarm) => alarm.state)).toEqual(['stopped', 'recovered']);
    expect(fake.wecom.stopped()).toEqual([]);
  });

  it('reset opens at once', async () => {
    await failure(fake.wecom.user.get('ada'));
    fake.server.on('gettoken', () => ({ errcode: 0, access_token: 'good', expires_in: 7200 }));
    fake.wecom.reset();
    await fake.wecom.user.get('ada');
    expect(fake.server.count('gettoken')).toBe(2);
  });

  it('does not stop the other secret', async () => {
    fake.server.on('gettoken', (request) =>
      request.query.get('corpsecret') === SECRET
        ? { errcode: 40001, errmsg: 'invalid credential' }
        : { errcode: 0, access_token: 'good', expires_in: 7200 },
    );
    await failure(fake.wecom.user.get('ada'));
    await fake.wecom.user.delete('ada');
    expect(fake.wecom.stopped()).toEqual(['agent']);
  });

  it('60020 names the address to trust and is asked again after five minutes', async () => {
    fake.server.on('gettoken', () => ({ errcode: 0, access_token: 'good', expires_in: 7200 }));
    fake.server.on('user/get', () => ({
      errcode: 60020,
      errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.9, more info at https://x',
    }));
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({
      handling: 'stopAll',
      ip: '203.0.113.9',
    });
    await failure(fake.wecom.user.get('ada'));
    expect(fake.server.count('user/get')).toBe(1);
    fake.server.on('user/get', () => MEMBER);
    fake.clock.advance(5 * MINUTE_MS);
    await fake.wecom.user.get('ada');
    expect(fake.alarms.map((alarm) => alarm.state)).toEqual(['stopped', 'recovered']);
  });
});
