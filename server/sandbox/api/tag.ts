import { adminTargets } from '../callbacks/contact-events.ts';
import { tagByHand } from '../logs/by-hand.ts';
import type { Tag } from '../state/data.ts';
import { fold, memberOf } from '../state/directory.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { chars } from './user-fields.ts';
import { sees } from './user-read.ts';

export const tagRoutes: ApiRoute[] = [
  post('tag/create', 'both', create),
  post('tag/update', 'both', update),
  get('tag/delete', 'both', remove),
  get('tag/get', 'both', read),
  get('tag/list', 'both', list),
  post('tag/addtagusers', 'both', (call) => change(call, 'add')),
  post('tag/deltagusers', 'both', (call) => change(call, 'delete')),
];

const MAX_TAGS = 3000;
const MAX_MEMBERS = 30_000;

function checkName(call: ApiCall, name: string, self: number | null): string {
  if (name === '') throw fail(41018);
  if (chars(name) > 32) throw fail(40072);
  const twin = [...call.world.data.tags.values()].some((tag) => tag.name === name && tag.id !== self);
  if (twin) throw fail(40071);
  return name;
}

function create(call: ApiCall): Record<string, unknown> {
  const { tags } = call.world.data;
  const name = checkName(call, call.body.text('tagname'), null);
  if (tags.size >= MAX_TAGS) throw fail(81014);
  const id = call.body.int('tagid') ?? Math.max(0, ...tags.keys()) + 1;
  if (id < 0 || tags.has(id)) throw fail(40068);
  const owner = call.caller === 'nobody' ? 'console' : call.caller;
  const tag: Tag = { id, name, owner, userids: [], parties: [] };
  tags.set(id, tag);
  tagByHand(call, 'addTag', tag);
  call.note(`新增标签 ${name}`);
  call.world.directoryChanged();
  return { errmsg: 'created', tagid: id };
}

function find(call: ApiCall, id: number | undefined): Tag {
  if (id === undefined) throw fail(41017);
  const tag = call.world.data.tags.get(id);
  if (tag === undefined) throw fail(40068);
  return tag;
}

/** A tag belongs to who made it; 通讯录同步 may also change those of the admin console. */
function own(call: ApiCall, tag: Tag): Tag {
  const allowed =
    call.caller === 'console' ||
    tag.owner === call.caller ||
    (call.caller === 'contacts' && tag.owner === 'console');
  if (!allowed) throw fail(81011);
  return tag;
}

function update(call: ApiCall): Record<string, unknown> {
  const tag = own(call, find(call, call.body.int('tagid')));
  tag.name = checkName(call, call.body.text('tagname'), tag.id);
  tagByHand(call, 'renameTag', tag);
  call.world.directoryChanged();
  return { errmsg: 'updated' };
}

const queryTag = (call: ApiCall): Tag => {
  const text = call.query['tagid'];
  return find(call, text === undefined || text === '' ? undefined : Number(text));
};

function remove(call: ApiCall): Record<string, unknown> {
  const tag = own(call, queryTag(call));
  call.world.data.tags.delete(tag.id);
  tagByHand(call, 'deleteTag', tag);
  call.world.directoryChanged();
  return { errmsg: 'deleted' };
}

function read(call: ApiCall): Record<string, unknown> {
  const tag = queryTag(call);
  const members = tag.userids.flatMap((userid) => memberOf(call.world.data, userid) ?? []);
  const userlist = members
    .filter((member) => sees(call, member))
    .map(({ userid, name }) => ({ userid, name }));
  return { tagname: tag.name, userlist, partylist: tag.parties };
}

function list(call: ApiCall): Record<string, unknown> {
  return {
    taglist: [...call.world.data.tags.values()].map(({ id, name }) => ({ tagid: id, tagname: name })),
  };
}

/** Some bad: errcode 0 and the bad ones listed. All bad: 40070 (adding), 40031 (removing). */
function change(call: ApiCall, how: 'add' | 'delete'): Record<string, unknown> {
  const { body, world } = call;
  const tag = own(call, find(call, body.int('tagid')));
  const users = body.strings('userlist') ?? [];
  const parties = body.ints('partylist') ?? [];
  if (users.length + parties.length === 0) throw fail(body.has('userlist') ? 40070 : 40035);
  if (users.length > 1000 || parties.length > 100) throw fail(81014);
  const known = (userid: string): boolean => {
    const member = memberOf(world.data, userid);
    return (
      member !== undefined && sees(call, member) && (how === 'add' || tag.userids.includes(fold(userid)))
    );
  };
  const knownParty = (id: number): boolean =>
    world.data.departments.has(id) && (how === 'add' || tag.parties.includes(id));
  const badUsers = users.filter((userid) => !known(userid));
  const badParties = parties.filter((id) => !knownParty(id));
  const goodUsers = users.filter(known);
  const goodParties = parties.filter(knownParty);
  if (goodUsers.length + goodParties.length === 0) throw fail(how === 'add' ? 40070 : 40031);
  apply(tag, how, goodUsers.map(fold), goodParties);
  tagByHand(call, 'changeTagMembers', tag);
  adminTargets(world, call.caller)?.tagChanged(tag, how, goodUsers, goodParties);
  world.directoryChanged();
  return {
    errmsg: how === 'add' ? 'ok' : 'deleted',
    ...(badUsers.length > 0 && { invalidlist: badUsers.join('|') }),
    ...(badParties.length > 0 && { invalidparty: badParties }),
  };
}

function apply(tag: Tag, how: 'add' | 'delete', users: string[], parties: number[]): void {
  if (how === 'delete') {
    tag.userids = tag.userids.filter((id) => !users.includes(id));
    tag.parties = tag.parties.filter((id) => !parties.includes(id));
    return;
  }
  const allUsers = new Set([...tag.userids, ...users]);
  const allParties = new Set([...tag.parties, ...parties]);
  if (allUsers.size + allParties.size > MAX_MEMBERS) throw fail(81003);
  tag.userids = [...allUsers];
  tag.parties = [...allParties];
}
