import { cutChars, readContent } from '../cards/content.ts';
import { CHAT_CREATE, CHAT_MEMBER_DAY, CHAT_MEMBER_MINUTE, CHAT_SEND, CHAT_UPDATE } from '../limits.ts';
import { addCopy, groupChatId, previewOf } from '../state/chats.ts';
import type { Dropped, Group } from '../state/data.ts';
import { fold, memberOf, seesRoot } from '../state/directory.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { drop } from './message-drop.ts';

export const appchatRoutes: ApiRoute[] = [
  post('appchat/create', 'app', create),
  post('appchat/update', 'app', update),
  get('appchat/get', 'app', read),
  post('appchat/send', 'app', send),
];

const MAX_MEMBERS = 2000;

/** Only apps that everybody may see have group chats (page 90245). */
function requireRoot(call: ApiCall): void {
  if (!seesRoot(call.world.data.app)) throw fail(48002);
}

function create(call: ApiCall): Record<string, unknown> {
  requireRoot(call);
  const { world, body } = call;
  const chatid = body.str('chatid') ?? opaque(15).replaceAll(/[-_]/g, '0');
  if (!/^[0-9A-Za-z]{1,32}$/.test(chatid)) throw fail(86001);
  if (world.data.groups.has(chatid)) throw fail(86215);
  const members = membersOf(call, body.strings('userlist') ?? []);
  if (members.length < 2 || members.length > MAX_MEMBERS) throw fail(86006);
  const owner = fold(body.text('owner')) || (members[0] ?? '');
  if (!members.includes(owner)) throw fail(86207);
  if (!world.limits.take('appchat:create', CHAT_CREATE)) throw fail(45009);
  const name = cutChars(body.text('name'), 50);
  world.data.groups.set(chatid, { chatid, name, owner, members, createdAt: call.now });
  call.note(`建群「${name}」${members.length} 人`);
  return { chatid };
}

/** Lower-cased, without repeats. */
function membersOf(call: ApiCall, userids: string[]): string[] {
  return [...new Set(userids.map(fold))].map((userid) => {
    if (memberOf(call.world.data, userid) === undefined) throw fail(86216);
    return userid;
  });
}

function find(call: ApiCall, chatid: string): Group {
  if (chatid === '') throw fail(86001);
  const group = call.world.data.groups.get(chatid);
  if (group === undefined) throw fail(86003);
  return group;
}

function update(call: ApiCall): Record<string, unknown> {
  requireRoot(call);
  const { world, body } = call;
  const group = find(call, body.text('chatid'));
  const added = membersOf(call, body.strings('add_user_list') ?? []);
  const removed = (body.strings('del_user_list') ?? []).map(fold);
  if (removed.some((userid) => !group.members.includes(userid))) throw fail(86216);
  const members = [...new Set([...group.members, ...added])].filter((userid) => !removed.includes(userid));
  if (members.length < 2 || members.length > MAX_MEMBERS) throw fail(86006);
  const owner = body.has('owner') ? fold(body.text('owner')) : group.owner;
  // Removing the owner needs a new one in the same call.
  if (!members.includes(owner)) throw fail(body.has('owner') ? 86207 : 86005);
  if (!world.limits.take('appchat:update', CHAT_UPDATE)) throw fail(45009);
  const name = body.has('name') ? cutChars(body.text('name'), 50) : group.name;
  Object.assign(group, { members, owner, name });
  call.note(`改群「${name}」${members.length} 人`);
  return {};
}

function read(call: ApiCall): Record<string, unknown> {
  requireRoot(call);
  const { chatid, name, owner, members } = find(call, call.query['chatid'] ?? '');
  const real = (key: string): string => memberOf(call.world.data, key)?.userid ?? key;
  return { chat_info: { chatid, name, owner: real(owner), userlist: members.map(real), chat_type: 0 } };
}

/** No agentid, no msgid; the excess per member is dropped without a word (page 90248). */
function send(call: ApiCall): Record<string, unknown> {
  requireRoot(call);
  const { world, body } = call;
  const group = find(call, body.text('chatid'));
  const content = readContent(world, body, body.text('msgtype'), 'appchat');
  if (content === undefined) throw fail(40008);
  if (!world.limits.take('appchat:send', CHAT_SEND, group.members.length)) throw fail(45009);
  const chatId = groupChatId(group.chatid);
  for (const userid of group.members) {
    const reason = swallowed(world, userid);
    if (reason === null) addCopy(world, userid, { chatId, msgid: '', from: 'app', sender: '', content });
    else drop(world, userid, '', reason, content);
  }
  call.note(`群「${group.name}」${previewOf({ content, recalled: false })}`);
  return {};
}

function swallowed(world: World, userid: string): Dropped['reason'] | null {
  if (memberOf(world.data, userid)?.enabled !== true) return 'disabled';
  if (world.faults.hit(['silent_drop'], 'appchat/send', userid) !== undefined) return 'fault';
  if (!world.limits.take(`appchat:${userid}`, [CHAT_MEMBER_DAY])) return 'per_day';
  return world.limits.take(`appchat:${userid}`, [CHAT_MEMBER_MINUTE]) ? null : 'per_minute';
}
