import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKit, textMessage, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

/** From the first account to its end: what the directory from HR meets at the border. */

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const contacts = (name: string, body: unknown) => kit.call(name, { as: 'contacts', body });
const console = (api: string, body: Record<string, unknown>) => kit.control.adminCall({ api, body });

describe('B1 userids', () => {
  it('one that we gave cannot be changed, one that 企业微信 made once', async () => {
    expect((await contacts('user/update', { userid: 'zhang', new_userid: 'zhang2' })).errcode).toBe(301036);
    console('user/create', { name: '新人', mobile: '13900000020', department: [2] });
    const made = kit.control.state().members.find(({ name }) => name === '新人')?.userid ?? '';
    expect(made).not.toBe('');
    expect((await contacts('user/update', { userid: made, new_userid: 'ZHANG' })).errcode).toBe(60102);
    expect((await contacts('user/update', { userid: made, new_userid: 'T001' })).errmsg).toBe('updated');
    expect(kit.control.member('t001')).toMatchObject({ userid: 'T001', name: '新人' });
    expect((await contacts('user/update', { userid: 'T001', new_userid: 'T002' })).errcode).toBe(301036);
  });

  it('a new one goes wherever the old one was known: tags, leaders, groups, creator', async () => {
    console('user/create', { name: '新人', mobile: '13900000020', department: [2] });
    const made = kit.control.state().members.find(({ name }) => name === '新人')?.userid ?? '';
    await contacts('user/update', { userid: 'zhang', direct_leader: [made] });
    await kit.call('tag/create', { body: { tagname: '值班', tagid: 1 } });
    await kit.call('tag/addtagusers', { body: { tagid: 1, userlist: [made] } });
    await kit.call('appchat/create', { body: { chatid: 'g1', userlist: ['zhang', made], owner: made } });
    kit.control.adminCorp({ creator: made });
    await contacts('user/update', { userid: made, new_userid: 'T001' });
    expect(kit.control.member('zhang').directLeader).toEqual(['T001']);
    expect((await kit.call('tag/get', { query: { tagid: 1 } })).json['userlist']).toMatchObject([
      { userid: 'T001' },
    ]);
    const chat = (await kit.call('appchat/get', { query: { chatid: 'g1' } })).json['chat_info'];
    expect(chat).toMatchObject({ owner: 'T001', userlist: ['zhang', 'T001'] });
    const gone = await kit.call('user/delete', { as: 'contacts', query: { userid: 't001' } });
    expect(gone.errcode).toBe(301005);
  });
});

describe('C11 the creator', () => {
  it('is deleted neither alone nor with others; somebody else may take over', async () => {
    const owned = await withPeople(await openKit({ creator: 'WangHR' }));
    const erase = (userid: string) => owned.call('user/delete', { as: 'contacts', query: { userid } });
    expect((await erase('wanghr')).errcode).toBe(301005);
    const many = { as: 'contacts', body: { useridlist: ['zhang', 'wanghr'] } } as const;
    expect((await owned.call('user/batchdelete', many)).errcode).toBe(301005);
    expect(owned.control.state().members).toHaveLength(3);
    owned.control.adminCorp({ creator: 'zhang' });
    expect((await erase('wanghr')).errcode).toBe(0);
    expect(owned.control.adminCorp({}).creator).toBe('zhang');
    await owned.close();
  });
});

describe('deleting', () => {
  it('frees mobile and mail for others, and leaves no trace in groups, leaders, tags, visible range', async () => {
    await contacts('user/update', { userid: 'zhang', email: 'zhang@example.test' });
    await contacts('user/update', { userid: 'chen', direct_leader: ['zhang'] });
    await kit.call('appchat/create', { body: { chatid: 'g1', userlist: ['zhang', 'chen'], owner: 'zhang' } });
    kit.control.adminApp({ visible: { userids: ['zhang'], parties: [1] } });
    const next = { userid: 'n1', name: '新人', mobile: '+8613900000002', department: [2] };
    expect((await contacts('user/create', next)).errcode).toBe(60104);
    await kit.call('user/delete', { as: 'contacts', query: { userid: 'ZHANG' } });
    const created = await contacts('user/create', { ...next, email: 'Zhang@example.test' });
    expect(created.errcode).toBe(0);
    expect(kit.control.member('chen').directLeader).toEqual([]);
    expect(kit.control.state().app.visible.userids).toEqual([]);
    const chat = (await kit.call('appchat/get', { query: { chatid: 'g1' } })).json['chat_info'];
    expect(chat).toMatchObject({ owner: 'Chen', userlist: ['Chen'] });
  });

  it('D8 one invalid id and nobody goes; an id twice is one member', async () => {
    const bad = await contacts('user/batchdelete', { useridlist: ['zhang', 'no one', 'chen'] });
    expect(bad.errcode).toBe(40031);
    expect(kit.control.state().members).toHaveLength(3);
    expect((await contacts('user/batchdelete', { useridlist: ['zhang', 'ZHANG'] })).errcode).toBe(0);
    expect(kit.control.state().members.map(({ userid }) => userid)).toEqual(['wanghr', 'Chen']);
  });
});

describe('B4 a number has one holder', () => {
  it('in every spelling, also a disabled one; an activated member’s is ignored in silence', async () => {
    await contacts('user/create', { userid: 'n1', name: '新人', mobile: '13900000030', department: [2] });
    await contacts('user/update', { userid: 'n1', enable: 0 });
    const other = { userid: 'n2', name: '又一', mobile: '139-0000-0030', department: [2] };
    expect((await contacts('user/create', other)).errcode).toBe(60104);
    expect((await contacts('user/update', { userid: 'n1', mobile: '13900000031' })).errcode).toBe(0);
    expect((await contacts('user/create', other)).errcode).toBe(0);
    expect((await contacts('user/update', { userid: 'zhang', mobile: '13900000031' })).errcode).toBe(0);
    expect(kit.control.member('zhang').mobile).toBe('13900000002');
  });

  it('neither mobile nor mail may be left', async () => {
    await contacts('user/create', { userid: 'n1', name: '新人', mobile: '13900000030', department: [2] });
    expect((await contacts('user/update', { userid: 'n1', mobile: '' })).errcode).toBe(60129);
    expect(kit.control.member('n1').mobile).toBe('13900000030');
    const both = { userid: 'n1', mobile: '', email: 'n1@example.test' };
    expect((await contacts('user/update', both)).errcode).toBe(0);
  });
});

describe('C13 a disabled member', () => {
  it('gets no code, no message, no group message, and an old code is worth nothing', async () => {
    const redirect = encodeURIComponent('http://localhost:8080/x');
    const path = `/connect/oauth2/authorize?appid=wwsandbox0000000001&redirect_uri=${redirect}&response_type=code&scope=snsapi_base&agentid=1000002&sandbox_member=zhang`;
    const before = await kit.raw(path);
    const code = new URL(before.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
    await kit.call('appchat/create', { body: { chatid: 'g1', userlist: ['zhang', 'chen'] } });
    await contacts('user/update', { userid: 'zhang', enable: 0 });
    expect((await kit.call('auth/getuserinfo', { query: { code } })).errcode).toBe(40029);
    expect((await kit.raw(path)).status).toBe(400);
    const sent = await kit.call('message/send', { body: textMessage('zhang|chen') });
    expect(sent.json['invaliduser']).toBe('zhang');
    const body = { chatid: 'g1', msgtype: 'text', text: { content: '你好' } };
    expect((await kit.call('appchat/send', { body })).errcode).toBe(0);
    expect(kit.control.appMessages('zhang')).toEqual([]);
    expect(kit.control.dump().dropped).toMatchObject([{ userid: 'zhang', reason: 'disabled' }]);
    expect((await kit.call('user/get', { query: { userid: 'zhang' } })).json['status']).toBe(2);
  });

  it('has everything back when enabled again', async () => {
    const before = (await kit.call('user/get', { query: { userid: 'chen' } })).json;
    await contacts('user/update', { userid: 'chen', enable: 0 });
    await contacts('user/update', { userid: 'chen', enable: 1 });
    expect((await kit.call('user/get', { query: { userid: 'chen' } })).json).toEqual(before);
  });
});

describe('limits', () => {
  it('C10 counts created accounts against 3 × seats a month, deleted ones included', async () => {
    const small = await openKit({ seats: 2 });
    const create = (at: number) =>
      small.call('user/create', {
        as: 'contacts',
        body: { userid: `u${at}`, name: '人', mobile: `1390000010${at}` },
      });
    const codes: number[] = [];
    for (let at = 0; at < 7; at += 1) {
      codes.push((await create(at)).errcode);
      await small.call('user/delete', { as: 'contacts', query: { userid: `u${at}` } });
    }
    expect(codes).toEqual([0, 0, 0, 0, 0, 0, 45009]);
    small.advance(30 * 86_400_000);
    expect((await create(8)).errcode).toBe(0);
    await create(9);
    expect((await create(3)).errcode).toBe(45024);
    await small.close();
  });

  it('keeps only extended attributes that the console knows', async () => {
    const attr = (name: string) => ({ type: 0, name, text: { value: 'x' } });
    await contacts('user/update', { userid: 'zhang', extattr: { attrs: [attr('工号'), attr('星座')] } });
    const read = async () => (await kit.call('user/get', { query: { userid: 'zhang' } })).json['extattr'];
    expect(await read()).toMatchObject({ attrs: [{ name: '工号' }] });
    kit.control.adminCorp({ extattrs: ['星座'] });
    await contacts('user/update', { userid: 'zhang', extattr: { attrs: [attr('工号'), attr('星座')] } });
    expect(await read()).toMatchObject({ attrs: [{ name: '星座' }] });
  });

  it('refuses the contacts secret from another address', async () => {
    kit.control.adminCorp({ contactsTrustedIps: ['203.0.113.9'] });
    expect((await contacts('user/update', { userid: 'zhang', position: '讲师' })).errcode).toBe(60020);
    expect((await kit.call('tag/list')).errcode).toBe(0);
  });

  it('A4 an unknown department and the one that holds it do not get the same id', async () => {
    await contacts('user/update', { userid: 'zhang', department: [5] });
    const { departments } = kit.control.state();
    const made = departments.find(({ id }) => id === 5);
    expect(departments.find(({ id }) => id === made?.parentId)).toMatchObject({
      parentId: 1,
      name: '其他（待设置部门）',
    });
    expect(departments).toHaveLength(6);
  });

  it('department ids that cannot be are refused, an image that is none as well', async () => {
    const body = { userid: 'zhang', department: [2, 0] };
    expect((await contacts('user/update', body)).errcode).toBe(60123);
    const avatar = { userid: 'zhang', avatar_mediaid: 'no-such-media' };
    expect((await contacts('user/update', avatar)).errcode).toBe(40007);
    expect(kit.control.member('zhang').departments).toEqual([4]);
  });
});
