import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CORP, openKit, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const ask = (query: Record<string, string>) => kit.call('gettoken', { as: null, query });

describe('gettoken', () => {
  it('hands out the same token until five minutes before its end', async () => {
    const first = await ask({ corpid: CORP, corpsecret: 'app-secret' });
    expect(first.json).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
    kit.clock.setOffset(kit.clock.offset + 6600_000);
    const second = await ask({ corpid: CORP, corpsecret: 'app-secret' });
    expect(second.json['access_token']).toBe(first.json['access_token']);
    expect(second.json['expires_in']).toBeLessThanOrEqual(600);
    kit.clock.setOffset(kit.clock.offset + 400_000);
    const third = await ask({ corpid: CORP, corpsecret: 'app-secret' });
    expect(third.json['access_token']).not.toBe(first.json['access_token']);
  });

  it.each([
    [{}, 41004],
    [{ corpid: CORP }, 41004],
    [{ corpsecret: 'app-secret' }, 41002],
    [{ corpid: 'wwother', corpsecret: 'app-secret' }, 40013],
    [{ corpid: CORP, corpsecret: 'wrong' }, 40001],
  ])('%j → %i', async (query, errcode) => {
    expect((await ask(query as Record<string, string>)).errcode).toBe(errcode);
  });
});

describe('what a token may do', () => {
  it('expired is 42001, revoked and unknown are 40014, none is 41001', async () => {
    const token = await kit.token('app');
    expect((await kit.call('agent/list')).errcode).toBe(0);
    kit.clock.setOffset(kit.clock.offset + 7200_000);
    expect((await kit.call('agent/list')).errcode).toBe(42001);
    kit.clock.setOffset(kit.clock.offset - 7200_000);
    kit.control.invalidateTokens();
    const revoked = await kit.call('agent/list');
    expect(revoked.json).toEqual({ errcode: 40014, errmsg: 'invalid access_token' });
    expect((await kit.call('agent/list', { as: null, query: { access_token: `${token}x` } })).errcode).toBe(
      40014,
    );
    expect((await kit.call('agent/list', { as: null })).errcode).toBe(41001);
  });

  it('takes the token from the query only', async () => {
    const token = await kit.token('app');
    const response = await kit.raw('/cgi-bin/agent/list', { headers: { authorization: `Bearer ${token}` } });
    expect(await response.json()).toMatchObject({ errcode: 41001 });
  });

  it.each([
    ['app', 'user/create', 48002],
    ['app', 'department/update', 48002],
    ['app', 'user/list_id', 48002],
    ['contacts', 'message/send', 48002],
    ['contacts', 'agent/set', 48002],
  ] as const)('%s secret at %s → %i', async (as, name, errcode) => {
    expect((await kit.call(name, { as, body: {} })).errcode).toBe(errcode);
  });

  it.each([
    ['user/get', { userid: 'zhang' }],
    ['user/list', { department_id: 2 }],
    ['user/simplelist', { department_id: 2 }],
    ['department/list', {}],
    ['department/get', { id: 2 }],
  ])('the contacts secret may not read %s from a new address (48009)', async (name, query) => {
    expect((await kit.call(name, { as: 'contacts', query })).errcode).toBe(48009);
  });

  it('token before permission before JSON', async () => {
    const broken = { rawBody: '{' };
    expect(
      (await kit.call('message/send', { ...broken, as: null, query: { access_token: 'x' } })).errcode,
    ).toBe(40014);
    expect((await kit.call('message/send', { ...broken, as: 'contacts' })).errcode).toBe(48002);
    expect((await kit.call('message/send', broken)).errcode).toBe(40058);
  });

  it('a closed app is 50003, a foreign address 60020', async () => {
    await kit.token('app');
    kit.control.adminApp({ closed: true });
    expect((await kit.call('agent/list')).errcode).toBe(50003);
    expect((await ask({ corpid: CORP, corpsecret: 'app-secret' })).errcode).toBe(40001);
    kit.control.adminApp({ closed: false, trustedIps: ['203.0.113.9'] });
    const refused = await kit.call('agent/list');
    expect(refused.errcode).toBe(60020);
    expect(refused.errmsg).toContain('from ip: 127.0.0.1');
  });
});

describe('the envelope', () => {
  it('is always HTTP 200, with the code in body and headers', async () => {
    const refused = await kit.call('user/get', { query: { userid: 'nobody' } });
    expect(refused.status).toBe(200);
    expect(refused.headers.get('error-code')).toBe('60111');
    expect(refused.headers.get('error-msg')).toBe(refused.errmsg);
    expect(refused.errmsg).toMatch(
      /^userid not found, hint: \[\d{25}\], from ip: 127\.0\.0\.1, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=60111$/,
    );
  });

  it('404 with an empty body for an unknown path', async () => {
    const response = await kit.raw('/cgi-bin/user/nothing?access_token=x');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('keeps empty default fields in error bodies', async () => {
    const refused = await kit.call('getcallbackip', { as: null, query: { access_token: 'x' } });
    expect(refused.json).toEqual({ ip_list: [], errcode: 40014, errmsg: 'invalid access_token' });
  });

  it('converts or ignores a wrong type and warns', async () => {
    const warned = await kit.call('message/send', { body: { ...cardless('zhang'), agentid: '1000002' } });
    expect(warned.errcode).toBe(0);
    expect(warned.errmsg).toContain('Warning: wrong json format.');
    const ignored = await kit.call('user/update', {
      as: 'contacts',
      body: { userid: 'zhang', department: '1' },
    });
    expect(ignored.errmsg).toBe('updated. Warning: wrong json format.');
    expect(kit.control.member('zhang').departments).toEqual([4]);
  });

  it('debug=1 works five times a minute', async () => {
    const codes: number[] = [];
    for (let at = 0; at < 6; at += 1)
      codes.push((await kit.call('agent/list', { query: { debug: 1 } })).errcode);
    expect(codes).toEqual([0, 0, 0, 0, 0, 45009]);
  });
});

const cardless = (touser: string) => ({ touser, msgtype: 'text', text: { content: 'x' } });
