import { adminTargets } from '../callbacks/contact-events.ts';
import { accountsPerMonth } from '../limits.ts';
import { userByHand } from '../logs/by-hand.ts';
import type { Member } from '../state/data.ts';
import { changeMember, dropMember, ledBy, putMember } from '../state/directory-index.ts';
import { fold, memberOf } from '../state/directory.ts';
import { renameMember } from '../state/rename-member.ts';
import { post, get } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { findMedia } from './media.ts';
import { settle, unknownDepartments } from './placing.ts';
import { checkRoom, checkUserid, readPlaces, readProfile } from './user-fields.ts';
import type { Reader } from './reader.ts';

export const userWriteRoutes: ApiRoute[] = [
  post('user/create', 'contacts', createUser),
  post('user/update', 'contacts', updateUser),
  get('user/delete', 'contacts', deleteUser),
  post('user/batchdelete', 'contacts', deleteUsers),
  get('user/authsucc', 'contacts', verifyUser),
];

/** Page 90195. */
export function createUser(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const { data } = world;
  const userid = newUserid(call);
  if (data.members.has(fold(userid))) throw fail(60102);
  if (data.members.size >= world.settings.seats) throw fail(45024);
  // In the admin console the account may be left out; 企业微信 then makes a userid, which may be changed once.
  const member = blankMember(userid, body.has('userid'));
  const profile = readProfile(data, body, member, true);
  const places = readPlaces(data, body, member);
  checkAvatar(call);
  unknownDepartments(call, places);
  for (const id of places.departments ?? []) if (data.departments.has(id)) checkRoom(data, id);
  if (!world.limits.take('accounts', accountsPerMonth(world.settings.seats))) throw fail(45009);
  const { created, placed } = settle(call, { departments: [], ...places });
  Object.assign(member, profile, placed);
  putMember(data, member);
  call.note(`新增成员 ${member.name}`);
  changed(call, 'create_user', member, []);
  return {
    errmsg: 'created',
    ...(created.length > 0 && {
      created_department_list: { department_info: created.map(({ name, id }) => ({ name, id })) },
    }),
  };
}

function newUserid(call: ApiCall): string {
  if (call.caller !== 'console' || call.body.has('userid')) return checkUserid(call.body.str('userid'));
  let number = call.world.data.members.size + 1;
  while (memberOf(call.world.data, `wm${number}`) !== undefined) number += 1;
  return `wm${number}`;
}

function checkAvatar(call: ApiCall): void {
  const id = call.body.text('avatar_mediaid');
  if (id !== '' && findMedia(call.world, id)?.type !== 'image') throw fail(40007);
}

function blankMember(userid: string, useridFixed: boolean): Member {
  return {
    userid,
    useridFixed,
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

/** Page 90197: absent fields stay as they are. */
export function updateUser(call: ApiCall): Record<string, unknown> {
  const { world, body } = call;
  const { data } = world;
  const member = existing(call, checkUserid(body.str('userid')));
  const renamed = newName(call, member);
  const profile = readProfile(data, body, member, false);
  const { mobile = member.mobile, email = member.email } = profile;
  if (mobile === '' && email === '') throw fail(60129);
  const places = readChangedPlaces(call, member);
  checkAvatar(call);
  const before = { ...member };
  if (renamed !== null) renameMember(data, member, renamed);
  changeMember(data, member, { ...profile, ...settle(call, places).placed });
  if (renamed !== null) member.useridFixed = true;
  call.note(`更新成员 ${member.name}`);
  changed(call, 'update_user', member, differing(before, member), before.userid);
  return { errmsg: 'updated' };
}

/** Only a userid that 企业微信 made may be changed, and only once; case does not make two ids of one (B1). */
function newName(call: ApiCall, member: Member): string | null {
  if (!call.body.has('new_userid')) return null;
  const userid = checkUserid(call.body.str('new_userid'));
  if (member.useridFixed) throw fail(301036);
  if (fold(userid) !== fold(member.userid) && memberOf(call.world.data, userid) !== undefined) {
    throw fail(60102);
  }
  return userid;
}

function readChangedPlaces(call: ApiCall, member: Member): Partial<Member> {
  const { world, body } = call;
  const touched = ['department', 'is_leader_in_dept', 'direct_leader', 'main_department', 'order'];
  if (!touched.some((key) => body.has(key))) return {};
  const places = readPlaces(world.data, body, member);
  unknownDepartments(call, places);
  for (const id of places.departments ?? []) {
    if (world.data.departments.has(id) && !member.departments.includes(id)) checkRoom(world.data, id);
  }
  return places;
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
  if (isCreator(call, member)) throw fail(301005);
  eraseMember(call, member);
  call.note(`删除成员 ${member.name}`);
  return { errmsg: 'deleted' };
}

function deleteUsers(call: ApiCall): Record<string, unknown> {
  // One invalid id and nobody is deleted (page 90199).
  const members = new Set(
    idList(call.body).map((userid) => {
      const member = memberOf(call.world.data, userid);
      if (member === undefined) throw fail(40031);
      return member;
    }),
  );
  if ([...members].some((member) => isCreator(call, member))) throw fail(301005);
  for (const member of members) eraseMember(call, member);
  call.note(`删除 ${members.size} 名成员`);
  return { errmsg: 'deleted' };
}

function idList(body: Reader): string[] {
  const list = body.strings('useridlist') ?? [];
  if (list.length === 0) throw fail(40031);
  if (list.length > 200) throw fail(40032);
  return list;
}

export const isCreator = (call: ApiCall, member: Member): boolean =>
  call.world.data.creator === fold(member.userid);

/** Gone from tags, groups, visible ranges and as anybody's leader. */
export function eraseMember(call: ApiCall, member: Member): void {
  const { data } = call.world;
  const key = fold(member.userid);
  const others = (ids: string[]): string[] => ids.filter((id) => fold(id) !== key);
  dropMember(data, member);
  for (const other of ledBy(data, key)) changeMember(data, other, { directLeader: [] });
  for (const tag of data.tags.values()) tag.userids = others(tag.userids);
  for (const group of data.groups.values()) {
    group.members = others(group.members);
    if (group.owner === key) group.owner = group.members[0] ?? '';
  }
  data.app.visible.userids = others(data.app.visible.userids);
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
  oldUserid = member.userid,
): void {
  userByHand(call, type, member, fields);
  adminTargets(call.world, call.caller)?.userChanged(type, member, fields, oldUserid);
  call.world.directoryChanged();
}
