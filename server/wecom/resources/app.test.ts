import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../kernel/dates.ts';
import { requireCapability } from '../capabilities.ts';
import { failure, raw, startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';
import { jsapiSignature } from './jsapi.ts';
import { filenameOf } from './media-names.ts';

describe('JS-SDK', () => {
  const url = 'https://oa.example.edu.cn/m/leave?id=42&from=msg';

  it.each([
    ['TICKET-campus-0001', 'n0nceAbC', 1767225600, url, '079ce88ae997a0516b970f4573fbc05d51486f5c'],
    ['AGENTTICKET-campus-0009', 'Zx81', 1767225660, url, '4bc268da9541f8ecf5791151eac29c4c9ad51ed6'],
    ['TICKET-campus-0001', 'n0nceAbC', 1767225600, `${url}#/top`, '079ce88ae997a0516b970f4573fbc05d51486f5c'],
  ])('signs %s like the reference', (ticket, nonceStr, timestamp, page, expected) => {
    expect(jsapiSignature({ ticket, nonceStr, timestamp, url: page })).toBe(expected);
  });

  it('has one ticket per identity, shared by instances and kept until it runs out', async () => {
    const fake = await startFake();
    fake.server.on('get_jsapi_ticket', () => ({ errcode: 0, ticket: 'CORP', expires_in: 7200 }));
    fake.server.on('ticket/get', () => ({ errcode: 0, ticket: 'AGENT', expires_in: 7200 }));
    const other = fake.another();
    const signed = await fake.wecom.jsapi.sign('agent', url);
    expect(signed.signature).toBe(jsapiSignature({ ticket: 'AGENT', url, ...signed }));
    expect(signed.timestamp).toBe(fake.clock.now() / 1000);
    await Promise.all([
      fake.wecom.jsapi.ticket('corp'),
      other.jsapi.ticket('corp'),
      other.jsapi.ticket('agent'),
    ]);
    expect([fake.server.count('get_jsapi_ticket'), fake.server.count('ticket/get')]).toEqual([1, 1]);
    const asked = fake.server.received.filter((request) => /ticket/.test(request.api));
    expect(asked.map((request) => request.query.get('type')).sort()).toEqual(['agent_config', null]);
    fake.clock.advance(2 * HOUR_MS);
    await fake.wecom.jsapi.ticket('corp');
    expect(fake.server.count('get_jsapi_ticket')).toBe(2);
    await fake.close();
  });
});

describe('the app', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake({ authorizeBase: 'https://open.weixin.qq.com' });
  });
  afterEach(() => fake.close());

  const last = () => fake.server.received.at(-1);
  const body = (): unknown => JSON.parse(last()?.body ?? '{}');

  it('authorize link: this order, this end', () => {
    const redirectUri = 'https://oa.example.edu.cn/m?x=1';
    expect(fake.wecom.oauth.authorizeUrl({ redirectUri, state: 'abc123' })).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wwcorp' +
        '&redirect_uri=https%3A%2F%2Foa.example.edu.cn%2Fm%3Fx%3D1&response_type=code&scope=snsapi_base' +
        '&state=abc123&agentid=1000002#wechat_redirect',
    );
    const own = fake.another({ authorizeBase: 'http://127.0.0.1:9/own/page' });
    expect(own.oauth.authorizeUrl({ redirectUri, state: 'a', scope: 'private' })).toMatch(
      /^http:\/\/127\.0\.0\.1:9\/own\/page\?.*scope=snsapi_privateinfo.*#wechat_redirect$/,
    );
    expect(() => fake.wecom.oauth.authorizeUrl({ redirectUri, state: 'a-b' })).toThrow(/state/);
  });

  it.each([
    [
      { userid: 'Ada', user_ticket: 'T' },
      { kind: 'member', userid: 'Ada', userTicket: 'T' },
    ],
    [{ userid: 'Ada' }, { kind: 'member', userid: 'Ada', userTicket: undefined }],
    [{ openid: 'o1' }, { kind: 'outsider', openid: 'o1' }],
    [{ userid: 'wwother/ada' }, { kind: 'outsider', openid: 'wwother/ada' }],
  ])('visitor %j', async (answer, expected) => {
    fake.server.on('auth/getuserinfo', () => ({ errcode: 0, ...answer }));
    expect(await fake.wecom.oauth.visitor('CODE')).toEqual(expected);
    expect(last()?.query.get('code')).toBe('CODE');
  });

  it('a used code is FixData 40029 and never in the error', async () => {
    fake.server.on('auth/getuserinfo', () => ({ errcode: 40029, errmsg: 'invalid code' }));
    const error = await failure(fake.wecom.oauth.visitor('SECRETCODE'));
    expect(error).toMatchObject({ handling: 'fixData', errcode: 40029 });
    expect(String(error)).not.toContain('SECRETCODE');
  });

  it('detail by ticket', async () => {
    fake.server.on('auth/getuserdetail', () => ({
      errcode: 0,
      userid: 'ada',
      gender: '0',
      mobile: '13900001234',
    }));
    expect(await fake.wecom.oauth.detail('T')).toMatchObject({ userid: 'ada', mobile: '13900001234' });
    expect(body()).toEqual({ user_ticket: 'T' });
  });

  it('uploads as multipart with a raw UTF-8 name and its length', async () => {
    fake.server.on('media/upload', () => ({
      errcode: 0,
      errmsg: '',
      type: 'file',
      media_id: 'M',
      created_at: '1767225600',
    }));
    const bytes = Buffer.from('123456789');
    const uploaded = await fake.wecom.media.upload({ type: 'file', filename: '请假"条.pdf', bytes });
    expect(uploaded).toEqual({ mediaId: 'M', createdAt: 1767225600_000 });
    expect(last()?.query.get('type')).toBe('file');
    expect(last()?.body).toContain(
      'name="media"; filename="请假_条.pdf"; filelength=9\r\nContent-Type: application/pdf',
    );
    expect(last()?.body).toContain('\r\n\r\n123456789\r\n--');
    expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=steward-/);
  });

  it.each([
    ['too small', { type: 'file', filename: 'a.txt', bytes: Buffer.alloc(5) }],
    ['too large', { type: 'voice', filename: 'a.amr', bytes: Buffer.alloc(2 * 1024 * 1024 + 1) }],
    ['the wrong kind', { type: 'image', filename: 'a.gif', bytes: Buffer.alloc(9) }],
  ] as const)('refuses a file that is %s', async (_name, file) => {
    expect(await failure(fake.wecom.media.upload(file))).toMatchObject({ reason: 'input' });
    expect(fake.server.received).toHaveLength(0);
  });

  it('downloads a file, even one of JSON; an error in JSON stays an error', async () => {
    fake.server.on('media/get', () =>
      raw('{"a":1}', 200, { 'Content-Disposition': 'attachment; filename="x.json"' }),
    );
    expect(await fake.wecom.media.get('M')).toMatchObject({
      bytes: Buffer.from('{"a":1}'),
      filename: 'x.json',
    });
    fake.server.on('media/get', () => ({ errcode: 40007, errmsg: 'invalid media_id' }));
    expect(await failure(fake.wecom.media.get('M'))).toMatchObject({ handling: 'fixData', errcode: 40007 });
    fake.server.on('media/get', () => raw('<html>'));
    expect(await failure(fake.wecom.media.get('M'))).toMatchObject({ reason: 'not_json' });
  });

  it.each([
    ['attachment; filename="a.png"', 'a.png'],
    [`attachment; filename="${Buffer.from('假条.png').toString('latin1')}"`, '假条.png'],
    ['attachment; filename*=UTF-8\'\'%E5%81%87.png; filename="x"', '假.png'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment', 'file'],
  ])('file name of %j', (disposition, expected) => {
    expect(filenameOf(disposition)).toBe(expected);
  });

  it('menu: two levels with their limits', async () => {
    await fake.wecom.menu.create([
      { name: '办事', sub_button: [{ name: '请假', type: 'view', url: 'https://a.example' }] },
      { name: '帮助', type: 'click', key: 'help' },
    ]);
    expect(last()?.query.get('agentid')).toBe('1000002');
    expect(body()).toMatchObject({ button: [{ name: '办事' }, { key: 'help' }] });
    const before = fake.server.received.length;
    const bad = [{ name: '六个汉字太长', type: 'click', key: 'k' }] as const;
    expect(await failure(fake.wecom.menu.create([...bad]))).toMatchObject({ reason: 'input' });
    expect(fake.server.received).toHaveLength(before);
    fake.server.on('menu/get', () => ({ errcode: 46003, errmsg: 'menu no exist' }));
    expect(await fake.wecom.menu.get()).toEqual([]);
  });

  it('workbench: text is cut, items are counted', async () => {
    await fake.wecom.workbench.setTemplate({
      type: 'keydata',
      keydata: { items: [{ key: '待'.repeat(70), data: '3', jump_url: 'https://a.example' }] },
    });
    expect(body()).toMatchObject({
      agentid: 1000002,
      type: 'keydata',
      keydata: { items: [{ key: '待'.repeat(64) }] },
    });
    const items = Array.from({ length: 5 }, () => ({ data: '1' }));
    expect(
      await failure(fake.wecom.workbench.setTemplate({ type: 'keydata', keydata: { items } })),
    ).toMatchObject({
      reason: 'input',
    });
    await fake.wecom.workbench.batchSetData(['ada', 'ben'], {
      type: 'list',
      list: { items: [{ title: 'x' }] },
    });
    expect(body()).toEqual({
      agentid: 1000002,
      userid_list: ['ada', 'ben'],
      data: { type: 'list', list: { items: [{ title: 'x' }] } },
    });
    fake.server.on('agent/set_workbench_template', () => ({ errcode: 94000, errmsg: 'off' }));
    expect(await failure(fake.wecom.workbench.setTemplate({ type: 'normal' }))).toMatchObject({
      handling: 'fixPermission',
    });
  });

  it('agent, address lists and app chats', async () => {
    fake.server.on('agent/get', () => ({
      errcode: 0,
      agentid: 1000002,
      name: '管家',
      allow_partys: { partyid: [1] },
    }));
    expect(await fake.wecom.agent.get()).toMatchObject({ name: '管家', allow_partys: { partyid: [1] } });
    expect(await failure(fake.wecom.agent.set({ description: '短' }))).toMatchObject({ reason: 'input' });
    fake.server.on('getcallbackip', () => ({ ip_list: ['101.226.103.*'] }));
    expect(await fake.wecom.network.callbackIps()).toEqual(['101.226.103.*']);
    fake.server.on('appchat/create', () => ({ errcode: 0, chatid: 'c1' }));
    expect(await fake.wecom.appchat.create({ name: '群'.repeat(60), userlist: ['a', 'b'] })).toBe('c1');
    expect(body()).toEqual({ name: '群'.repeat(50), userlist: ['a', 'b'] });
  });

  it('tells every exchange to the metrics, and failures without content to the log', async () => {
    const debuged: unknown[] = [];
    const wecom = fake.another({ log: { debug: (fields) => debuged.push(fields) } });
    fake.server.on('message/send', () => ({ errcode: 81013, errmsg: 'all invalid' }));
    await failure(wecom.message.send({ users: ['ada'] }, { type: 'text', content: '秘密' }));
    expect(fake.events.map(({ api, errcode, outcome }) => [api, errcode, outcome])).toEqual([
      ['gettoken', 0, 'ok'],
      ['message/send', 81013, 'errcode'],
    ]);
    expect(debuged).toEqual([
      { api: 'message/send', errcode: 81013, outcome: 'errcode', ms: expect.any(Number) },
    ]);
  });
});

describe('capabilities of the two secrets (0.4)', () => {
  it.each([
    ['user/create', 'agent', 48002],
    ['department/delete', 'agent', 48002],
    ['user/list_id', 'agent', 48002],
    ['user/get', 'contacts', 48009],
    ['department/list', 'contacts', 48009],
    ['message/send', 'contacts', 48002],
    ['auth/getuserinfo', 'contacts', 48002],
  ] as const)('%s by the %s secret is refused with %i', (api, by, errcode) => {
    expect(() => requireCapability(api, by)).toThrow(
      expect.objectContaining({ handling: 'fixPermission', reason: 'capability', errcode }),
    );
  });

  it('both read ids and keep tags; an old address may still read details', () => {
    for (const by of ['agent', 'contacts'] as const) {
      expect(() => requireCapability('department/simplelist', by)).not.toThrow();
      expect(() => requireCapability('tag/addtagusers', by)).not.toThrow();
    }
    expect(() => requireCapability('user/get', 'contacts', { contactsMayRead: true })).not.toThrow();
    expect(() => requireCapability('message/send', 'contacts', { contactsMayRead: true })).toThrow();
  });
});
