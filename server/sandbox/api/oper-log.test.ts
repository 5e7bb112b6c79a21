import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKit, withPeople } from '../test-kit.ts';
import type { Answer, Kit } from '../test-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await withPeople(await openKit());
});
afterEach(async () => await kit.close());

const DAY = 86_400;
const seconds = (): number => Math.floor(kit.clock.now() / 1000);
const read = (log: 'admin' | 'member', more: object = {}): Promise<Answer> => {
  const body = { start_time: seconds() - DAY, end_time: seconds(), ...more };
  return kit.call(`security/${log}_oper_log/list`, { body });
};
const records = (answer: Answer) => answer.json['record_list'] as Record<string, unknown>[];

describe('D11 the administrators’ log', () => {
  it('names who changed what by hand, and never what the API did', async () => {
    await kit.call('user/update', { as: 'contacts', body: { userid: 'zhang', position: '讲师' } });
    kit.control.editMember('zhang', { operator: 'wanghr', changes: { position: '教授', enable: 0 } });
    kit.control.editMember('zhang', { operator: 'wanghr', changes: { department: [2] } });
    kit.control.editDepartment(4, { operator: 'lishi', changes: { name: '网络教研室' } });
    kit.control.editDepartment(4, { operator: 'lishi', changes: { parentid: 2 } });
    kit.control.adminCall({
      api: 'department/create',
      operator: 'lishi',
      body: { id: 9, name: '新处', parentid: 1 },
    });
    kit.control.adminCall({ api: 'department/delete', operator: 'lishi', query: { id: '9' } });
    kit.control.adminCall({ api: 'user/delete', operator: 'lishi', query: { userid: 'chen' } });
    const found = records(await read('admin'));
    expect(found.map(({ userid, oper_type, detail_type }) => [userid, oper_type, detail_type])).toEqual([
      ['wanghr', 3, 15],
      ['wanghr', 3, 12],
      ['lishi', 3, 21],
      ['lishi', 3, 11],
      ['lishi', 3, 9],
      ['lishi', 3, 10],
      ['lishi', 3, 13],
    ]);
    expect(found[0]).toMatchObject({
      detail_info: '修改成员：张老师(zhang)；职务、启用状态',
      ip: '127.0.0.1',
    });
    expect(Math.abs(Number(found[0]?.['time']) - seconds())).toBeLessThan(5);
  });

  it('a refused or empty edit is not in it', async () => {
    expect(() => kit.control.editMember('zhang', { changes: { name: '' } })).toThrow('60112');
    kit.control.editMember('zhang', { changes: { position: '' } });
    expect(records(await read('admin'))).toEqual([]);
  });

  it('tells changes of tags and of the app as well', async () => {
    kit.control.adminCall({ api: 'tag/create', body: { tagname: '值班' } });
    kit.control.adminApp({ visible: { parties: [3] }, closed: false });
    const found = records(await read('admin'));
    expect(found.map(({ detail_type }) => detail_type)).toEqual([38, 29, 65]);
  });
});

describe('the members’ log', () => {
  it('has new devices and changed numbers, of people in scope only, with part of the address', async () => {
    await kit.call('user/create', {
      as: 'contacts',
      body: { userid: 'n1', name: '新人', mobile: '13900000030', department: [2] },
    });
    await kit.control.enter('n1');
    kit.control.changeMobile('zhang', '13900000031');
    expect(kit.control.member('zhang').mobile).toBe('13900000031');
    expect(() => kit.control.changeMobile('chen', '13900000031')).toThrow('60104');
    const found = records(await read('member'));
    expect(found.map(({ userid, oper_type, ip }) => [userid, oper_type, ip])).toEqual([
      ['n1', 4, '127.0.0.*'],
      ['zhang', 5, '127.0.0.*'],
    ]);
    expect(found[0]).not.toHaveProperty('detail_type');
    kit.control.adminApp({ visible: { parties: [3] } });
    expect(records(await read('member')).map(({ userid }) => userid)).toEqual(['zhang']);
    expect(records(await read('member', { oper_type: 4 }))).toEqual([]);
  });
});

describe('windows and pages', () => {
  const add = (at: number, userid = 'zhang') =>
    kit.control.addLog({ kind: 'member', userid, operType: 13, at: kit.clock.now() - at });

  it('pages by has_more; a page may be short; a cursor belongs to its filter', async () => {
    for (let at = 5; at > 0; at -= 1) add(at * 1000, at === 4 ? 'wanghr' : 'zhang');
    kit.control.adminApp({ visible: { parties: [3] } });
    const window = { start_time: seconds() - DAY, end_time: seconds(), limit: 2 };
    const first = await read('member', window);
    expect(first.json['has_more']).toBe(true);
    expect(records(first)).toHaveLength(1);
    const cursor = first.json['next_cursor'];
    const second = await read('member', { ...window, cursor });
    const third = await read('member', { ...window, cursor: second.json['next_cursor'] });
    expect([records(second).length, records(third).length]).toEqual([2, 1]);
    expect(third.json).toMatchObject({ has_more: false, next_cursor: '' });
    expect((await read('member', { ...window, cursor, userid: 'zhang' })).errcode).toBe(50100);
    expect((await read('admin', { ...window, cursor })).errcode).toBe(50100);
    expect(records(await read('member', { userid: 'ZHANG' }))).toHaveLength(4);
  });

  it.each([
    ['181 days back', { from: -181, until: -180 }],
    ['8 days long', { from: -9, until: -1 }],
    ['into the future', { from: -1, until: 1 }],
    ['backwards', { from: -1, until: -2 }],
    ['limit 401', { from: -1, until: 0, limit: 401 }],
    ['limit 0', { from: -1, until: 0, limit: 0 }],
  ])('refuses a window %s', async (_what, { from, until, ...more }) => {
    const [start_time, end_time] = [seconds() + from * DAY, seconds() + until * DAY];
    expect((await read('admin', { start_time, end_time, ...more })).errcode).toBe(40058);
  });

  it('forgets after 180 days', async () => {
    add(0);
    kit.advance(179 * DAY * 1000);
    const then = { start_time: seconds() - 180 * DAY + 60, end_time: seconds() - 175 * DAY };
    expect(records(await read('member', then))).toHaveLength(1);
    kit.advance(2 * DAY * 1000);
    add(0);
    expect(kit.control.logs('member')).toHaveLength(1);
  });

  it('is for the app, and only where the console allows it', async () => {
    const body = { start_time: seconds() - DAY, end_time: seconds() };
    const asked = await kit.call('security/admin_oper_log/list', { as: 'contacts', body });
    expect(asked.errcode).toBe(48002);
    kit.control.adminCorp({ operLog: false });
    expect((await read('admin')).errcode).toBe(48002);
  });

  it('answers 600 a minute', async () => {
    for (let at = 0; at < 600; at += 1) await read('admin');
    expect((await read('admin')).errcode).toBe(45009);
    expect((await read('member')).errcode).toBe(0);
  });
});
