import { ROOT_DEPARTMENT } from './data.ts';
import type { AppData, Data, Department, Member } from './data.ts';
import { childrenOf, fold, membersIn } from './directory-index.ts';

/** Lookups over members and departments. Pure reads. */

export { childrenOf, fold, membersIn };

export const memberOf = (data: Data, userid: string): Member | undefined => data.members.get(fold(userid));

/** 1 activated, 2 disabled, 4 not activated. */
export function statusOf(member: Member): 1 | 2 | 4 {
  if (!member.enabled) return 2;
  return member.activated ? 1 : 4;
}

/** The department itself and everything below it. */
export function subtreeOf(data: Data, id: number): Set<number> {
  const found = new Set<number>();
  const open = data.departments.has(id) ? [id] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.add(next);
    for (const child of childrenOf(data, next)) open.push(child.id);
  }
  return found;
}

/** Root is level 1. */
export function levelOf(data: Data, id: number): number {
  let level = 0;
  for (let d = data.departments.get(id); d !== undefined; d = data.departments.get(d.parentId)) level += 1;
  return level;
}

export function heightOf(data: Data, id: number): number {
  return 1 + Math.max(0, ...childrenOf(data, id).map((child) => heightOf(data, child.id)));
}

export function leadersOf(data: Data, department: number): string[] {
  return membersIn(data, department)
    .filter((m) => m.leads[m.departments.indexOf(department)] === 1)
    .map((m) => m.userid);
}

/** What an app may see: everyone and every department its visible range reaches. */
export interface Scope {
  departments: ReadonlySet<number>;
  members: MemberScope;
}

/** Lower-cased userids; asked one by one it costs nothing, walking through it looks at every member. */
export interface MemberScope extends Iterable<string> {
  has(key: string): boolean;
}

export function scopeOf(data: Data, app: AppData): Scope {
  const tags = app.visible.tags.flatMap((id) => data.tags.get(id) ?? []);
  const departments = new Set<number>();
  for (const party of [...app.visible.parties, ...tags.flatMap((tag) => tag.parties)]) {
    if (departments.has(party)) continue;
    for (const id of subtreeOf(data, party)) departments.add(id);
  }
  const single = new Set([...app.visible.userids.map(fold), ...tags.flatMap((tag) => tag.userids)]);
  const has = (key: string): boolean => {
    const member = data.members.get(key);
    if (member === undefined) return false;
    return single.has(key) || member.departments.some((id) => departments.has(id));
  };
  function* all(): Generator<string> {
    for (const key of data.members.keys()) if (has(key)) yield key;
  }
  return { departments, members: { has, [Symbol.iterator]: all } };
}

export const seesRoot = (app: AppData): boolean => app.visible.parties.includes(ROOT_DEPARTMENT);

/** Larger order first, then id, as 企业微信 lists them. */
export const byOrder = (a: Department, b: Department): number => b.order - a.order || a.id - b.id;
