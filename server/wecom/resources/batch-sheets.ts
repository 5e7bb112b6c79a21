import { refuseInput } from '../errors.ts';
import { plainText } from '../json.ts';
import { useridKey } from '../userid.ts';
import type { MemberCreate } from './user-shapes.ts';

/**
 * The CSV files of asynchronous imports (page 90979, columns of its template). A column that the file does not have is
 * not touched; an empty cell of one that it has may clear the field, so a column is written only when every row has it.
 */
type Columns =
  | 'mobile'
  | 'email'
  | 'position'
  | 'gender'
  | 'is_leader_in_dept'
  | 'order'
  | 'alias'
  | 'address'
  | 'telephone'
  | 'enable';
/** Direct leader, main department and extended attributes have no column: they need user/update. */
export type SheetMember = Pick<MemberCreate, Columns> & {
  readonly userid: string;
  readonly name: string;
  readonly department: readonly number[];
};

export interface SheetDepartment {
  readonly id: number;
  readonly name: string;
  readonly parentid: number;
  /** Absent or 0: as it is. */
  readonly order?: number;
}

type Words = Readonly<Record<keyof SheetMember, string>>;

/** Headers as third-party code has them; the console's own batch_user_sample.csv says which ones a corp sees. */
export const SHEET_WORDS: Words = {
  name: '姓名',
  userid: '帐号',
  mobile: '手机号',
  email: '邮箱',
  department: '所在部门',
  position: '职位',
  gender: '性别',
  is_leader_in_dept: '是否部门内领导',
  order: '排序',
  alias: '别名',
  address: '地址',
  telephone: '座机',
  enable: '禁用',
};

/** Always there, also when a row has no mobile or no mail (not both). */
const FIXED: readonly (keyof SheetMember)[] = ['name', 'userid', 'mobile', 'email', 'department'];
const OPTIONAL: readonly (keyof SheetMember)[] = [
  'position',
  'gender',
  'is_leader_in_dept',
  'order',
  'alias',
  'address',
  'telephone',
  'enable',
];
const API = 'batch/syncuser';

/** Throws FixData naming row (1-based) and field, for what 企业微信 would refuse the whole file for. */
export function memberSheet(rows: readonly SheetMember[], words: Partial<Words> = {}): Buffer {
  if (rows.length === 0) throw refuseInput(API, 'rows', 'empty (40092)');
  rows.forEach(refuseIncomplete);
  refuseTwice(
    API,
    'userid',
    rows.map(({ userid }) => useridKey(userid)),
    302003,
  );
  const columns = [...FIXED, ...OPTIONAL.filter((field) => isInAll(rows, field))];
  const header = columns.map((field) => words[field] ?? SHEET_WORDS[field]);
  return csv([header, ...rows.map((row) => columns.map((field) => cellOf(row, field)))]);
}

function refuseIncomplete(row: SheetMember, at: number): void {
  const refuse = (field: string, why: string): never => {
    throw refuseInput(API, `rows.${at + 1}.${field}`, why);
  };
  if (row.name.trim() === '') refuse('name', 'empty (40092)');
  if (row.department.length === 0) refuse('department', 'empty (40092)');
  if (!row.mobile && !row.email) refuse('mobile', 'mobile and email both empty (60129)');
  for (const field of ['order', 'is_leader_in_dept'] as const) {
    const list = row[field];
    if (list && list.length !== row.department.length) refuse(field, 'not as long as department');
  }
}

/** A column that only some rows have would clear it for the others (C9). */
function isInAll(rows: readonly SheetMember[], field: keyof SheetMember): boolean {
  const having = rows.filter((row) => row[field] !== undefined).length;
  if (having === 0 || having === rows.length) return having > 0;
  const at = rows.findIndex((row) => row[field] === undefined);
  throw refuseInput(API, `rows.${at + 1}.${field}`, 'absent here but given in other rows');
}

function cellOf(row: SheetMember, field: keyof SheetMember): string {
  if (field === 'enable') return row.enable === 0 ? '1' : '0';
  if (field === 'gender') return row.gender === '2' ? '女' : '男';
  const value = row[field];
  return Array.isArray(value) ? value.join(';') : (value ?? '').toString();
}

export function departmentSheet(rows: readonly SheetDepartment[]): Buffer {
  const api = 'batch/replaceparty';
  if (rows.length === 0) throw refuseInput(api, 'rows', 'empty (40092)');
  refuseTwice(
    api,
    'id',
    rows.map(({ id }) => String(id)),
    302006,
  );
  refuseTwice(
    api,
    'name',
    rows.map(({ parentid, name }) => `${parentid}/${name}`),
    302007,
  );
  const header = ['部门名称', '部门ID', '父部门ID', '排序'];
  const cells = rows.map(({ name, id, parentid, order }) => [name, `${id}`, `${parentid}`, `${order ?? 0}`]);
  return csv([header, ...cells]);
}

function refuseTwice(api: string, field: string, keys: readonly string[], errcode: number): void {
  const seen = new Set<string>();
  keys.forEach((key, at) => {
    if (seen.has(key)) throw refuseInput(api, `rows.${at + 1}.${field}`, `twice in the file (${errcode})`);
    seen.add(key);
  });
}

/** UTF-8. Line breaks become blanks: importers are not trusted to read quoted ones. */
function csv(rows: readonly (readonly string[])[]): Buffer {
  const lines = rows.map((cells) => cells.map(quoted).join(','));
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}

function quoted(cell: string): string {
  const text = plainText(cell).replace(/[\r\n\t]+/g, ' ');
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
