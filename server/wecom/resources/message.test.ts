import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadAnswer, FixData } from '../errors.ts';
import { failure, startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';
import type { Message } from './message-body.ts';

describe('messages', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake();
    fake.server.on('message/send', () => ({ errcode: 0, errmsg: 'ok', msgid: 'm1' }));
  });
  afterEach(() => fake.close());

  const sent = (): Record<string, unknown> => JSON.parse(fake.server.received.at(-1)?.body ?? '{}');
  const send = (message: Message) => fake.wecom.message.send({ users: ['ada'] }, message);

  it('text to members, in the documented form, with the token only in the query', async () => {
    await fake.wecom.message.send(
      { users: ['Ada', 'ben', 'ada'] },
      { type: 'text', content: '你好' },
      { suppressDuplicatesFor: 600, translateIds: true, confidential: true },
    );
    expect(sent()).toEqual({
      touser: 'ada|ben',
      toparty: '',
      totag: '',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: '你好' },
      safe: 1,
      enable_id_trans: 1,
      enable_duplicate_check: 1,
      duplicate_check_interval: 600,
    });
    const request = fake.server.received.at(-1);
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(request?.query.get('access_token')).toBe('tok-1');
  });

  it('everyone, departments and tags', async () => {
    await fake.wecom.message.send({ everyone: true, about: 600 }, { type: 'markdown', content: '**x**' });
    expect(sent()).toMatchObject({ touser: '@all', msgtype: 'markdown' });
    await fake.wecom.message.send({ parties: [1, 2], tags: [0], about: 9 }, { type: 'file', mediaId: 'M' });
    expect(sent()).toMatchObject({ touser: '', toparty: '1|2', totag: '0', file: { media_id: 'M' } });
  });

  it('B1 the answer names invalid members in lower case, split from their bars', async () => {
    fake.server.on('message/send', () => ({
      errcode: 0,
      errmsg: 'ok',
      invaliduser: 'ADA | ben',
      invalidparty: '1|2',
      invalidtag: '',
      unlicenseduser: 'Cui',
      msgid: 'm1',
      response_code: 'RC',
    }));
    expect(await send({ type: 'text', content: 'x' })).toEqual({
      msgid: 'm1',
      responseCode: 'RC',
      invalidUsers: ['ada', 'ben'],
      invalidParties: [1, 2],
      invalidTags: [],
      unlicensedUsers: ['cui'],
    });
  });

  it.each<[string, Message, object]>([
    ['text 2048 bytes', { type: 'text', content: '好'.repeat(700) }, { content: `${'好'.repeat(681)}…` }],
    [
      'markdown 2048 bytes',
      { type: 'markdown', content: 'x'.repeat(3000) },
      { content: `${'x'.repeat(2045)}…` },
    ],
    [
      'textcard 128 and 512 characters, button 4',
      {
        type: 'textcard',
        title: '题'.repeat(200),
        description: '述'.repeat(600),
        url: 'https://a.example/1',
        button: '马上去办理',
      },
      {
        title: `${'题'.repeat(127)}…`,
        description: `${'述'.repeat(511)}…`,
        url: 'https://a.example/1',
        btntxt: '马上去办',
      },
    ],
    [
      'textcard description not inside a tag',
      {
        type: 'textcard',
        title: 't',
        description: `${'x'.repeat(505)}<div class="gray">y</div>`,
        url: 'https://a.example/1',
      },
      { title: 't', description: `${'x'.repeat(505)}…`, url: 'https://a.example/1' },
    ],
    [
      'news 128 and 512 bytes',
      {
        type: 'news',
        articles: [{ title: '题'.repeat(60), description: '述'.repeat(200), url: 'https://a.example' }],
      },
      {
        articles: [
          { title: `${'题'.repeat(41)}…`, description: `${'述'.repeat(169)}…`, url: 'https://a.example' },
        ],
      },
    ],
  ])('cut: %s', async (_name, message, expected) => {
    await send(message);
    expect(sent()[message.type]).toEqual(expected);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['no recipient', () => fake.wecom.message.send({ users: [] }, { type: 'text', content: 'x' })],
    ['a bad userid', () => fake.wecom.message.send({ users: ['a|b'] }, { type: 'text', content: 'x' })],
    [
      '1,001 members',
      () =>
        fake.wecom.message.send(
          { users: [...Array(1001).keys()].map((n) => `u${n}`) },
          { type: 'text', content: 'x' },
        ),
    ],
    [
      '101 departments',
      () =>
        fake.wecom.message.send(
          { parties: [...Array(101).keys()].map((n) => n + 1), about: 1 },
          { type: 'text', content: 'x' },
        ),
    ],
    ['empty text', () => send({ type: 'text', content: ' \n' })],
    [
      'a url without scheme',
      () => send({ type: 'textcard', title: 't', description: 'd', url: 'a.example' }),
    ],
    ['no article', () => send({ type: 'news', articles: [] })],
    [
      'nine articles',
      () =>
        send({
          type: 'news',
          articles: Array.from({ length: 9 }, () => ({ title: 't', url: 'https://a.example' })),
        }),
    ],
    [
      'confidential news (40074)',
      () =>
        fake.wecom.message.send(
          { users: ['ada'] },
          { type: 'news', articles: [{ title: 't', url: 'https://a.example' }] },
          { confidential: true },
        ),
    ],
    [
      'a card without task_id',
      () =>
        send({
          type: 'template_card',
          card: { card_type: 'button_interaction', main_title: { title: 't' } },
        }),
    ],
    [
      'a malformed task_id',
      () => send({ type: 'template_card', card: { card_type: 'text_notice', task_id: 'a b' } }),
    ],
    [
      'a duplicate window of a day',
      () =>
        fake.wecom.message.send(
          { users: ['ada'] },
          { type: 'text', content: 'x' },
          { suppressDuplicatesFor: 86_400 },
        ),
    ],
  ])('refused before any call: %s', async (_name, act) => {
    const error = await failure(act());
    expect(error).toBeInstanceOf(FixData);
    expect(error).toMatchObject({ reason: 'input', maybeSent: false });
    expect(fake.server.received).toHaveLength(0);
  });

  it('an answer of another shape is counted, and told as maybe sent', async () => {
    fake.server.on('message/send', () => ({ errcode: 0, msgid: ['m1'] }));
    const error = await failure(send({ type: 'text', content: 'x' }));
    expect(error).toBeInstanceOf(BadAnswer);
    expect(error).toMatchObject({ maybeSent: true, stem: 'msgid invalid_union' });
    expect(fake.wecom.badAnswers().get('message/send')).toBe(1);
    expect(fake.events.at(-1)).toMatchObject({ api: 'message/send', outcome: 'bad_answer' });
  });

  it('a card is updated for all holders or some, never with its task id', async () => {
    fake.server.on('message/update_template_card', () => ({
      errcode: 0,
      errmsg: 'ok',
      invaliduser: ['BEN'],
    }));
    await fake.wecom.message.updateCard({ responseCode: 'RC', to: { replaceName: '已同意' } });
    expect(sent()).toEqual({
      atall: 1,
      agentid: 1000002,
      response_code: 'RC',
      button: { replace_name: '已同意' },
    });
    const card = { card_type: 'text_notice', task_id: 't1', main_title: { title: '已同意' } } as const;
    const answer = await fake.wecom.message.updateCard({ responseCode: 'RC', users: ['ben'], to: { card } });
    expect(sent()).toMatchObject({
      userids: ['ben'],
      template_card: { card_type: 'text_notice', main_title: { title: '已同意' } },
    });
    expect(JSON.stringify(sent())).not.toContain('task_id');
    expect(answer.invalidUsers).toEqual(['ben']);
  });

  it('recall by msgid', async () => {
    fake.server.on('message/recall', () => ({ errcode: 42052, errmsg: 'msgid expired' }));
    expect(await failure(fake.wecom.message.recall('m1'))).toMatchObject({
      handling: 'fixData',
      errcode: 42052,
    });
    expect(sent()).toEqual({ msgid: 'm1' });
  });
});
