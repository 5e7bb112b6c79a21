import type { DepartmentView, MemberView } from '../../../../server/sandbox/contract.ts';

/** How many people stand in the list before anybody asks for all; with news a few more. */
const SHORT = 7;
const LONG = 10;

/** `人事处 处长`: what tells people of one name apart. */
export function roleOf(member: MemberView, departments: readonly DepartmentView[]): string {
  const unit = departments.find((one) => one.id === member.mainDepartment)?.name ?? '';
  return [unit, member.position].filter((part) => part !== '').join(' ');
}

/** By name, alias, userid or department; everything typed must be found. */
export function findMembers(
  members: readonly MemberView[],
  departments: readonly DepartmentView[],
  query: string,
): MemberView[] {
  const wanted = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return members.filter((member) => {
    const text =
      `${member.name} ${member.alias} ${member.userid} ${roleOf(member, departments)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/**
 * The short list: the story's people in their order, then those with news, then whoever holds the phone. It never
 * jumps under the hand: who once stood in it keeps the place, newcomers join at the end.
 *
 * @param before userids as shown last
 */
export function shortList(
  members: readonly MemberView[],
  cast: readonly string[],
  holder: string | null,
  before: readonly string[],
): MemberView[] {
  const byId = new Map(members.map((member) => [member.userid, member]));
  const picked = new Set([...cast, ...before].filter((userid) => byId.has(userid)));
  const others = members
    .filter((member) => !picked.has(member.userid) && member.inScope)
    .sort((a, b) => b.unread - a.unread || (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0));
  for (const member of others) {
    if (picked.size >= (member.unread > 0 ? LONG : SHORT)) break;
    picked.add(member.userid);
  }
  if (holder !== null && byId.has(holder)) picked.add(holder);
  return [...picked].flatMap((userid) => byId.get(userid) ?? []);
}
