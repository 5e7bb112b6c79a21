import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTACTS_SECRET, failure, startFake } from '../testing/fake-wecom.ts';
import type { Fake } from '../testing/fake-wecom.ts';
import type { MemberCreate } from './user-shapes.ts';

const ZHOU: MemberCreate = {
  userid: 't2026017',
  name: '周岚',
  mobile: '13900001234',
  department: [12, 31],
  order: [5, 0],
  is_leader_in_dept: [1, 0],
  main_department: 12,
  to_invite: false,
};

describe('directory', () => {
  let fake: Fake;
  beforeEach(async () => {
    fake = await startFake();
  });
  afterEach(() => fake.close());

  const last = () => fake.server.received.at(-1);
  const body = (): unknown => JSON.parse(last()?.body ?? '{}');
  const secretOfLast = () =>
    fake.server.received
      .filter((request) => request.api === 'gettoken')
      .at(-1)
      ?.query.get('corpsecret');

  it('creates a member with the contacts secret and tells of departments made by mistake', async () => {
    fake.server.on('user/create', () => ({
      errcode: 0,
      errmsg: 'created',
      created_department_list: { department_info: [{ name: '99', id: 99 }] },
    }));
    expect(await fake.wecom.user.create(ZHOU)).toEqual({ createdDepartments: [{ name: '99', id: 99 }] });
    expect(body()).toEqual(ZHOU);
    expect(secretOfLast()).toBe(CONTACTS_SECRET);
  });

  it('C9 an update sends only what it was given', async () => {
    await fake.wecom.user.update({ userid: 't2026017', enable: 0 });
    expect(body()).toEqual({ userid: 't2026017', enable: 0 });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['C7 order of another length', () => fake.wecom.user.create({ ...ZHOU, order: [5] })],
    ['C7 main department elsewhere', () => fake.wecom.user.create({ ...ZHOU, main_department: 7 })],
    ['60129 neither mobile nor mail', () => fake.wecom.user.create({ ...ZHOU, mobile: '' })],
    ['a userid with a space', () => fake.wecom.user.create({ ...ZHOU, userid: 'a b' })],
    ['65 characters of name', () => fake.wecom.user.create({ ...ZHOU, name: '名'.repeat(65) })],
    ['a name of nothing', () => fake.wecom.user.create({ ...ZHOU, name: '' })],
    ['C8 an order of 2^32', () => fake.wecom.user.create({ ...ZHOU, order: [2 ** 32, 0] })],
    ['two direct leaders', () => fake.wecom.user.create({ ...ZHOU, direct_leader: ['a', 'b'] })],
    ['order without department', () => fake.wecom.user.update({ userid: 'a', order: [1] })],
    ['D8 201 ids', () => fake.wecom.user.batchDelete([...Array(201).keys()].map((n) => `u${n}`))],
    ['a department name with a colon', () => fake.wecom.department.create({ name: 'a:b', parentid: 1 })],
    ['department id 1', () => fake.wecom.department.create({ name: 'a', parentid: 1, id: 1 })],
    ['33 characters of tag name', () => fake.wecom.tag.create({ tagname: '标'.repeat(33) })],
    ['a tag change of nobody', () => fake.wecom.tag.addUsers(3, { userlist: [] })],
    [
      '1,001 tag members',
      () => fake.wecom.tag.addUsers(3, { userlist: [...Array(1001).keys()].map((n) => `u${n}`) }),
    ],
    ['10,001 ids in one page', () => fake.wecom.user.listIds({ limit: 10_001 })],
    ['B6 a mobile of letters', () => fake.wecom.user.getUserid('not-a-number')],
  ])('refused before any call: %s', async (_name, act) => {
    expect(await failure(act())).toMatchObject({ handling: 'fixData', reason: 'input' });
    expect(fake.server.received).toHaveLength(0);
  });

  it('a field that is not one of the page is refused, not sent', async () => {
    const mistyped = { userid: 'a', isLeader: 1 };
    expect(await failure(fake.wecom.user.update(mistyped))).toMatchObject({ reason: 'input' });
  });

  it('reads members with the app secret; unknown fields pass, missing lists are empty', async () => {
    fake.server.on('user/get', () => ({
      errcode: 0,
      userid: 'T2026017',
      name: '周岚',
      gender: 0,
      brand_new: 1,
    }));
    const member = await fake.wecom.user.get('t2026017');
    expect(member).toMatchObject({ userid: 'T2026017', department: [], gender: '0', brand_new: 1 });
    expect(last()).toMatchObject({ method: 'GET' });
    expect(last()?.query.get('userid')).toBe('t2026017');
  });

  it('pages through ids until the cursor is empty', async () => {
    fake.server.on('user/list_id', (request) =>
      JSON.parse(request.body).cursor === ''
        ? { errcode: 0, next_cursor: 'c2', dept_user: [{ userid: 'a', department: 1 }] }
        : { errcode: 0, dept_user: [{ userid: 'b', department: 2 }] },
    );
    const first = await fake.wecom.user.listIds();
    expect(first).toMatchObject({ nextCursor: 'c2', rows: [{ userid: 'a', department: 1 }] });
    expect(await fake.wecom.user.listIds({ cursor: first.nextCursor })).toMatchObject({ nextCursor: '' });
  });

  it('departments: the array of simplelist is called department_id', async () => {
    fake.server.on('department/simplelist', () => ({
      errcode: 0,
      department_id: [{ id: 2, parentid: 1, order: 9 }],
    }));
    expect(await fake.wecom.department.simpleList()).toEqual([{ id: 2, parentid: 1, order: 9 }]);
    expect(secretOfLast()).toBe(CONTACTS_SECRET);
    fake.server.on('department/create', () => ({ errcode: 0, errmsg: 'created', id: 12 }));
    expect(await fake.wecom.department.create({ name: '教务处', parentid: 1, order: 900 })).toBe(12);
    fake.server.on('department/get', () => ({
      errcode: 0,
      department: { id: 12, name: '教务处', parentid: 1 },
    }));
    expect(await fake.wecom.department.get(12)).toMatchObject({ id: 12, department_leader: [] });
  });

  it('tags: invalid members come as one string', async () => {
    fake.server.on('tag/addtagusers', () => ({
      errcode: 0,
      errmsg: 'ok',
      invalidlist: 'X|y',
      invalidparty: [7],
    }));
    expect(await fake.wecom.tag.addUsers(3, { userlist: ['x', 'y', 'z'] })).toEqual({
      invalidUsers: ['x', 'y'],
      invalidParties: [7],
    });
    expect(body()).toEqual({ tagid: 3, userlist: ['x', 'y', 'z'] });
  });

  it('without a contacts secret, writing the directory is FixPermission and costs no call', async () => {
    const poor = fake.another({ secrets: { agent: 'only-agent' } });
    expect(await failure(poor.user.delete('a'))).toMatchObject({
      handling: 'fixPermission',
      reason: 'capability',
    });
    expect(fake.server.received).toHaveLength(0);
    fake.server.on('department/simplelist', () => ({ errcode: 0, department_id: [] }));
    await poor.department.simpleList();
    expect(secretOfLast()).toBe('only-agent');
  });

  it('−1 is asked again for reads, at most three times, and not for writes', async () => {
    fake.server.on('user/get', () => ({ errcode: -1, errmsg: 'system busy' }));
    fake.server.on('user/delete', () => ({ errcode: -1, errmsg: 'system busy' }));
    expect(await failure(fake.wecom.user.get('a'))).toMatchObject({ handling: 'retryLater', errcode: -1 });
    expect(await failure(fake.wecom.user.delete('a'))).toMatchObject({ handling: 'retryLater', errcode: -1 });
    expect(fake.server.count('user/get')).toBe(3);
    expect(fake.server.count('user/delete')).toBe(1);
  });
});
