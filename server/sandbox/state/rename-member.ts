import type { Data, Member } from './data.ts';
import { changeMember, dropMember, fold, ledBy, putMember } from './directory-index.ts';

/** Gives a member another userid wherever the corp knows the old one. */
export function renameMember(data: Data, member: Member, userid: string): void {
  const from = fold(member.userid);
  const to = fold(userid);
  const led = ledBy(data, from);
  dropMember(data, member);
  member.userid = userid;
  putMember(data, member);
  for (const other of led) changeMember(data, other, { directLeader: [userid] });
  const keys = (list: string[]): string[] => list.map((key) => (fold(key) === from ? to : key));
  const shown = (list: string[]): string[] => list.map((id) => (fold(id) === from ? userid : id));
  for (const tag of data.tags.values()) tag.userids = keys(tag.userids);
  for (const sent of data.sent.values()) sent.recipients = keys(sent.recipients);
  for (const group of data.groups.values()) {
    group.members = keys(group.members);
    if (group.owner === from) group.owner = to;
  }
  data.app.visible.userids = shown(data.app.visible.userids);
  data.app.unlicensed = shown(data.app.unlicensed);
  if (data.creator === from) data.creator = to;
  rekey(data.copies, from, to);
  rekey(data.app.workbenchUsers, from, to);
}

function rekey<T>(map: Map<string, T>, from: string, to: string): void {
  const value = map.get(from);
  if (value === undefined || from === to) return;
  map.delete(from);
  map.set(to, value);
}
