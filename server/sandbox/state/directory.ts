import { ROOT_DEPARTMENT } from './data.ts';
import type { AppData, Data, Department, Member } from './data.ts';

/** Lookups over members and departments. Pure reads. */

export const fold = (userid: string): string => userid.toLowerCase();

export const memberOf = (data: Data, userid: string): Member | undefined => data.members.get(fold(userid));

/** 1 activated, 2 disabled, 4 not activated. */
export function statusOf(member: Member): 1 | 2 | 4 {
  if (!member.enabled) return 2;
  return member.activated ? 1 : 4;
}

export function childrenOf(data: Data, id: number): Department[] {
  return [...data.departments.values()].filter((d) => d.parentId === id);
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

/** Members directly inside. */
export function membersIn(data: Data, department: number): Member[] {
  return [...data.members.values()].filter((m) => m.departments.includes(department));
}

export function leadersOf(data: Data, department: number): string[] {
  return [...data.members.values()]
    .filter((m) => m.leads[m.departments.indexOf(department)] === 1)
    .map((m) => m.userid);
}

/** What an app may see: everyone and every department its visible range reaches. */
export interface Scope {
  departments: ReadonlySet<number>;
  /** Lower-cased userids. */
  members: ReadonlySet<string>;
}

export function scopeOf(data: Data, app: AppData): Scope {
  const tags = app.visible.tags.flatMap((id) => data.tags.get(id) ?? []);
  const departments = new Set<number>();
  for (const party of [...app.visible.parties, ...tags.flatMap((tag) => tag.parties)]) {
    if (departments.has(party)) continue;
    for (const id of subtreeOf(data, party)) departments.add(id);
  }
  const single = new Set([...app.visible.userids.map(fold), ...tags.flatMap((tag) => tag.userids)]);
  const members = new Set<string>();
  for (const [key, member] of data.members) {
    if (single.has(key) || member.departments.some((id) => departments.has(id))) members.add(key);
  }
  return { departments, members };
}

export const seesRoot = (app: AppData): boolean => app.visible.parties.includes(ROOT_DEPARTMENT);

/** Larger order first, then id, as 企业微信 lists them. */
export const byOrder = (a: Department, b: Department): number => b.order - a.order || a.id - b.id;
