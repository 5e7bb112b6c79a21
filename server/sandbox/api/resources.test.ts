import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT, openKit, textMessage, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const form = (name: string, bytes: Uint8Array | string, field = 'media'): FormData => {
  const data = new FormData();
  data.append(field, new Blob([bytes]), name);
  return data;
};
const upload = (type: string, file: FormData) => kit.call('media/upload', { query: { type }, rawBody: file });

describe('media', () => {
  it('lives three days, keeps its name and can be sent', async () => {
    const { json } = await upload('file', form('通知.pdf', 'hello world'));
    expect(json).toMatchObject({ errcode: 0, type: 'file' });
    expect(typeof json['created_at']).toBe('string');
    const media_id = String(json['media_id']);
    const body = { ...textMessage('zhang'), msgtype: 'file', file: { media_id } };
    expect((await kit.call('message/send', { body })).errcode).toBe(0);
    expect(kit.control.appMessages('zhang')[0]?.content).toMatchObject({ filename: '通知.pdf', size: 11 });
    const get = async (headers: Record<string, string> = {}) =>
      kit.raw(`/cgi-bin/media/get?access_token=${await kit.token('app')}&media_id=${media_id}`, { headers });
    const whole = await get();
    expect(whole.headers.get('content-disposition')).toContain(encodeURIComponent('通知.pdf'));
    expect(await whole.text()).toBe('hello world');
    const part = await get({ range: 'bytes=6-8' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 6-8/11',
      'wor',
    ]);
    kit.advance(3 * 86_400_000);
    expect(await (await get()).json()).toMatchObject({ errcode: 40007 });
    expect((await kit.call('message/send', { body })).errcode).toBe(40007);
  });

  it.each([
    ['poster', form('a.png', 'xxxxxxxx'), 40004],
    ['image', form('a.gif', 'xxxxxxxx'), 40005],
    ['voice', form('a.mp3', 'xxxxxxxx'), 40005],
    ['file', form('a.txt', ''), 44001],
    ['file', form('a.txt', '12345'), 40006],
    ['file', form('a.txt', 'xxxxxxxx', 'upload'), 44001],
    ['image', form('a.png', new Uint8Array(10 * 1024 * 1024 + 1)), 40009],
  ])('%s upload no. %# is refused', async (type, file, errcode) => {
    expect((await upload(type, file)).errcode).toBe(errcode);
  });

  it('a robot’s media is its own', async () => {
    const query = { key: 'sandbox-webhook-key', type: 'file' };
    const mine = await kit.call('webhook/upload_media', {
      as: null,
      query,
      rawBody: form('a.txt', 'xxxxxxxx'),
    });
    const media_id = mine.json['media_id'];
    const message = { msgtype: 'file', file: { media_id } };
    const sent = await kit.call('webhook/send', { as: null, query: { key: query.key }, body: message });
    expect(sent.errcode).toBe(0);
    expect((await kit.call('message/send', { body: { ...textMessage('zhang'), ...message } })).errcode).toBe(
      40007,
    );
    const wrong = { ...query, key: 'x' };
    const empty = await kit.call('webhook/upload_media', {
      as: null,
      query: wrong,
      rawBody: form('a.txt', ''),
    });
    expect(empty.errcode).toBe(44001);
  });

  it('uploadimg gives a url that serves the picture', async () => {
    const { json } = await kit.call('media/uploadimg', { rawBody: form('a.png', 'pngpngpng') });
    expect(await (await fetch(String(json['url']))).text()).toBe('pngpngpng');
  });
});

describe('robots', () => {
  it('20 messages a minute', async () => {
    const codes: number[] = [];
    for (let at = 0; at < 21; at += 1) {
      const body = { msgtype: 'markdown', markdown: { content: `**${at}**` } };
      codes.push(
        (await kit.call('webhook/send', { as: null, query: { key: 'sandbox-webhook-key' }, body })).errcode,
      );
    }
    expect([codes.filter((code) => code === 0).length, codes[20]]).toEqual([20, 45009]);
  });
});

describe('JS-SDK tickets', () => {
  it('differ by identity, stay for two hours, 100 an hour per app', async () => {
    const corp = await kit.call('get_jsapi_ticket');
    const app = await kit.call('ticket/get', { query: { type: 'agent_config' } });
    expect(corp.json).toMatchObject({ errcode: 0, expires_in: 7200 });
    expect(app.json['ticket']).not.toBe(corp.json['ticket']);
    expect((await kit.call('get_jsapi_ticket')).json['ticket']).toBe(corp.json['ticket']);
    for (let at = 2; at < 100; at += 1) await kit.call('get_jsapi_ticket');
    expect((await kit.call('get_jsapi_ticket')).errcode).toBe(45009);
    kit.advance(7_300_000);
    expect((await kit.call('get_jsapi_ticket')).json['ticket']).not.toBe(corp.json['ticket']);
  });
});

describe('agent, menu, workbench', () => {
  it('tells and changes the app', async () => {
    const set = { agentid: AGENT, name: '办公', description: '办事的地方', report_location_flag: 1 };
    expect((await kit.call('agent/set', { body: set })).errcode).toBe(0);
    const { json } = await kit.call('agent/get', { query: { agentid: AGENT } });
    expect(json).toMatchObject({
      agentid: AGENT,
      name: '办公',
      description: '办事的地方',
      report_location_flag: 1,
      allow_partys: { partyid: [1] },
      close: 0,
      redirect_domain: 'localhost:8080',
    });
  });

  it('keeps the menu until it is deleted', async () => {
    const button = [{ name: '待办', type: 'click', key: 'todo' }];
    const query = { agentid: AGENT };
    await kit.call('menu/create', { query, body: { button } });
    expect((await kit.call('menu/get', { query })).json['button']).toMatchObject(button);
    await kit.call('menu/delete', { query });
    expect((await kit.call('menu/get', { query })).errcode).toBe(46003);
  });

  it('shows a member his own data, else the template', async () => {
    const items = (data: string) => ({ items: [{ key: '待办', data, jump_url: 'http://localhost:8080/' }] });
    const template = { agentid: AGENT, type: 'keydata', keydata: items('0') };
    expect((await kit.call('agent/set_workbench_template', { body: template })).errcode).toBe(0);
    const own = { agentid: AGENT, userid: 'zhang', type: 'keydata', keydata: items('7') };
    expect((await kit.call('agent/set_workbench_data', { body: own })).errcode).toBe(0);
    expect(kit.control.workbench('zhang').data?.items?.[0]?.data).toBe('7');
    expect(kit.control.workbench('chen').data?.items?.[0]?.data).toBe('0');
    const many = {
      agentid: AGENT,
      userid_list: ['chen', 'zhang'],
      data: { type: 'keydata', keydata: items('3') },
    };
    expect((await kit.call('agent/batch_set_workbench_data', { body: many })).errcode).toBe(0);
    const read = await kit.call('agent/get_workbench_data', { body: { agentid: AGENT, userid: 'chen' } });
    expect(read.json['data']).toMatchObject({ type: 'keydata', keydata: items('3') });
    const replaced = { ...template, replace_user_data: true };
    await kit.call('agent/set_workbench_template', { body: replaced });
    expect(kit.control.workbench('zhang').data?.items?.[0]?.data).toBe('0');
    const wrong = { agentid: AGENT, userid: 'zhang', type: 'list', list: { items: [{ title: '甲' }] } };
    expect((await kit.call('agent/set_workbench_data', { body: wrong })).errcode).toBe(94001);
    kit.control.adminApp({ workbenchEnabled: false });
    expect((await kit.call('agent/set_workbench_template', { body: template })).errcode).toBe(94000);
  });

  it('ten times a minute per member', async () => {
    const keydata = { items: [{ data: '1' }] };
    await kit.call('agent/set_workbench_template', { body: { agentid: AGENT, type: 'keydata', keydata } });
    const codes: number[] = [];
    for (let at = 0; at < 11; at += 1) {
      const body = { agentid: AGENT, userid: 'zhang', type: 'keydata', keydata };
      codes.push((await kit.call('agent/set_workbench_data', { body })).errcode);
    }
    expect([codes[9], codes[10]]).toEqual([0, 45009]);
  });
});

describe('app chats', () => {
  it('create, send, change, read', async () => {
    const made = await kit.call('appchat/create', {
      body: { name: '请假小组', owner: 'Zhang', userlist: ['Zhang', 'chen'], chatid: 'leave1' },
    });
    expect(made.json).toMatchObject({ errcode: 0, chatid: 'leave1' });
    const again = await kit.call('appchat/create', {
      body: { userlist: ['zhang', 'chen'], chatid: 'leave1' },
    });
    expect(again.errcode).toBe(86215);
    const body = { chatid: 'leave1', msgtype: 'text', text: { content: '开会', mentioned_list: ['@all'] } };
    const sent = await kit.call('appchat/send', { body });
    expect(sent.json).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(kit.control.chats('chen')[0]).toMatchObject({
      chatId: 'group:leave1',
      kind: 'group',
      preview: '开会',
    });
    const card = { chatid: 'leave1', msgtype: 'template_card', template_card: {} };
    expect((await kit.call('appchat/send', { body: card })).errcode).toBe(40008);
    const update = (change: Record<string, unknown>) =>
      kit.call('appchat/update', { body: { chatid: 'leave1', ...change } });
    expect((await update({ del_user_list: ['zhang'], add_user_list: ['wanghr'] })).errcode).toBe(86005);
    expect(
      (await update({ del_user_list: ['zhang'], add_user_list: ['wanghr'], owner: 'chen' })).errcode,
    ).toBe(0);
    expect((await update({ del_user_list: ['wanghr'] })).errcode).toBe(86006);
    const { json } = await kit.call('appchat/get', { query: { chatid: 'leave1' } });
    expect(json['chat_info']).toMatchObject({
      name: '请假小组',
      owner: 'Chen',
      userlist: ['Chen', 'wanghr'],
      chat_type: 0,
    });
  });
});

describe('small ones', () => {
  it('lists addresses, invites, knows the old name of getuserinfo', async () => {
    expect((await kit.call('getcallbackip')).json['ip_list']).toEqual(['127.0.0.1']);
    expect((await kit.call('get_api_domain_ip')).json['ip_list']).toEqual(['127.0.0.1']);
    const invited = await kit.call('batch/invite', { body: { user: ['zhang', 'ghost'], party: [2, 99] } });
    expect(invited.json).toMatchObject({
      errcode: 0,
      invaliduser: ['ghost'],
      invalidparty: [99],
      invalidtag: [],
    });
    expect((await kit.call('user/getuserinfo', { query: { code: 'x' } })).errcode).toBe(40029);
  });
});
