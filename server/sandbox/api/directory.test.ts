import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKit, withPeople } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const contacts = (name: string, body: unknown) => kit.call(name, { as: 'contacts', body });

describe('members', () => {
  it('reads what an app created after 2022-06-20 may read', async () => {
    const { json } = await kit.call('user/get', { query: { userid: 'WANGHR' } });
    expect(json).toMatchObject({
      errcode: 0,
      userid: 'wanghr',
      name: '王处长',
      department: [2],
      order: [0],
      is_leader_in_dept: [1],
      main_department: 2,
      position: '处长',
      gender: '0',
      status: 1,
    });
    expect(json).not.toHaveProperty('mobile');
    expect(json).not.toHaveProperty('email');
    expect(json).not.toHaveProperty('avatar');
  });

  it('changes only what is given, ignores the mobile of an activated member', async () => {
    const updated = await contacts('user/update', {
      userid: 'Zhang',
      position: '讲师',
      mobile: '13900000099',
    });
    expect(updated.errmsg).toBe('updated');
    expect(kit.control.member('zhang')).toMatchObject({
      position: '讲师',
      mobile: '13900000002',
      name: '张老师',
    });
  });

  it('disabling gives status 2, enabling one who never came status 4', async () => {
    await contacts('user/create', {
      userid: 'new1',
      name: '新人',
      email: 'new1@example.test',
      department: [2],
    });
    expect(kit.control.member('new1').status).toBe(4);
    await contacts('user/update', { userid: 'new1', enable: 0 });
    expect(kit.control.member('new1').status).toBe(2);
    await contacts('user/update', { userid: 'new1', enable: 1 });
    expect(kit.control.member('new1').status).toBe(4);
  });

  it('creates departments that do not exist under the holding department', async () => {
    const body = { userid: 'new2', name: '新人', mobile: '13900000010', department: [77] };
    const { json } = await contacts('user/create', body);
    expect(json).toMatchObject({
      errmsg: 'created',
      created_department_list: { department_info: [{ id: 77 }] },
    });
    await contacts('user/create', { userid: 'new3', name: '新人', mobile: '13900000011' });
    const [home] = kit.control.member('new3').departments;
    const holding = kit.control.state().departments.find(({ id }) => id === home);
    expect(holding?.name).toBe('其他（待设置部门）');
    expect(kit.control.state().departments.find(({ id }) => id === 77)?.parentId).toBe(home);
  });

  it('can be told to refuse them instead', async () => {
    const strict = await openKit({ unknownDepartment: 'reject' });
    const body = { userid: 'a1', name: '甲', mobile: '13900000010', department: [77] };
    expect((await strict.call('user/create', { as: 'contacts', body })).errcode).toBe(60123);
    await strict.close();
  });

  it('deletes one, and many only when all of them exist', async () => {
    const many = await contacts('user/batchdelete', { useridlist: ['zhang', 'ghost'] });
    expect(many.errcode).toBe(40031);
    expect((await kit.call('user/delete', { as: 'contacts', query: { userid: 'zhang' } })).errmsg).toBe(
      'deleted',
    );
    expect((await kit.call('user/get', { query: { userid: 'zhang' } })).errcode).toBe(60111);
    expect((await contacts('user/batchdelete', { useridlist: ['wanghr', 'chen'] })).errcode).toBe(0);
    expect(kit.control.state().members).toEqual([]);
  });

  it('pages through list_id, one row per member and department', async () => {
    const first = await contacts('user/list_id', { limit: 3 });
    expect(first.json['dept_user']).toHaveLength(3);
    const second = await contacts('user/list_id', { limit: 3, cursor: first.json['next_cursor'] });
    expect(second.json).toMatchObject({ next_cursor: '', dept_user: [{ userid: 'Chen', department: 4 }] });
    expect((await contacts('user/list_id', { cursor: 'bad' })).errcode).toBe(50100);
  });

  it('finds by mobile, converts to openid and back', async () => {
    const found = await kit.call('user/getuserid', { body: { mobile: '+86 139-0000-0003' } });
    expect(found.json['userid']).toBe('Chen');
    expect((await kit.call('user/getuserid', { body: { mobile: '13911112222' } })).errcode).toBe(46004);
    const { json } = await kit.call('user/convert_to_openid', { body: { userid: 'chen' } });
    const back = await kit.call('user/convert_to_userid', { body: { openid: json['openid'] } });
    expect(back.json['userid']).toBe('Chen');
  });

  it('lists direct members only, and the subtree on request', async () => {
    const direct = await kit.call('user/simplelist', { query: { department_id: 3 } });
    expect(direct.json['userlist']).toEqual([{ userid: 'Chen', name: '陈主任', department: [3, 4] }]);
    const all = await kit.call('user/list', { query: { department_id: 3, fetch_child: 1 } });
    expect(all.json['userlist']).toHaveLength(2);
  });
});

describe('the visible range', () => {
  it('hides people and departments outside it', async () => {
    kit.control.adminApp({ visible: { parties: [3] } });
    expect((await kit.call('user/get', { query: { userid: 'wanghr' } })).errcode).toBe(60111);
    expect((await kit.call('user/simplelist', { query: { department_id: 2 } })).errcode).toBe(60011);
    const { json } = await kit.call('department/list');
    expect(json['department']).toMatchObject([
      { id: 3, parentid: 1 },
      { id: 4, parentid: 3 },
    ]);
    expect((await kit.call('department/get', { query: { id: 2 } })).errcode).toBe(60011);
    const chats = await kit.call('appchat/create', { body: { userlist: ['zhang', 'chen'] } });
    expect(chats.errcode).toBe(48002);
  });

  it('the contacts secret sees all ids', async () => {
    kit.control.adminApp({ visible: { userids: ['zhang'] } });
    const { json } = await kit.call('department/simplelist', { as: 'contacts' });
    expect(json['department_id']).toHaveLength(4);
    expect((await contacts('user/list_id', {})).json['dept_user']).toHaveLength(4);
  });
});

describe('departments', () => {
  it('sorts by order, larger first, and tells leaders', async () => {
    const { json } = await kit.call('department/list', { query: { id: 1 } });
    expect((json['department'] as { id: number }[]).map(({ id }) => id)).toEqual([2, 3, 4, 1]);
    expect((json['department'] as unknown[])[0]).toMatchObject({ id: 2, department_leader: ['wanghr'] });
  });

  it('moves, renames, deletes when empty', async () => {
    expect((await contacts('department/update', { id: 4, parentid: 2, name: '综合科' })).errmsg).toBe(
      'updated',
    );
    expect((await kit.call('department/get', { query: { id: 4 } })).json['department']).toMatchObject({
      name: '综合科',
      parentid: 2,
    });
    const made = await contacts('department/create', { name: '空科', parentid: 4 });
    expect(made.json).toMatchObject({ errmsg: 'created', id: 5 });
    expect((await kit.call('department/delete', { as: 'contacts', query: { id: 5 } })).errmsg).toBe(
      'deleted',
    );
  });

  it('allows 15 levels and no more', async () => {
    let parent = 1;
    for (let level = 2; level <= 15; level += 1) {
      const made = await contacts('department/create', { name: `第${level}层`, parentid: parent });
      expect(made.errcode).toBe(0);
      parent = Number(made.json['id']);
    }
    expect((await contacts('department/create', { name: '太深', parentid: parent })).errcode).toBe(81002);
  });
});

describe('tags', () => {
  it('belong to who made them', async () => {
    const { json } = await kit.call('tag/create', { body: { tagname: '值班' } });
    expect(json).toMatchObject({ errmsg: 'created', tagid: 1 });
    const body = { tagid: 1, userlist: ['zhang', 'ghost'], partylist: [3, 99] };
    expect((await contacts('tag/addtagusers', body)).errcode).toBe(81011);
    const added = await kit.call('tag/addtagusers', { body });
    expect(added.json).toMatchObject({ errcode: 0, invalidlist: 'ghost', invalidparty: [99] });
    const read = await kit.call('tag/get', { query: { tagid: 1 } });
    expect(read.json).toMatchObject({ tagname: '值班', userlist: [{ userid: 'zhang' }], partylist: [3] });
    const removed = await kit.call('tag/deltagusers', { body: { tagid: 1, userlist: ['zhang'] } });
    expect(removed.errmsg).toBe('deleted');
    expect((await kit.call('tag/list')).json['taglist']).toEqual([{ tagid: 1, tagname: '值班' }]);
    expect((await kit.call('tag/delete', { query: { tagid: 1 } })).errcode).toBe(0);
  });
});

describe('change_contact', () => {
  it('is sent for the admin console and never for the contacts secret itself', async () => {
    await contacts('user/update', { userid: 'zhang', department: [2] });
    await kit.control.idle();
    expect(kit.app.received).toEqual([]);
    kit.control.adminCall({ api: 'user/update', body: { userid: 'zhang', department: [3, 4] } });
    kit.control.adminCall({ api: 'user/update', body: { userid: 'zhang', position: '教授' } });
    kit.control.adminCall({ api: 'department/create', body: { name: '新处', parentid: 1, id: 9 } });
    kit.control.adminCall({ api: 'user/delete', query: { userid: 'zhang' } });
    await kit.control.idle();
    const told = kit.app.received.filter(({ event }) => event === 'change_contact');
    const types = told.map((received) => received.field('ChangeType'));
    // Id-only callbacks: a new position is not told.
    expect(types.sort()).toEqual(['create_party', 'delete_user', 'update_user']);
    const moved = told.find((received) => received.field('ChangeType') === 'update_user');
    expect(moved?.field('FromUserName')).toBe('sys');
    expect(moved?.field('Department')).toBe('3,4');
    expect(moved?.xml).not.toContain('AgentID');
    expect(moved?.xml).not.toContain('Name><![CDATA[张');
  });

  it('carries all fields when the callback is an old one', async () => {
    const old = await withPeople(await openKit({ fullContactEvents: true }));
    old.control.adminCall({ api: 'user/update', body: { userid: 'zhang', position: '教授' } });
    await old.control.idle();
    expect(old.app.received[0]?.field('Position')).toBe('教授');
    expect(old.app.received[0]?.field('Name')).toBe('');
    await old.close();
  });
});
