import { adminTargets } from '../callbacks/contact-events.ts';
import { ROOT_DEPARTMENT } from '../state/data.ts';
import type { Department } from '../state/data.ts';
import {
  changeDepartment,
  countIn,
  dropDepartment,
  nextDepartmentId,
  putDepartment,
} from '../state/directory-index.ts';
import {
  byOrder,
  childrenOf,
  heightOf,
  leadersOf,
  levelOf,
  memberOf,
  subtreeOf,
} from '../state/directory.ts';
import { departmentByHand } from '../logs/by-hand.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { chars, checkRoom } from './user-fields.ts';
import { sees } from './user-read.ts';

export const departmentRoutes: ApiRoute[] = [
  post('department/create', 'contacts', create),
  post('department/update', 'contacts', update),
  get('department/delete', 'contacts', remove),
  get('department/list', 'both', (call) => ({ department: listed(call).map((d) => view(call, d)) }), {
    closedToContacts: true,
  }),
  get('department/simplelist', 'both', (call) => ({
    department_id: listed(call).map(({ id, parentId, order }) => ({ id, parentid: parentId, order })),
  })),
  get('department/get', 'both', (call) => ({ department: view(call, chosen(call)) }), {
    closedToContacts: true,
  }),
];

export const MAX_LEVELS = 15;
export const MAX_DEPARTMENTS = 30_000;
export const MAX_ORDER = 2 ** 32;
const BAD_CHARACTERS = /[\\:*?"<>|｜]/;

function create(call: ApiCall): Record<string, unknown> {
  const { body, world } = call;
  const { data } = world;
  const name = checkName(body.text('name'));
  const nameEn = checkEnglish(body.text('name_en'));
  const parentId = body.int('parentid');
  if (parentId === undefined || !data.departments.has(parentId)) throw fail(60004);
  const id = newDepartmentId(call);
  checkSibling(call, parentId, name, null);
  if (data.departments.size >= MAX_DEPARTMENTS) throw fail(81001);
  if (levelOf(data, parentId) + 1 > MAX_LEVELS) throw fail(81002);
  checkRoom(data, parentId);
  const made = { id, name, nameEn, parentId, order: readOrder(call) ?? 0 };
  putDepartment(data, made);
  call.note(`新增部门 ${name}`);
  departmentByHand(call, 'create', made, []);
  adminTargets(world, call.caller)?.partyChanged('create_party', made, []);
  world.directoryChanged();
  return { errmsg: 'created', id };
}

function newDepartmentId(call: ApiCall): number {
  const { departments } = call.world.data;
  const id = call.body.int('id');
  if (id === undefined) return nextDepartmentId(call.world.data);
  if (id <= 1 || id >= MAX_ORDER) throw fail(60123);
  if (departments.has(id)) throw fail(60008);
  return id;
}

export function checkName(name: string): string {
  if (chars(name) < 1 || chars(name) > 64) throw fail(60001);
  if (BAD_CHARACTERS.test(name)) throw fail(60009);
  return name;
}

function checkEnglish(name: string): string {
  if (chars(name) > 64) throw fail(60001);
  if (BAD_CHARACTERS.test(name)) throw fail(60009);
  return name;
}

function readOrder(call: ApiCall): number | undefined {
  const order = call.body.int('order');
  if (order !== undefined && (order < 0 || order >= MAX_ORDER)) {
    throw fail(40058, 'order out of range. invalid Request Parameter');
  }
  return order;
}

export function checkSibling(call: ApiCall, parentId: number, name: string, self: number | null): void {
  const twin = childrenOf(call.world.data, parentId).some((d) => d.name === name && d.id !== self);
  if (twin) throw fail(60008);
}

function update(call: ApiCall): Record<string, unknown> {
  const { body, world } = call;
  const { data } = world;
  const id = body.int('id');
  if (id === undefined) throw fail(60123);
  const department = data.departments.get(id);
  if (department === undefined) throw fail(60003);
  const name = body.has('name') ? checkName(body.text('name')) : department.name;
  const nameEn = body.has('name_en') ? checkEnglish(body.text('name_en')) : department.nameEn;
  const parentId = body.int('parentid') ?? department.parentId;
  checkMove(call, department, parentId);
  if (id !== ROOT_DEPARTMENT) checkSibling(call, parentId, name, id);
  const order = readOrder(call) ?? department.order;
  const changed: ('name' | 'parentid')[] = [];
  if (name !== department.name) changed.push('name');
  if (parentId !== department.parentId) changed.push('parentid');
  changeDepartment(data, department, { name, nameEn, parentId, order });
  call.note(`更新部门 ${name}`);
  departmentByHand(call, 'update', department, changed);
  adminTargets(world, call.caller)?.partyChanged('update_party', department, changed);
  world.directoryChanged();
  return { errmsg: 'updated' };
}

export function checkMove(call: ApiCall, department: Department, parentId: number): void {
  const { data } = call.world;
  if (parentId === department.parentId) return;
  if (department.id === ROOT_DEPARTMENT) throw fail(60010);
  if (!data.departments.has(parentId)) throw fail(60004);
  if (subtreeOf(data, department.id).has(parentId)) throw fail(60010);
  if (levelOf(data, parentId) + heightOf(data, department.id) > MAX_LEVELS) throw fail(81002);
  checkRoom(data, parentId);
}

function remove(call: ApiCall): Record<string, unknown> {
  const { data } = call.world;
  const id = Number(call.query['id'] ?? Number.NaN);
  const department = data.departments.get(id);
  if (id === ROOT_DEPARTMENT) throw fail(60007);
  if (department === undefined) throw fail(60003);
  if (childrenOf(data, id).length > 0) throw fail(60006);
  if (countIn(data, id) > 0) throw fail(60005);
  eraseDepartment(call, department);
  call.note(`删除部门 ${department.name}`);
  return { errmsg: 'deleted' };
}

/** An empty department goes, and with it its place in tags and visible ranges. */
export function eraseDepartment(call: ApiCall, department: Department): void {
  const { data } = call.world;
  const others = (ids: number[]): number[] => ids.filter((id) => id !== department.id);
  dropDepartment(data, department);
  for (const tag of data.tags.values()) tag.parties = others(tag.parties);
  data.app.visible.parties = others(data.app.visible.parties);
  data.doomed = others(data.doomed);
  departmentByHand(call, 'delete', department, []);
  adminTargets(call.world, call.caller)?.partyChanged('delete_party', department, []);
  call.world.directoryChanged();
}

/** Everything the caller may see, or the subtree of `id`. */
function listed(call: ApiCall): Department[] {
  const { data } = call.world;
  const seen = call.caller === 'app' ? call.world.scope().departments : new Set(data.departments.keys());
  const wanted = call.query['id'] === undefined || call.query['id'] === '' ? null : chosen(call).id;
  const within = wanted === null ? seen : subtreeOf(data, wanted);
  const list = [...data.departments.values()].filter((d) => within.has(d.id) && seen.has(d.id)).sort(byOrder);
  call.note(`${list.length} 个部门`);
  return list;
}

function chosen(call: ApiCall): Department {
  const id = Number(call.query['id'] ?? Number.NaN);
  if (!Number.isSafeInteger(id)) throw fail(60123);
  const department = call.world.data.departments.get(id);
  if (department === undefined) throw fail(60003);
  if (call.caller === 'app' && !call.world.scope().departments.has(id)) throw fail(60011);
  return department;
}

function view(call: ApiCall, department: Department): Record<string, unknown> {
  const { data } = call.world;
  const leaders = leadersOf(data, department.id).filter((userid) => {
    const member = memberOf(data, userid);
    return member !== undefined && sees(call, member);
  });
  const { id, name, nameEn, parentId, order } = department;
  return { id, name, name_en: nameEn, department_leader: leaders, parentid: parentId, order };
}
