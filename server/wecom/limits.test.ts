import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, instantOf, MINUTE_MS } from '../kernel/dates.ts';
import { RetryLater } from './errors.ts';
import type { Message } from './resources/message-body.ts';
import { failure, startFake } from './testing/fake-wecom.ts';
import type { Fake } from './testing/fake-wecom.ts';

const text: Message = { type: 'text', content: '你好' };
const LIMITED = { errcode: 45009, errmsg: 'api freq out of limit' };

describe('client-side limits', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake();
    fake.server.on('message/send', () => ({ errcode: 0, errmsg: 'ok', msgid: 'm1' }));
  });
  afterEach(() => fake.close());

  const fill = async (userid: string, count = 30) => {
    for (let n = 0; n < count; n += 1) await fake.wecom.message.send({ users: [userid] }, text);
  };

  it('30 a minute per member: the 31st is refused here and nothing is sent', async () => {
    await fill('Ada');
    const error = await failure(fake.wecom.message.send({ users: ['ada'] }, text));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ reason: 'quota', maybeSent: false, later: [{ userid: 'ada' }] });
    expect(fake.server.count('message/send')).toBe(30);
    fake.clock.set(error instanceof RetryLater ? (error.retryAt ?? 0) : 0);
    await fake.wecom.message.send({ users: ['ada'] }, text);
    expect(fake.server.count('message/send')).toBe(31);
  });

  it('two instances share a member budget', async () => {
    const other = fake.another();
    await fill('ada', 15);
    for (let n = 0; n < 15; n += 1) await other.message.send({ users: ['ada'] }, text);
    await failure(fake.wecom.message.send({ users: ['ada'] }, text));
    await failure(other.message.send({ users: ['ada'] }, text));
    expect(fake.server.count('message/send')).toBe(30);
  });

  it('several members, one over: nothing goes out, split tells who can have it now', async () => {
    await fill('ada');
    const error = await failure(fake.wecom.message.send({ users: ['ben', 'ada', 'cui'] }, text));
    expect(error).toMatchObject({ later: [{ userid: 'ada' }] });
    expect(fake.server.count('message/send')).toBe(30);
    const { now, later } = await fake.wecom.split({ members: ['ben', 'ada', 'cui'] });
    expect(now).toEqual(['ben', 'cui']);
    expect(later).toEqual([{ userid: 'ada', retryAt: expect.any(Number) }]);
    await fake.wecom.message.send({ users: now }, text);
    expect(fake.server.received.at(-1)?.body).toContain('"touser":"ben|cui"');
  });

  it('what split reserved is not paid twice', async () => {
    for (let n = 0; n < 30; n += 1) {
      expect((await fake.wecom.split({ members: ['ada'] })).now).toEqual(['ada']);
      await fake.wecom.message.send({ users: ['ada'] }, text);
    }
    expect((await fake.wecom.split({ members: ['ada'] })).later).toHaveLength(1);
  });

  it('1,000 an hour per member', async () => {
    let sent = 0;
    for (let minute = 0; minute < 40; minute += 1) {
      for (let n = 0; n < 30; n += 1) {
        const { now } = await fake.wecom.split({ members: ['ada'] });
        if (now.length === 0) break;
        await fake.wecom.message.send({ users: ['ada'] }, text);
        sent += 1;
      }
      fake.clock.advance(80_000);
    }
    expect(sent).toBe(1000);
  });

  it('person-times per app and day: seats × 200', async () => {
    const small = fake.another({ quotas: { accountCeiling: 5 } });
    await small.message.send({ everyone: true, about: 999 }, text);
    await small.message.send({ users: ['ada'] }, text);
    expect(await failure(small.message.send({ users: ['ben'] }, text))).toMatchObject({
      reason: 'quota',
      retryAt: instantOf('2026-11-22'),
    });
    expect(fake.server.count('message/send')).toBe(2);
  });

  it('20 a minute per webhook, and its key stays out of the error', async () => {
    for (let n = 0; n < 20; n += 1)
      await fake.wecom.webhook.send('robot-key-1', { type: 'text', content: 'x' });
    const error = await failure(fake.wecom.webhook.send('robot-key-1', { type: 'text', content: 'x' }));
    expect(error).toMatchObject({ reason: 'quota' });
    expect(String(error)).not.toContain('robot-key-1');
    await fake.wecom.webhook.send('robot-key-2', { type: 'text', content: 'x' });
    expect(fake.server.count('webhook/send')).toBe(21);
  });

  it('10 a minute per member for workbench data', async () => {
    const data = { type: 'image', image: { url: 'https://a.example/b.png' } } as const;
    for (let n = 0; n < 10; n += 1) await fake.wecom.workbench.setData('ada', data);
    expect(await failure(fake.wecom.workbench.setData('Ada', data))).toMatchObject({ reason: 'quota' });
  });

  it('appchat: persons count, and a member over 200 a minute refuses the send', async () => {
    const send = () => fake.wecom.appchat.send('chat1', ['ada', 'ben'], { type: 'text', content: 'x' });
    for (let n = 0; n < 200; n += 1) await send();
    expect(await failure(send())).toMatchObject({ reason: 'quota' });
    expect(fake.server.count('appchat/send')).toBe(200);
  });

  it('B6 look-ups by mobile: misses have a daily budget, hits do not spend it', async () => {
    fake.server.on('user/getuserid', () => ({ errcode: 0, userid: 'ada' }));
    for (let n = 0; n < 30; n += 1) expect(await fake.wecom.user.getUserid('13900001234')).toBe('ada');
    fake.server.on('user/getuserid', () => ({ errcode: 46004, errmsg: 'user no exist' }));
    for (let n = 0; n < 20; n += 1) expect(await fake.wecom.user.getUserid('13900001234')).toBeUndefined();
    const error = await failure(fake.wecom.user.getUserid('13900001234'));
    expect(error).toMatchObject({ reason: 'quota', retryAt: instantOf('2026-11-22') });
    expect(fake.server.count('user/getuserid')).toBe(50);
  });

  it('D7 a 45009 from the server closes that API for a minute, refused again for an hour, others stay open', async () => {
    fake.server.on('user/get', () => LIMITED);
    const start = fake.clock.now();
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({
      errcode: 45009,
      retryAt: start + MINUTE_MS,
    });
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({
      reason: 'closed',
      retryAt: start + MINUTE_MS,
    });
    await fake.wecom.message.send({ users: ['ada'] }, text);
    fake.clock.set(start + MINUTE_MS);
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({ retryAt: start + MINUTE_MS + HOUR_MS });
    expect(fake.server.count('user/get')).toBe(2);
    fake.clock.advance(HOUR_MS);
    fake.server.on('user/get', () => ({ errcode: 0, userid: 'ada', name: '阿达' }));
    await fake.wecom.user.get('ada');
    fake.server.on('user/get', () => LIMITED);
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({
      retryAt: fake.clock.now() + MINUTE_MS,
    });
  });

  it('D7 message/send refused again and again waits for the next natural day', async () => {
    fake.server.on('message/send', () => LIMITED);
    const send = () => failure(fake.wecom.message.send({ everyone: true, about: 1 }, text));
    await send();
    fake.clock.advance(MINUTE_MS);
    await send();
    fake.clock.advance(HOUR_MS);
    expect(await send()).toMatchObject({ retryAt: instantOf('2026-11-22') });
  });

  it('a gettoken ban lasts an hour', async () => {
    fake.server.on('gettoken', () => LIMITED);
    expect(await failure(fake.wecom.user.get('ada'))).toMatchObject({ retryAt: fake.clock.now() + HOUR_MS });
    await failure(fake.wecom.user.get('ada'));
    expect(fake.server.count('gettoken')).toBe(1);
  });
});
