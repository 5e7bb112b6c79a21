import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKit, withPeople } from '../test-kit.ts';
import type { Kit, Received } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

async function control(path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await kit.raw(`/sandbox${path}`, init);
  return { status: response.status, json: await response.json() };
}
const told = (): Received[] => kit.app.received.filter(({ event }) => event === 'change_contact');
const changes = (): string[] => told().map((received) => received.field('ChangeType'));

describe('edits by hand', () => {
  it('over HTTP: a member, a department, the log, the jobs', async () => {
    const member = await control('/admin/members/zhang', {
      operator: 'wanghr',
      changes: { position: '教授', department: [2, 4] },
    });
    expect(member).toMatchObject({ status: 200, json: { position: '教授', departments: [2, 4] } });
    const department = await control('/admin/departments/4', { changes: { parentid: 2 } });
    expect(department).toMatchObject({ status: 200, json: { id: 4, parentId: 2, memberCount: 2 } });
    const log = await control('/admin/log?kind=admin&limit=1');
    expect(log.json).toMatchObject({ records: [{ userid: 'admin', detailType: 11 }] });
    expect((await control('/jobs')).json).toEqual({ jobs: [] });
    const own = { kind: 'admin', userid: 'lishi', operType: 2, detailType: 5, info: '增加分级管理员' };
    expect((await control('/admin/log', own)).json).toMatchObject(own);
    expect((await control('/members/chen/mobile', { mobile: '13900000099' })).status).toBe(200);
  });

  it('what 企业微信 refuses is refused here, in words', async () => {
    expect(await control('/admin/departments/3', { changes: { parentid: 4 } })).toMatchObject({
      status: 409,
      json: { error: 'wecom_60010' },
    });
    expect(await control('/admin/members/zhang', { changes: { email: 'bad' } })).toMatchObject({
      status: 409,
      json: { error: 'wecom_60105' },
    });
    expect((await control('/admin/members/ghost', { changes: {} })).status).toBe(404);
    expect((await control('/admin/departments/99', { changes: {} })).status).toBe(404);
    expect((await control('/admin/corp', { creator: 'ghost' })).status).toBe(404);
  });
});

describe('D10 change_contact', () => {
  it('id-only: what an update tells, and what it does not', async () => {
    kit.control.editMember('zhang', { changes: { name: '张三', position: '教授', enable: 0 } });
    kit.control.editDepartment(4, { changes: { name: '网络教研室', order: 5 } });
    await kit.control.idle();
    expect(told()).toEqual([]);
    kit.control.editMember('wanghr', { changes: { is_leader_in_dept: [0] } });
    kit.control.editDepartment(4, { changes: { parentid: 2 } });
    await kit.control.idle();
    const [leader, moved] = told();
    expect([leader?.field('UserID'), leader?.field('Department')]).toEqual(['wanghr', '2']);
    expect([moved?.field('Id'), moved?.field('ParentId'), moved?.field('Name')]).toEqual(['4', '2', '']);
  });

  it('tells a changed userid, tags with their lists, and all of a creation', async () => {
    kit.control.adminCall({
      api: 'user/create',
      body: { name: '新人', mobile: '13900000020', department: [2] },
    });
    const made = kit.control.state().members.find(({ name }) => name === '新人')?.userid ?? '';
    kit.control.editMember(made, { changes: { new_userid: 'T001' } });
    kit.control.adminCall({ api: 'tag/create', body: { tagid: 5, tagname: '值班' } });
    kit.control.adminCall({
      api: 'tag/addtagusers',
      body: { tagid: 5, userlist: ['chen'], partylist: [3] },
    });
    kit.control.adminCall({ api: 'tag/deltagusers', body: { tagid: 5, userlist: ['chen'] } });
    await kit.control.idle();
    expect(new Set(changes())).toEqual(new Set(['create_user', 'update_user', 'update_tag']));
    const renamed = told().find((received) => received.field('ChangeType') === 'update_user');
    expect([renamed?.field('UserID'), renamed?.field('NewUserID')]).toEqual([made, 'T001']);
    const tags = told().filter((received) => received.field('ChangeType') === 'update_tag');
    expect(tags.find((received) => received.field('AddUserItems') === 'chen')?.field('AddPartyItems')).toBe(
      '3',
    );
    expect(tags.some((received) => received.field('DelUserItems') === 'chen')).toBe(true);
  });

  it('an old callback carries extended attributes too', async () => {
    const old = await withPeople(await openKit({ fullContactEvents: true }));
    const attrs = [{ type: 0, name: '工号', text: { value: '00731' } }];
    old.control.editMember('zhang', { changes: { extattr: { attrs } } });
    await old.control.idle();
    expect(old.app.received[0]?.xml).toContain(
      '<ExtAttr><Item><Name><![CDATA[工号]]></Name><Type>0</Type><Text><Value><![CDATA[00731]]></Value></Text></Item></ExtAttr>',
    );
    await old.close();
  });

  it('arrives in another order, and up to three times, when a fault says so', async () => {
    kit.control.addFault({ kind: 'reorder_callbacks', of: 3, ms: 60_000, apis: ['change_contact'] });
    const create = (id: number) =>
      kit.control.adminCall({ api: 'department/create', body: { id, name: `处${id}`, parentid: 1 } });
    for (const id of [11, 12, 13]) create(id);
    await kit.control.idle();
    const ids = () => told().map((received) => received.field('Id'));
    expect(ids()).toEqual(['13', '12', '11']);
    create(14);
    create(15);
    await kit.control.idle();
    expect(ids().slice(3)).toEqual(['15', '14']);
    kit.control.removeFaults();
    kit.control.addFault({ kind: 'duplicate_callbacks', times: 3 });
    create(16);
    await kit.control.idle();
    expect(ids().slice(5)).toEqual(['16', '16', '16']);
  });
});

describe('faults about one member', () => {
  it('D9 leave the others alone, by query and by body', async () => {
    kit.control.addFault({ kind: 'errcode', errcode: 6000, userids: ['ZHANG'] });
    const update = (userid: string) =>
      kit.call('user/update', { as: 'contacts', body: { userid, position: '讲师' } });
    expect((await update('zhang')).errcode).toBe(6000);
    expect((await update('chen')).errcode).toBe(0);
    expect((await kit.call('user/get', { query: { userid: 'zhang' } })).errcode).toBe(6000);
    expect((await kit.call('tag/list')).errcode).toBe(0);
  });
});
