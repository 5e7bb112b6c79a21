import type { ApiCall } from '../api/call.ts';
import {
  MAX_DEPARTMENTS,
  MAX_LEVELS,
  checkMove,
  checkName,
  checkSibling,
  eraseDepartment,
} from '../api/department.ts';
import { ApiError, fail } from '../api/envelope.ts';
import { checkRoom } from '../api/user-fields.ts';
import { ROOT_DEPARTMENT } from '../state/data.ts';
import type { Department, Media } from '../state/data.ts';
import type { JobRow } from '../state/records.ts';
import { changeDepartment, countBelow, countIn, putDepartment } from '../state/directory-index.ts';
import { levelOf } from '../state/directory.ts';
import { integerOf, readFile } from './file.ts';

/** replaceparty (page 90982): the file's tree wins; what is not in it goes as soon as it is empty. */

export interface Wanted {
  id: number;
  name: string;
  parentId: number;
  /** 0 = as it is. */
  order: number;
}

const COLUMNS = ['部门名称', '部门ID', '父部门ID'];

/** 40092 when a row lacks a name, an id or a parent. */
export function readDepartments(media: Media): Wanted[] {
  const file = readFile(
    media,
    COLUMNS.map((name) => [name]),
  );
  return file.rows.map((row) => {
    const id = integerOf(row['部门ID'] ?? '');
    const parentId = integerOf(row['父部门ID'] ?? '');
    const name = row['部门名称'] ?? '';
    if (id === undefined || parentId === undefined || name === '') throw fail(40092);
    return { id, name, parentId, order: integerOf(row['排序'] ?? '') ?? 0 };
  });
}

export function* replaceDepartments(call: ApiCall, wanted: readonly Wanted[]): Generator<JobRow> {
  const ordered = checkTree(wanted);
  for (const row of ordered) yield importRow(call, row);
  dismiss(call, new Set(wanted.map(({ id }) => id)));
}

/** 302006 an id twice, 302007 twins below one parent, 302004 not a tree below the root. Parents come first. */
function checkTree(wanted: readonly Wanted[]): Wanted[] {
  const byId = new Map(wanted.map((row) => [row.id, row]));
  if (byId.size < wanted.length) throw fail(302006);
  const names = new Set(wanted.map(({ parentId, name }) => `${parentId}/${name}`));
  if (names.size < wanted.length) throw fail(302007);
  const levels = new Map<number, number>([[ROOT_DEPARTMENT, 1]]);
  const levelIn = (row: Wanted, below: number): number => {
    const known = levels.get(row.id);
    if (known !== undefined) return known;
    const parent = byId.get(row.parentId);
    // Far more steps up than a tree may have levels: a circle.
    if (below > 10 * MAX_LEVELS || (parent === undefined && row.parentId !== ROOT_DEPARTMENT)) {
      throw fail(302004);
    }
    const level = 1 + (parent === undefined ? 1 : levelIn(parent, below + 1));
    levels.set(row.id, level);
    return level;
  };
  const placed = wanted.map((row) => ({ row, level: levelIn(row, 0) }));
  return placed.sort((a, b) => a.level - b.level).map(({ row }) => row);
}

function importRow(call: ApiCall, row: Wanted): JobRow {
  const { data } = call.world;
  const known = data.departments.get(row.id);
  try {
    checkName(row.name);
    const action = known === undefined ? create(call, row) : change(call, known, row);
    data.doomed = data.doomed.filter((id) => id !== row.id);
    return { action, partyid: row.id, errcode: 0, errmsg: 'ok' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const action = known === undefined ? 1 : actionOf(known, row);
    return { action, partyid: row.id, errcode: error.errcode, errmsg: error.message };
  }
}

function create(call: ApiCall, { id, name, parentId, order }: Wanted): number {
  const { data } = call.world;
  if (id <= ROOT_DEPARTMENT) throw fail(60123);
  if (!data.departments.has(parentId)) throw fail(60004);
  checkSibling(call, parentId, name, null);
  if (data.departments.size >= MAX_DEPARTMENTS) throw fail(81001);
  if (levelOf(data, parentId) + 1 > MAX_LEVELS) throw fail(81002);
  checkRoom(data, parentId);
  putDepartment(data, { id, name, nameEn: '', parentId, order });
  call.world.directoryChanged();
  return 1;
}

function change(call: ApiCall, known: Department, row: Wanted): number {
  const action = actionOf(known, row);
  const parentId = known.id === ROOT_DEPARTMENT ? known.parentId : row.parentId;
  checkMove(call, known, parentId);
  if (known.id !== ROOT_DEPARTMENT) checkSibling(call, parentId, row.name, known.id);
  const order = row.order === 0 ? known.order : row.order;
  changeDepartment(call.world.data, known, { name: row.name, parentId, order });
  call.world.directoryChanged();
  return action;
}

/** 2 renamed, 4 moved, 8 reordered. */
function actionOf(known: Department, row: Wanted): number {
  const moved = known.id !== ROOT_DEPARTMENT && known.parentId !== row.parentId;
  const reordered = row.order !== 0 && known.order !== row.order;
  return (known.name === row.name ? 0 : 2) + (moved ? 4 : 0) + (reordered ? 8 : 0);
}

/** Deepest first; what still holds somebody stays until a member import empties it. */
function dismiss(call: ApiCall, kept: ReadonlySet<number>): void {
  const { data } = call.world;
  const gone = [...data.departments.values()]
    .filter(({ id }) => id !== ROOT_DEPARTMENT && !kept.has(id))
    .sort((a, b) => levelOf(data, b.id) - levelOf(data, a.id));
  for (const department of gone) {
    if (countIn(data, department.id) === 0 && countBelow(data, department.id) === 0) {
      eraseDepartment(call, department);
    } else if (!data.doomed.includes(department.id)) data.doomed.push(department.id);
  }
}
