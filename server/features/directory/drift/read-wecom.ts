import { reading, type Reading } from '../../../connector/reading.ts';
import type { AdminAct, DepartmentAnswer, MemberAnswer } from '../../../wecom/index.ts';
import type { ReadDepartment } from './compare-department.ts';

/**
 * The part of the 企业微信 client this room reads with. Since 2022 the contacts secret tells ids only (user/list_id,
 * department/simplelist), the app's secret tells names and details of what it may see; so both are asked.
 */
export interface DriftClient {
  readonly user: {
    listIds(page: { cursor?: string }): Promise<{
      nextCursor: string;
      rows: readonly { userid: string; department: number }[];
    }>;
    list(departmentId: number): Promise<MemberAnswer[]>;
    get(userid: string): Promise<MemberAnswer>;
  };
  readonly department: {
    simpleList(options: {
      by: 'contacts';
    }): Promise<readonly { id: number; parentid: number; order?: number | null | undefined }[]>;
    list(): Promise<DepartmentAnswer[]>;
    get(id: number): Promise<DepartmentAnswer>;
  };
  readonly operLog: { admin(range: { from: number; until: number }): AsyncIterable<AdminAct> };
}

/** No such member or not in the app's range; no such department. */
const ABSENT = new Set([60111, 60003]);

export const isAbsent = (answer: Reading<unknown>): boolean =>
  'refused' in answer && ABSENT.has(answer.refused);

export interface DepartmentTree {
  readonly departments: ReadonlyMap<number, ReadDepartment>;
  /** errcode that kept the names from us. */
  readonly refused: number | null;
}

/** Every department: ids and places with the contacts secret, names as far as the app sees. Two calls. */
export async function readDepartments(wecom: DriftClient, now: number): Promise<DepartmentTree> {
  const all = await reading(now, () => wecom.department.simpleList({ by: 'contacts' }));
  if ('refused' in all) throw new Error(`department/simplelist refused: ${all.refused}`);
  const named = await reading(now, () => wecom.department.list());
  const names = new Map('value' in named ? named.value.map(({ id, name }) => [id, name] as const) : []);
  return {
    departments: new Map(
      all.value.map(({ id, parentid, order }) => [id, { id, parentid, order, name: names.get(id) }]),
    ),
    refused: 'refused' in named ? named.refused : null,
  };
}

export interface Membership {
  readonly userid: string;
  readonly departments: readonly number[];
}

/**
 * Every member with their departments, by userid in lower case; a call per 10,000. Whole or not at all: of half a
 * list nobody is missing (A1).
 */
export async function readMemberships(
  wecom: DriftClient,
  now: number,
): Promise<ReadonlyMap<string, Membership>> {
  const found = new Map<string, { userid: string; departments: number[] }>();
  const seen = new Set<string>();
  let cursor = '';
  do {
    seen.add(cursor);
    const from = cursor;
    const page = await reading(now, () => wecom.user.listIds({ cursor: from }));
    if ('refused' in page) throw new Error(`user/list_id refused: ${page.refused}`);
    for (const { userid, department } of page.value.rows) {
      const key = userid.toLowerCase();
      const known = found.get(key);
      if (known) known.departments.push(department);
      else found.set(key, { userid, departments: [department] });
    }
    cursor = page.value.nextCursor;
    if (seen.has(cursor) && cursor !== '') throw new Error('user/list_id: the cursor does not move');
  } while (cursor !== '');
  return found;
}
