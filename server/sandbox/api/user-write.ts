import { adminTargets } from '../callbacks/contact-events.ts';

import { accountsPerMonth } from '../limits.ts';
import { ROOT_DEPARTMENT } from '../state/data.ts';
import type { Department, Member } from '../state/data.ts';
import { fold, memberOf } from '../state/directory.ts';
import { post, get } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { checkRoom, checkUserid, readPlaces, readProfile } from './user-fields.ts';
import type { Reader } from './reader.ts';

export const userWriteRoutes: ApiRoute[] = [
  post('user/create', 'contacts', createUser),
  post('user/update', 'contacts', updateUser),
  get('user/delete', 'contacts', deleteUser),
  post('user/batchdelete', 'contacts', deleteUsers),
  get('user/authsucc', 'contacts', verifyUser),
];

const UNPLACED = '其他（待设置部门）';

function createUser(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const { data } = world;
  const userid = checkUserid(body.str('userid'));
  if (data.members.has(fold(userid))) throw fail(60102);
  if (data.members.size >= world.settings.seats) throw fail(45024);
  const member = blankMember(userid);
  const profile = readProfile(data, body, member, true);
  const places = readPlaces(data, body, member);
  const wanted = (places.departments ?? []).filter((id) => id !== 0);
  const missing = wanted.filter((id) => !data.departments.has(id));
  if (missing.length > 0 && world.settings.unknownDepartment === 'reject') throw fail(60123);
  for (const id of wanted) if (data.departments.has(id)) checkRoom(data, id);
  if (!world.limits.take('accounts', accountsPerMonth(world.settings.seats))) throw fail(45009);
  const created = missing.map((id) => createDepartment(call, id));
  Object.assign(member, profile, places, wanted.length === 0 ? unplaced(call) : {});
  data.members.set(fold(userid), member);
  call.note(`新增成员 ${member.name}`);
  changed(call, 'create_user', member, []);
  return {
    errmsg: 'created',
    ...(created.length > 0 && {
      created_department_list: { department_info: created.map(({ name, id }) => ({ name, id })) },
    }),
  };
}

function blankMember(userid: string): Member {
  return {
    userid,
    name: '',
    alias: '',
    mobile: '',
    departments: [],
    order: [],
    leads: [],
    mainDepartment: 0,
    position: '',
    gender: '0',
    email: '',
    bizMail: '',
    telephone: '',
    address: '',
    directLeader: [],
    enabled: true,
    activated: false,
    extattr: { attrs: [] },
    externalProfile: null,
    externalPosition: '',
    consentAt: null,
  };
}

/** 企业微信 puts a member without department into a department of its own. */
function unplaced(call: ApiCall): Partial<Member> {
  const id = holdingDepartment(call).id;
  return { departments: [id], order: [0], leads: [0], mainDepartment: id };
}

function holdingDepartment(call: ApiCall): Department {
  const { departments } = call.world.data;
  const known = [...departments.values()].find((d) => d.parentId === ROOT_DEPARTMENT && d.name === UNPLACED);
  if (known !== undefined) return known;
  const id = Math.max(...departments.keys()) + 1;
  const made = { id, name: UNPLACED, nameEn: '', parentId: ROOT_DEPARTMENT, order: 0 };
  departments.set(id, made);
  return made;
}

function createDepartment(call: ApiCall, id: number): Department {
  const parentId = holdingDepartment(call).id;
  const made = { id, name: `未命名部门${id}`, nameEn: '', parentId, order: 0 };
  call.world.data.departments.set(id, made);
  return made;
}

function updateUser(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const { data } = world;
  const member = existing(call, checkUserid(body.str('userid')));
  if (body.has('new_userid')) throw fail(301036, 'userid can not be changed');
  const changes = { ...readProfile(data, body, member, false), ...changedPlaces(call, member) };
  const { mobile = member.mobile, email = member.email } = changes;
  if (mobile === '' && email === '') throw fail(60129);
  const before = { ...member };
  Object.assign(member, changes);
  call.note(`更新成员 ${member.name}`);
  changed(call, 'update_user', member, differing(before, member));
  return { errmsg: 'updated' };
}

function changedPlaces(call: ApiCall, member: Member): Partial<Member> {
  const { world, body } = call;
  const touched = ['department', 'is_leader_in_dept', 'direct_leader', 'main_department', 'order'];
  if (!touched.some((key) => body.has(key))) return {};
  const places = readPlaces(world.data, body, member);
  const wanted = (places.departments ?? member.departments).filter((id) => id !== 0);
  for (const id of wanted) {
    if (world.data.departments.has(id)) continue;
    if (world.settings.unknownDepartment === 'reject') throw fail(60123);
    createDepartment(call, id);
  }
  return wanted.length === 0 ? { ...places, ...unplaced(call) } : places;
}

const differing = (before: Member, after: Member): (keyof Member)[] =>
  (Object.keys(after) as (keyof Member)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

function existing(call: ApiCall, userid: string): Member {
  const member = memberOf(call.world.data, userid);
  if (member === undefined) throw fail(60111);
  return member;
}

function deleteUser(call: ApiCall): Record<string, unknown> {
  const member = existing(call, checkUserid(call.query['userid']));
  remove(call, member);
  call.note(`删除成员 ${member.name}`);
  return { errmsg: 'deleted' };
}

function deleteUsers(call: ApiCall): Record<string, unknown> {
  const list = idList(call.body);
  const members = list.map((userid) => {
    const member = memberOf(call.world.data, userid);
    if (member === undefined) throw fail(40031);
    return member;
  });
  for (const member of members) remove(call, member);
  call.note(`删除 ${members.length} 名成员`);
  return { errmsg: 'deleted' };
}

function idList(body: Reader): string[] {
  const list = body.strings('useridlist') ?? [];
  if (list.length === 0) throw fail(40031);
  if (list.length > 200) throw fail(40032);
  return list;
}

function remove(call: ApiCall, member: Member): void {
  const { data } = call.world;
  const key = fold(member.userid);
  data.members.delete(key);
  for (const tag of data.tags.values()) tag.userids = tag.userids.filter((id) => id !== key);
  for (const other of data.members.values()) {
    other.directLeader = other.directLeader.filter((id) => fold(id) !== key);
  }
  changed(call, 'delete_user', member, []);
}

/** The member passed 二次验证 and may come in. */
function verifyUser(call: ApiCall): Record<string, unknown> {
  existing(call, checkUserid(call.query['userid'])).activated = true;
  call.world.directoryChanged();
  return {};
}

function changed(
  call: ApiCall,
  type: 'create_user' | 'update_user' | 'delete_user',
  member: Member,
  fields: (keyof Member)[],
): void {
  adminTargets(call.world, call.caller)?.userChanged(type, member, fields);
  call.world.directoryChanged();
}
