import type { ApiCall } from '../api/call.ts';
import { eraseDepartment } from '../api/department.ts';
import { ApiError, fail } from '../api/envelope.ts';
import { Reader } from '../api/reader.ts';
import { createUser, eraseMember, isCreator, updateUser } from '../api/user-write.ts';
import type { Media, Member } from '../state/data.ts';
import type { JobRow } from '../state/records.ts';
import { countBelow, countIn } from '../state/directory-index.ts';
import { fold, memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import { integerOf, readFile, splitList } from './file.ts';
import type { ImportFile } from './file.ts';

/** syncuser and replaceuser (pages 90980, 90981): each row is a user/create or a user/update of the columns given. */

type Row = Record<string, string>;
type Body = Record<string, unknown>;

const USERID = ['帐号', '账号'];
const DEPARTMENT = ['所在部门'];
const REQUIRED = [['姓名'], USERID, DEPARTMENT];

/** Header → the request's fields. A department's name for a list is `;`-separated. */
const COLUMNS: Readonly<Record<string, (cell: string) => Body>> = {
  姓名: (cell) => ({ name: cell }),
  帐号: (cell) => ({ userid: cell }),
  账号: (cell) => ({ userid: cell }),
  手机号: (cell) => ({ mobile: cell }),
  邮箱: (cell) => ({ email: cell }),
  所在部门: (cell) => ({ department: numbers(cell, 40066) }),
  职位: (cell) => ({ position: cell }),
  职务: (cell) => ({ position: cell }),
  性别: (cell) => ({ gender: { 男: '1', 女: '2' }[cell] ?? cell }),
  是否部门内领导: (cell) => (cell === '' ? {} : { is_leader_in_dept: numbers(cell, 60132) }),
  排序: (cell) => (cell === '' ? {} : { order: numbers(cell, 40058) }),
  别名: (cell) => ({ alias: cell }),
  地址: (cell) => ({ address: cell }),
  座机: (cell) => ({ telephone: cell }),
  禁用: (cell) => (cell === '' ? {} : { enable: cell === '1' ? 0 : 1 }),
};

function numbers(cell: string, errcode: number): number[] {
  return splitList(cell).map((part) => {
    const value = integerOf(part);
    if (value === undefined) throw fail(errcode);
    return value;
  });
}

const pick = (row: Row, words: readonly string[]): string =>
  words.map((word) => row[word] ?? '').find((cell) => cell !== '') ?? '';

/** 40092: no name, userid or department, or neither mobile nor mail in some row. */
export function readMembers(media: Media): ImportFile {
  const file = readFile(media, REQUIRED);
  const incomplete = file.rows.some(
    (row) => REQUIRED.some((words) => pick(row, words) === '') || pick(row, ['手机号', '邮箱']) === '',
  );
  if (incomplete) throw fail(40092);
  return file;
}

export function* syncMembers(call: ApiCall, file: ImportFile): Generator<JobRow> {
  refuseTwins(file);
  for (const row of file.rows) yield importRow(call, file, row);
  sweepDoomed(call);
}

/** The file wins; whoever is not in it is deleted, unless that would be too many (45026). */
export function* replaceMembers(call: ApiCall, file: ImportFile): Generator<JobRow> {
  refuseTwins(file);
  const named = new Set(file.rows.map((row) => fold(pick(row, USERID))));
  const { members } = call.world.data;
  const missing = [...members].filter(([key]) => !named.has(key)).map(([, member]) => member);
  refuseMassDelete(missing.length, members.size);
  for (const row of file.rows) yield importRow(call, file, row);
  for (const member of missing) {
    if (isCreator(call, member)) yield failed(member.userid, fail(301005));
    else eraseMember(call, member);
  }
  sweepDoomed(call);
}

function refuseTwins({ rows }: ImportFile): void {
  if (new Set(rows.map((row) => fold(pick(row, USERID)))).size < rows.length) throw fail(302003);
}

/** Page 90981: more than 50 and 20 %, or fewer than 50 but more than 80 %. */
function refuseMassDelete(count: number, present: number): void {
  const share = present === 0 ? 0 : count / present;
  if ((count > 50 && share > 0.2) || (count < 50 && share > 0.8)) throw fail(45026);
}

function importRow(call: ApiCall, file: ImportFile, row: Row): JobRow {
  const userid = pick(row, USERID);
  try {
    refuseByFault(call.world, userid);
    const known = memberOf(call.world.data, userid);
    const own: ApiCall = { ...call, note: () => undefined, body: new Reader(bodyOf(call, file, row, known)) };
    if (known === undefined) createUser(own);
    else updateUser(own);
    return { userid, errcode: 0, errmsg: known === undefined ? 'created' : 'updated' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(userid, error);
  }
}

const failed = (userid: string, { errcode, message }: ApiError): JobRow => ({
  userid,
  errcode,
  errmsg: message,
});

/** A fault of kind `errcode` for `batch/row`, or for this member, refuses the row. */
function refuseByFault(world: World, userid: string): void {
  const hit = world.faults.hit(['errcode'], 'batch/row', userid);
  if (hit !== undefined) throw fail(hit.request.errcode);
}

function bodyOf(call: ApiCall, { headers }: ImportFile, row: Row, known: Member | undefined): Body {
  const body: Body = {};
  const attrs: unknown[] = [];
  for (const header of headers) {
    const cell = row[header] ?? '';
    const read = COLUMNS[header];
    if (read !== undefined) Object.assign(body, read(cell));
    else if (call.world.data.extattrNames.includes(header)) {
      attrs.push({ type: 0, name: header, text: { value: cell } });
    }
  }
  if (attrs.length > 0) body['extattr'] = { attrs: [...otherAttributes(known, headers), ...attrs] };
  return body;
}

/** Columns that the file does not have are not touched. */
function otherAttributes(known: Member | undefined, headers: readonly string[]): unknown[] {
  return (known?.extattr.attrs ?? []).filter(
    (attr) => !headers.includes(String((attr as { name?: unknown }).name)),
  );
}

/** What replaceparty wanted gone goes as soon as a member import has emptied it (page 90982). */
function sweepDoomed(call: ApiCall): void {
  const { data } = call.world;
  for (let again = true; again;) {
    const empty = data.doomed
      .flatMap((id) => data.departments.get(id) ?? [])
      .filter(({ id }) => countIn(data, id) === 0 && countBelow(data, id) === 0);
    for (const department of empty) eraseDepartment(call, department);
    again = empty.length > 0;
  }
}
