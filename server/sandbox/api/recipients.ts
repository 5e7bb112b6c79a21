import { fold, memberOf, subtreeOf } from '../state/directory.ts';
import type { Data } from '../state/data.ts';
import type { World } from '../world.ts';
import type { ApiCall } from './call.ts';
import { fail } from './envelope.ts';

/** Who a message is for (page 90236). All ids lower-cased. */
export interface Recipients {
  userids: string[];
  invalidUsers: string[];
  invalidParties: string[];
  invalidTags: string[];
  unlicensed: string[];
}

/** Blanks around `|` are in the official samples. */
export const split = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** 82001 nobody named, 40032/82002/82003 too many, 81013 (with the lists) when all of them are bad. */
export function readRecipients(call: ApiCall): Recipients {
  const users = split(call.body.text('touser'));
  const parties = split(call.body.text('toparty'));
  const tags = split(call.body.text('totag'));
  if (users.length + parties.length + tags.length === 0) throw fail(82001);
  if (users.length > 1000) throw fail(40032);
  if (parties.length > 100) throw fail(82002);
  if (tags.length > 100) throw fail(82003);
  const everyone = users.length === 1 && users[0] === '@all';
  const found = everyone ? allInScope(call.world) : resolve(call.world, users, parties, tags);
  const licensed = withoutUnlicensed(call.world.data, found);
  if (licensed.userids.length === 0) throw fail(81013, undefined, listsOf(licensed));
  return licensed;
}

/** The lists as they appear in the answer: only those that hold something. */
export function listsOf(found: Recipients): Record<string, string> {
  return {
    ...(found.invalidUsers.length > 0 && { invaliduser: found.invalidUsers.join('|') }),
    ...(found.invalidParties.length > 0 && { invalidparty: found.invalidParties.join('|') }),
    ...(found.invalidTags.length > 0 && { invalidtag: found.invalidTags.join('|') }),
    ...(found.unlicensed.length > 0 && { unlicenseduser: found.unlicensed.join('|') }),
  };
}

const none = { invalidUsers: [], invalidParties: [], invalidTags: [], unlicensed: [] };

function allInScope(world: World): Recipients {
  return { userids: [...world.scope().members].filter((id) => reachable(world, id)), ...none };
}

/** In the visible range and not disabled. */
function reachable(world: World, userid: string): boolean {
  return memberOf(world.data, userid)?.enabled === true && world.scope().members.has(fold(userid));
}

export function resolve(world: World, users: string[], parties: string[], tags: string[]): Recipients {
  const { data } = world;
  const userids = new Set<string>();
  const invalid = { users: [] as string[], parties: [] as string[], tags: [] as string[] };
  for (const userid of users.map(fold)) {
    if (reachable(world, userid)) userids.add(userid);
    else invalid.users.push(userid);
  }
  for (const party of parties) {
    if (!/^\d+$/.test(party) || !world.scope().departments.has(Number(party))) invalid.parties.push(party);
    else for (const userid of inParty(data, Number(party))) if (reachable(world, userid)) userids.add(userid);
  }
  for (const id of tags) {
    const tag = /^\d+$/.test(id) ? data.tags.get(Number(id)) : undefined;
    if (tag === undefined) invalid.tags.push(id);
    else {
      const inside = [...tag.userids, ...tag.parties.flatMap((party) => inParty(data, party))];
      for (const userid of inside) if (reachable(world, userid)) userids.add(userid);
    }
  }
  return {
    userids: [...userids],
    invalidUsers: invalid.users,
    invalidParties: invalid.parties,
    invalidTags: invalid.tags,
    unlicensed: [],
  };
}

function inParty(data: Data, party: number): string[] {
  const departments = subtreeOf(data, party);
  return [...data.members]
    .filter(([, member]) => member.departments.some((id) => departments.has(id)))
    .map(([key]) => key);
}

function withoutUnlicensed(data: Data, found: Recipients): Recipients {
  const without = new Set(data.app.unlicensed.map(fold));
  return {
    ...found,
    userids: found.userids.filter((id) => !without.has(id)),
    unlicensed: found.userids.filter((id) => without.has(id)),
  };
}
