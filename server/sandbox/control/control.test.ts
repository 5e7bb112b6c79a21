import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, buttonCard, cardMessage, openKit, replyTo, textMessage, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';
import { h5LaunchPath } from '../contract.ts';
import type {
  ActResult,
  ChatPage,
  LedgerDetail,
  SandboxDump,
  SandboxEvent,
  SandboxState,
} from '../contract.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

async function control<T>(
  path: string,
  body?: unknown,
  method?: string,
): Promise<{ status: number; json: T }> {
  const response = await kit.raw(`/sandbox${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as T };
}

/** fetch sets Host itself; node's own client lets a test forge it. */
function forged(headers: Record<string, string>): Promise<number> {
  const { port } = new URL(kit.sandbox.url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/sandbox/state', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('who may drive it', () => {
  it.each([
    [{ host: 'evil.example:8081' }, 403],
    [{ host: 'localhost:8081.evil.example' }, 403],
    [{ host: 'localhost:1', origin: 'http://localhost:2' }, 403],
    [{ host: 'localhost:1', origin: 'null' }, 403],
    [{ host: 'localhost:1', origin: 'https://evil.example' }, 403],
    [{ host: 'localhost:1', origin: 'http://localhost:1' }, 200],
    [{ host: '127.0.0.1:1' }, 200],
  ])('%j → %i', async (headers, status) => {
    expect(await forged(headers as Record<string, string>)).toBe(status);
  });
});

describe('acting over HTTP', () => {
  it('tells the story of a card: state, chat, tap, ledger', async () => {
    await kit.call('message/send', { body: cardMessage('wanghr', buttonCard('t1')) });
    const { json: state } = await control<SandboxState>('/state');
    expect(state.members.find(({ userid }) => userid === 'wanghr')).toMatchObject({
      unread: 1,
      leads: [2],
      inScope: true,
    });
    expect(state.departments.find(({ id }) => id === 4)?.memberCount).toBe(2);
    const { json: chats } = await control<{ chats: { chatId: string; preview: string }[] }>(
      '/members/wanghr/chats',
    );
    expect(chats.chats).toMatchObject([
      { chatId: `app:${AGENT}`, unread: 1, preview: '张老师 申请年假 3.5 个工作日' },
    ]);
    const { json: page } = await control<ChatPage>(`/members/wanghr/chats/app:${AGENT}`);
    const messageId = page.messages[0]?.id ?? '';
    kit.app.respond = () => ({
      reply: replyTo('wanghr', [
        ['MsgType', 'update_button'],
        ['Button', [['ReplaceName', '已同意']]],
      ]),
    });
    const { json: result } = await control<ActResult>('/members/wanghr/tap', { messageId, key: 'approve' });
    expect(result).toMatchObject({ delivery: 'accepted', reply: 'update_button' });
    const { json: acts } = await control<{ acts: SandboxState['acts'] }>('/acts?limit=1');
    expect(acts.acts[0]).toMatchObject({ id: result.actId, kind: 'tap', title: '王处长点了「同意」' });
    expect(acts.acts[0]?.entries.map(({ kind, name }) => [kind, name])).toEqual([
      ['callback', 'template_card_event'],
      ['reply', '被动回复'],
    ]);
    const id = acts.acts[0]?.entries[0]?.id ?? '';
    const { json: detail } = await control<LedgerDetail>(`/ledger/${id}`);
    expect(detail.request.body).toContain('<EventKey><![CDATA[approve]]>');
    expect(detail.response?.body).toContain('已同意');
    expect(detail.raw?.request).toContain('<Encrypt>');
    expect((await control('/members/wanghr/read', { chatId: `app:${AGENT}` })).json).toEqual({ unread: 0 });
    expect((await control('/members/wanghr/tap', { messageId, key: 'approve' })).status).toBe(409);
  });

  it('answers faults of the caller with 4xx and Chinese words', async () => {
    expect(await control('/members/ghost')).toEqual({
      status: 404,
      json: { error: 'no_member', message: '没有这个成员' },
    });
    expect((await control('/members/zhang/tap', { key: 'x' })).status).toBe(422);
    expect((await control('/faults', { kind: 'meteor' })).status).toBe(422);
    const broken = await kit.raw('/sandbox/clock', { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    expect((await control('/nothing-here', {})).status).toBe(404);
  }, 10_000);

  it('pages through a chat from the newest', async () => {
    for (let at = 1; at <= 5; at += 1)
      await kit.call('message/send', { body: textMessage('zhang', `第${at}条`) });
    const path = `/members/zhang/chats/app:${AGENT}`;
    const { json: last } = await control<ChatPage>(`${path}?limit=2`);
    const { json: older } = await control<ChatPage>(`${path}?limit=9&before=${last.before}`);
    const words = (page: ChatPage) =>
      page.messages.map(({ content }) => content.msgtype === 'text' && content.content);
    expect([words(older), words(last)]).toEqual([
      ['第1条', '第2条', '第3条'],
      ['第4条', '第5条'],
    ]);
    expect(older.before).toBeNull();
  });

  it('never shows tokens or secrets in the ledger', async () => {
    await kit.call('agent/list');
    const token = await kit.token('app');
    const { json: dump } = await control<SandboxDump>('/dump');
    const details = dump.ledger.map(({ id }) => kit.control && kit.raw(`/sandbox/ledger/${id}`));
    const texts = await Promise.all(details.map(async (response) => (await response).text()));
    const all = texts.join('') + JSON.stringify(dump);
    expect(texts.length).toBeGreaterThan(5);
    expect(all).not.toContain(token);
    expect(all).not.toContain('app-secret');
    expect(all).not.toContain('contacts-secret');
  });
});

describe('faults', () => {
  const codes = async (times: number, name = 'agent/list'): Promise<number[]> => {
    const found: number[] = [];
    for (let at = 0; at < times; at += 1) found.push((await kit.call(name)).errcode);
    return found;
  };

  it('busy for some calls, then well again', async () => {
    await kit.token('app');
    kit.control.addFault({ kind: 'busy', calls: 2 });
    expect(await codes(3)).toEqual([-1, -1, 0]);
    expect(kit.control.state().faults).toEqual([]);
  });

  it('a window on the sandbox’s clock, for one API only', async () => {
    kit.control.addFault({ kind: 'rate_limit', minutes: 10, apis: ['agent/list'] });
    expect(await codes(1)).toEqual([45009]);
    expect((await kit.call('tag/list')).errcode).toBe(0);
    kit.clock.setOffset(kit.clock.offset + 600_000);
    expect(await codes(1)).toEqual([0]);
  });

  it('any other errcode, by prefix, until removed', async () => {
    const fault = kit.control.addFault({ kind: 'errcode', errcode: 6000, apis: ['agent/'] });
    expect(await codes(2)).toEqual([6000, 6000]);
    expect((await control(`/faults/${fault.id}`, undefined, 'DELETE')).json).toEqual({ faults: [] });
    expect(await codes(1)).toEqual([0]);
  });

  it('tokens die at once, or in the middle of a run', async () => {
    await kit.token('app');
    kit.control.addFault({ kind: 'invalidate_tokens', afterCalls: 3 });
    expect(await codes(3)).toEqual([0, 0, 40014]);
    kit.advance(0);
    expect(await codes(1)).toEqual([0]);
    kit.control.addFault({ kind: 'invalidate_tokens' });
    expect(await codes(1)).toEqual([40014]);
  });

  it('cuts the line before or after the effect', async () => {
    await kit.token('app');
    kit.control.addFault({ kind: 'drop_before', calls: 1, apis: ['message/send'] });
    await expect(kit.call('message/send', { body: textMessage('zhang', '一') })).rejects.toThrow();
    expect(kit.control.appMessages('zhang')).toHaveLength(0);
    kit.control.addFault({ kind: 'drop_after', calls: 1, apis: ['message/send'] });
    await expect(kit.call('message/send', { body: textMessage('zhang', '二') })).rejects.toThrow();
    expect(kit.control.appMessages('zhang')).toHaveLength(1);
  });

  it('down is HTTP 502 without JSON', async () => {
    kit.control.addFault({ kind: 'down', minutes: 10 });
    const response = await kit.raw('/cgi-bin/agent/list?access_token=x');
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('502 Bad Gateway');
  });

  it('slow answers come, late', async () => {
    await kit.token('app');
    const fault = kit.control.addFault({ kind: 'slow', ms: 20, calls: 1 });
    expect((await kit.call('agent/list')).errcode).toBe(0);
    expect(kit.control.dump().ledger.at(-1)).toMatchObject({ state: 'ok', faultId: fault.id });
    expect(kit.control.state().faults).toEqual([]);
  });

  it('silent drop concerns the named members only', async () => {
    kit.control.addFault({ kind: 'silent_drop', userids: ['CHEN'] });
    expect((await kit.call('message/send', { body: textMessage('zhang|chen') })).json).not.toHaveProperty(
      'invaliduser',
    );
    expect(kit.control.appMessages('zhang')).toHaveLength(1);
    expect(kit.control.appMessages('chen')).toHaveLength(0);
    expect((await control('/dropped')).json).toMatchObject({
      dropped: [{ userid: 'Chen', reason: 'fault' }],
    });
  });
});

describe('clock, reset, admin console', () => {
  it('moves time and tells everybody', async () => {
    const before = kit.clock.now();
    const { json } = await control<{ now: number }>('/clock', { advanceMs: 3_600_000 });
    expect(json.now - before).toBeGreaterThanOrEqual(3_600_000);
    await control('/clock', { set: '2026-12-01T01:00:00Z' });
    expect(new Date(kit.clock.now()).toISOString().slice(0, 16)).toBe('2026-12-01T01:00');
    await control('/clock', { reset: true });
    expect(kit.clock.offset).toBe(0);
    expect((await control('/clock', { set: 'tomorrow' })).status).toBe(422);
  });

  it('reset forgets what was said, or everything', async () => {
    await kit.call('message/send', { body: textMessage('zhang') });
    kit.control.addFault({ kind: 'busy' });
    const { json: kept } = await control<SandboxState>('/reset', {});
    expect(kept).toMatchObject({ faults: [], counts: { messages: 0 } });
    expect(kept.members).toHaveLength(3);
    expect(kit.control.appMessages('zhang')).toEqual([]);
    const { json: bare } = await control<SandboxState>('/reset', { scope: 'all' });
    expect(bare.members).toEqual([]);
    expect(bare.departments).toHaveLength(1);
  });

  it('the console answers like the API', async () => {
    const { json } = await control('/admin/call', {
      api: 'department/create',
      body: { name: '人事处', parentid: 1 },
    });
    expect(json).toMatchObject({ errcode: 60008 });
    expect((await control('/admin/call', { api: 'message/send' })).status).toBe(404);
  });

  it('keeps the story the phone tells, also over a reset', async () => {
    expect((await control('/story')).json).toEqual({ story: null });
    const card = { userid: 'wanghr', titleHas: '请假' };
    const step = { label: '张老师提交', userid: 'zhang', note: '打开**请假**', done: card };
    const told = { steps: [step], end: { userid: null, note: '走完了' } };
    expect((await control('/story', { story: told })).status).toBe(200);
    await control('/reset', { scope: 'all' });
    expect((await control('/story')).json).toEqual({ story: told });
    expect((await control('/story', { story: { steps: 1 } })).status).toBe(422);
  });

  it('verifies a JS-SDK signature', async () => {
    const { json } = await kit.call('get_jsapi_ticket');
    const url = 'http://localhost:8080/apply?id=1';
    const text = `jsapi_ticket=${String(json['ticket'])}&noncestr=n1&timestamp=1700000000&url=${url}`;
    const { createHash } = await import('node:crypto');
    const signature = createHash('sha1').update(text).digest('hex');
    const given = { identity: 'corp', url: `${url}#top`, timestamp: 1700000000, nonceStr: 'n1', signature };
    expect((await control('/jsapi/verify', given)).json).toEqual({ ok: true, reason: 'ok' });
    expect((await control('/jsapi/verify', { ...given, identity: 'app' })).json).toMatchObject({ ok: false });
    const elsewhere = { ...given, url: 'http://evil.test/' };
    expect((await control('/jsapi/verify', elsewhere)).json).toEqual({
      ok: false,
      reason: 'invalid url domain',
    });
  });
});

describe('the stream', () => {
  it('tells messages, entries and the clock as they happen', async () => {
    const abort = new AbortController();
    const response = await kit.raw('/sandbox/events', { signal: abort.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events: SandboxEvent[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString('utf8');
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const data = /^data: (.*)$/m.exec(part)?.[1];
          if (data !== undefined) events.push(JSON.parse(data) as SandboxEvent);
        }
      }
    })().catch(() => undefined);
    await kit.call('message/send', { body: textMessage('chen') });
    kit.control.clock({ advanceMs: 1000 });
    const types = () => events.map(({ type }) => type);
    await expect
      .poll(types)
      .toEqual(expect.arrayContaining(['hello', 'entry', 'entry_changed', 'message', 'clock']));
    expect(types()[0]).toBe('hello');
    const message = events.find((event) => event.type === 'message');
    expect(message).toMatchObject({ userid: 'Chen', unread: 1 });
    abort.abort();
    await reading;
  });
});

describe('the phone page', () => {
  it('says what to do when it was not built', async () => {
    const response = await kit.raw('/phone');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm run build');
    expect((await kit.raw('/')).headers.get('location')).toContain('/phone');
    expect((await kit.raw('/assets/..%2f..%2fetc/passwd')).status).toBe(404);
    expect((await kit.raw('/phone/avatar/zhang/0')).headers.get('content-type')).toContain('svg');
    expect(h5LaunchPath('zhang', '/a?b=1')).toBe('/phone/h5?member=zhang&to=%2Fa%3Fb%3D1');
  });
});
