import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FixData, FixPermission, Refused, RetryLater } from './errors.ts';
import { CONTACTS_SECRET, failure, raw, SECRET, startFake } from './testing/fake-wecom.ts';
import type { Fake } from './testing/fake-wecom.ts';

const send = (fake: Fake) => fake.wecom.message.send({ users: ['ada'] }, { type: 'text', content: '你好' });

describe('the wire', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake({ totalMs: 400, silenceMs: 250 });
  });
  afterEach(() => fake.close());

  it('a dripping server ends at the total timeout, maybe sent', async () => {
    fake.server.on('message/send', () => (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    const error = await failure(send(fake));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ reason: 'timeout', maybeSent: true });
  });

  it('a silent server ends at the silence timeout, maybe sent', async () => {
    fake.server.on('message/send', () => () => undefined);
    expect(await failure(send(fake))).toMatchObject({ reason: 'timeout', maybeSent: true });
  });

  it('a connection dropped in the middle of the answer may have sent', async () => {
    fake.server.on('message/send', () => (response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"errcode":0');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failure(send(fake))).toMatchObject({
      handling: 'retryLater',
      reason: 'dropped',
      maybeSent: true,
    });
  });

  describe('a kept connection that the far side closes as we take it up', () => {
    /** Drops the first request of `api` without a word; the token was fetched on the same connection before. */
    const dropOnce = (api: string) => {
      let isFirst = true;
      fake.server.on(api, () => {
        if (!isFirst) return { errcode: 0, errmsg: 'ok', userid: 'ada', name: 'Ada', msgid: 'm1' };
        isFirst = false;
        return (response) => void response.destroy();
      });
    };

    it('a read and a write that may come twice go again, on a new connection, once', async () => {
      dropOnce('user/get');
      expect(await fake.wecom.user.get('ada')).toMatchObject({ userid: 'ada' });
      expect(fake.server.count('user/get')).toBe(2);
      dropOnce('user/update');
      await fake.wecom.user.update({ userid: 'ada', name: 'Ada' });
      expect(fake.server.count('user/update')).toBe(2);
    });

    it('a message does not: it may have been sent', async () => {
      dropOnce('message/send');
      expect(await failure(send(fake))).toMatchObject({ reason: 'dropped', maybeSent: true });
      expect(fake.server.count('message/send')).toBe(1);
    });

    it('a connection just made is believed', async () => {
      fake.server.on('user/get', () => (response) => void response.destroy());
      expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({ reason: 'dropped' });
      expect(fake.server.count('user/get')).toBe(2);
    });
  });

  it('nobody listening is certainly not sent', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const lost = fake.another({ apiBase: `http://127.0.0.1:${port}` });
    expect(await failure(lost.user.get('ada'))).toMatchObject({ reason: 'unreachable', maybeSent: false });
  });

  it.each([
    [502, '<html>', RetryLater, true],
    [503, '', RetryLater, true],
    [429, '', RetryLater, false],
    [404, '', FixPermission, false],
    [301, '', FixPermission, false],
    [403, '<html>', FixPermission, false],
    [413, '', FixData, false],
    [418, '', Refused, false],
    [200, '<html>captive</html>', RetryLater, true],
    [200, '[]', RetryLater, true],
  ])('HTTP %i %j without errcode becomes its class', async (status, text, type, maybeSent) => {
    fake.server.on('message/send', () =>
      raw(text, status, status === 301 ? { Location: 'http://127.0.0.1:1/' } : {}),
    );
    const error = await failure(send(fake));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ maybeSent });
  });

  it('an errcode counts whatever the status', async () => {
    fake.server.on('message/send', () =>
      raw('{"errcode":81013,"errmsg":"user & party & tag all invalid"}', 500),
    );
    expect(await failure(send(fake))).toMatchObject({
      handling: 'fixData',
      errcode: 81013,
      maybeSent: false,
    });
  });

  it('ids beyond 2^53 keep every digit', async () => {
    fake.server.on('message/send', () => raw('{"errcode":0,"errmsg":"ok","msgid":9007199254740993123}'));
    expect((await send(fake)).msgid).toBe('9007199254740993123');
  });

  it('a proxy of the machine is not used', async () => {
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    try {
      await send(fake);
    } finally {
      delete process.env['HTTP_PROXY'];
    }
    expect(fake.server.count('message/send')).toBe(1);
  });

  it('an answer larger than the limit is refused', async () => {
    const { createTransport } = await import('./transport.ts');
    const small = createTransport({ maxBytes: 200 });
    const wecom = fake.another({ http: small });
    fake.server.on('user/get', () => ({ errcode: 0, userid: 'ada', name: 'x'.repeat(1000) }));
    expect(await failure(wecom.user.get('ada'))).toMatchObject({
      handling: 'permanent',
      stem: 'larger than the limit',
    });
    small.close();
  });

  it('"wrong json format" with errcode 0 is a failure', async () => {
    fake.server.on('message/send', () => ({
      errcode: 0,
      errmsg: 'ok. Warning: wrong json format. ',
      msgid: 'm',
    }));
    expect(await failure(send(fake))).toMatchObject({
      handling: 'fixData',
      reason: 'partly_understood',
      maybeSent: true,
    });
  });

  it('no token, secret or content in any error', async () => {
    const replies = [
      raw('', 502),
      raw('nonsense'),
      {
        errcode: 40058,
        errmsg: 'content exceed access_token=tok-1 mobile 13900001234 to a@b.cn, from ip: 10.1.2.3',
      },
      { errcode: 0, msgid: { secret: 'tok-1' } },
      () => undefined,
    ];
    for (const reply of replies) {
      fake.server.on('message/send', () => reply);
      const error = await failure(send(fake));
      const everything = dump(error);
      for (const word of ['tok-1', SECRET, CONTACTS_SECRET, '13900001234', '10.1.2.3', 'a@b.cn', '你好']) {
        expect(everything).not.toContain(word);
      }
    }
    fake.server.on('gettoken', () => () => undefined);
    fake.wecom.reset();
    const fresh = fake.another({ corpId: 'wwother' });
    expect(dump(await failure(fresh.user.get('ada')))).not.toContain(SECRET);
  });

  it('control characters and lone surrogates never reach the wire as \\u escapes', async () => {
    const content = 'a\u0007b\uD800c\n"引号"';
    await fake.wecom.message.send({ users: ['ada'] }, { type: 'text', content });
    const body = fake.server.received.at(-1)?.body ?? '';
    expect(body).not.toMatch(/\\u/);
    expect(JSON.parse(body)).toMatchObject({ text: { content: 'ab\uFFFDc\n"引号"' } });
  });
});

/** Everything a logger could get out of an error. */
function dump(error: unknown): string {
  const seen = new Set<unknown>();
  const walk = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    if (seen.has(value)) return '';
    seen.add(value);
    return Object.getOwnPropertyNames(value)
      .map((name) => `${name}=${walk((value as Record<string, unknown>)[name])}`)
      .join(' ');
  };
  return walk(error);
}
