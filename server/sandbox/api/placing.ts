import { adminTargets } from '../callbacks/contact-events.ts';
import { ROOT_DEPARTMENT } from '../state/data.ts';
import type { Department, Member } from '../state/data.ts';
import { nextDepartmentId, putDepartment } from '../state/directory-index.ts';
import { childrenOf } from '../state/directory.ts';
import type { ApiCall } from './call.ts';
import { fail } from './envelope.ts';

/**
 * Where a member goes who names no department or one that does not exist: 企业微信 keeps a department 其他（待设置部门）
 * and makes unknown ids below it (page 90195). Rule A4: a plan must never get this far.
 */
const MAX_ID = 2 ** 32;
const UNPLACED = '其他（待设置部门）';

/** 60123 for ids that cannot be, and for unknown ones where this sandbox is told to refuse them. */
export function unknownDepartments({ world }: ApiCall, places: Partial<Member>): void {
  const ids = places.departments ?? [];
  // 0 alone means "none"; beside others it is an id that no department has.
  const impossible = ids.some((id) => id < 0 || id >= MAX_ID || (id === 0 && ids.length > 1));
  if (impossible) throw fail(60123);
  const missing = named(places).some((id) => !world.data.departments.has(id));
  if (missing && world.settings.unknownDepartment === 'reject') throw fail(60123);
}

const named = (places: Partial<Member>): number[] => (places.departments ?? []).filter((id) => id !== 0);

/** Makes what is missing. `placed` is `places`, or the holding department when it names none. */
export function settle(
  call: ApiCall,
  places: Partial<Member>,
): { created: Department[]; placed: Partial<Member> } {
  if (places.departments === undefined) return { created: [], placed: places };
  const wanted = named(places);
  const missing = [...new Set(wanted)].filter((id) => !call.world.data.departments.has(id));
  const created = createDepartments(call, missing);
  return { created, placed: wanted.length === 0 ? { ...places, ...unplaced(call) } : places };
}

function createDepartments(call: ApiCall, missing: readonly number[]): Department[] {
  if (missing.length === 0) return [];
  const parent = holdingDepartment(call, missing).id;
  return missing.map((id) => make(call, id, `未命名部门${id}`, parent));
}

function unplaced(call: ApiCall): Partial<Member> {
  const { id } = holdingDepartment(call);
  return { departments: [id], order: [0], leads: [0], mainDepartment: id };
}

/** `wanted`: ids that are about to be used. */
function holdingDepartment(call: ApiCall, wanted: readonly number[] = []): Department {
  const { data } = call.world;
  const known = childrenOf(data, ROOT_DEPARTMENT).find(({ name }) => name === UNPLACED);
  const id = Math.max(nextDepartmentId(data), ...wanted.map((other) => other + 1));
  return known ?? make(call, id, UNPLACED, ROOT_DEPARTMENT);
}

function make(call: ApiCall, id: number, name: string, parentId: number): Department {
  const made = { id, name, nameEn: '', parentId, order: 0 };
  putDepartment(call.world.data, made);
  adminTargets(call.world, call.caller)?.partyChanged('create_party', made, []);
  return made;
}
