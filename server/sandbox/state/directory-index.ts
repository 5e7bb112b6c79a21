import type { Data, Department, Member } from './data.ts';

/**
 * Finds members by mobile, mail, department and leader without walking through everybody, so that a directory of
 * 100,000 answers as fast as one of ten. Derived from the data and never kept: the first question builds it.
 * Whoever changes a member or department must go through the functions below.
 */
interface MemberIndex {
  mobile: Map<string, string>;
  email: Map<string, string>;
  bizMail: Map<string, string>;
  inDepartment: Map<number, Set<string>>;
  /** Leader → members with this direct_leader. */
  led: Map<string, Set<string>>;
}

type Members = Map<string, Member>;
type Departments = Map<number, Department>;

const memberIndexes = new WeakMap<Members, MemberIndex>();
const childIndexes = new WeakMap<Departments, Map<number, Set<number>>>();

export const fold = (userid: string): string => userid.toLowerCase();

/** Unique keys ignore +86, blanks and dashes. */
export const normalMobile = (mobile: string): string =>
  mobile.replace(/[ -]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');

function indexOf(members: Members): MemberIndex {
  const known = memberIndexes.get(members);
  if (known !== undefined) return known;
  const index: MemberIndex = {
    mobile: new Map(),
    email: new Map(),
    bizMail: new Map(),
    inDepartment: new Map(),
    led: new Map(),
  };
  memberIndexes.set(members, index);
  for (const member of members.values()) enter(index, member);
  return index;
}

function enter(index: MemberIndex, member: Member): void {
  const key = fold(member.userid);
  if (member.mobile !== '') index.mobile.set(normalMobile(member.mobile), key);
  if (member.email !== '') index.email.set(fold(member.email), key);
  if (member.bizMail !== '') index.bizMail.set(fold(member.bizMail), key);
  for (const id of member.departments) addTo(index.inDepartment, id, key);
  for (const leader of member.directLeader) addTo(index.led, fold(leader), key);
}

function leave(index: MemberIndex, member: Member): void {
  const key = fold(member.userid);
  const forget = (map: Map<string, string>, name: string): void => {
    if (map.get(name) === key) map.delete(name);
  };
  forget(index.mobile, normalMobile(member.mobile));
  forget(index.email, fold(member.email));
  forget(index.bizMail, fold(member.bizMail));
  for (const id of member.departments) index.inDepartment.get(id)?.delete(key);
  for (const leader of member.directLeader) index.led.get(fold(leader))?.delete(key);
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

export function putMember({ members }: Data, member: Member): void {
  members.set(fold(member.userid), member);
  enter(indexOf(members), member);
}

export function dropMember({ members }: Data, member: Member): void {
  leave(indexOf(members), member);
  members.delete(fold(member.userid));
}

/** For every field but the userid. */
export function changeMember({ members }: Data, member: Member, changes: Partial<Member>): void {
  const index = indexOf(members);
  leave(index, member);
  Object.assign(member, changes);
  enter(index, member);
}

const found = (members: Members, keys: Iterable<string> | undefined): Member[] =>
  [...(keys ?? [])].flatMap((key) => members.get(key) ?? []);

/** Members directly inside. */
export const membersIn = ({ members }: Data, department: number): Member[] =>
  found(members, indexOf(members).inDepartment.get(department));

export const countIn = ({ members }: Data, department: number): number =>
  indexOf(members).inDepartment.get(department)?.size ?? 0;

/** Members whose direct leader this one is. */
export const ledBy = ({ members }: Data, leader: string): Member[] =>
  found(members, indexOf(members).led.get(fold(leader)));

const holder = (members: Members, key: string | undefined): Member | undefined =>
  key === undefined ? undefined : members.get(key);

export const holderOfMobile = ({ members }: Data, mobile: string): Member | undefined =>
  holder(members, indexOf(members).mobile.get(normalMobile(mobile)));

export const holderOfEmail = ({ members }: Data, email: string): Member | undefined =>
  holder(members, indexOf(members).email.get(fold(email)));

export const holderOfBizMail = ({ members }: Data, mail: string): Member | undefined =>
  holder(members, indexOf(members).bizMail.get(fold(mail)));

function childIndex(departments: Departments): Map<number, Set<number>> {
  const known = childIndexes.get(departments);
  if (known !== undefined) return known;
  const index = new Map<number, Set<number>>();
  childIndexes.set(departments, index);
  for (const { id, parentId } of departments.values()) addTo(index, parentId, id);
  return index;
}

export function putDepartment({ departments }: Data, department: Department): void {
  departments.set(department.id, department);
  addTo(childIndex(departments), department.parentId, department.id);
}

export function dropDepartment({ departments }: Data, department: Department): void {
  childIndex(departments).get(department.parentId)?.delete(department.id);
  departments.delete(department.id);
}

export function changeDepartment(
  { departments }: Data,
  department: Department,
  changes: Partial<Omit<Department, 'id'>>,
): void {
  const index = childIndex(departments);
  index.get(department.parentId)?.delete(department.id);
  Object.assign(department, changes);
  addTo(index, department.parentId, department.id);
}

export const childrenOf = ({ departments }: Data, id: number): Department[] =>
  [...(childIndex(departments).get(id) ?? [])].flatMap((child) => departments.get(child) ?? []);

export const countBelow = ({ departments }: Data, id: number): number =>
  childIndex(departments).get(id)?.size ?? 0;

/** One above the largest id in use. */
export function nextDepartmentId({ departments }: Data): number {
  let largest = 0;
  for (const id of departments.keys()) if (id > largest) largest = id;
  return largest + 1;
}
