import { groupBy } from '../group-by.ts';
import {
  CATEGORIES,
  COLUMNS as C,
  DEFAULT_CATEGORY,
  POST_KINDS,
  SHEETS,
  UNIT_KINDS,
  type PersonRecord,
  type PostRecord,
  type Roster,
  type RowFault,
  type UnitRecord,
} from './records.ts';
import { CODE, EMAIL, MOBILE, NAME, USERID } from '../forms.ts';
import { readersOf, repeated, type RowReader, type SheetText } from './row-reader.ts';

/** What the store already knows, so that a sheet may refer to it. */
export interface KnownCodes {
  readonly unitCodes: ReadonlySet<string>;
}

/**
 * Sheets to records (rules A4, A5). A row with a fault is left out and listed with its column; a person of whose
 * posts one is wrong keeps the posts they have. Nothing ever falls back to the root.
 */
export function readRoster(sheets: readonly SheetText[], known: KnownCodes): Roster {
  const rowsOf = (name: string) =>
    readersOf(sheets.find((sheet) => sheet.name === name) ?? { name, rows: [] });
  const units = readUnits(rowsOf(SHEETS.units), known);
  const unitCodes = new Set([...known.unitCodes, ...units.records.map((unit) => unit.code)]);
  const posts = readPosts(rowsOf(SHEETS.posts), unitCodes);
  const people = readPeople(rowsOf(SHEETS.people), posts);
  return {
    units: units.records,
    people: people.records,
    faults: [...units.faults, ...posts.faults, ...people.faults],
  };
}

function readUnits(readers: readonly RowReader[], known: KnownCodes) {
  const rows = readers.map((reader) => ({ reader, record: unitOf(reader) }));
  const twice = repeated(rows, ({ record }) => record.code);
  for (const { reader, record } of rows) if (twice.has(record.code)) reader.fault(C.unitCode, 'duplicate');
  let good = rows.filter(({ reader }) => reader.faults.length === 0);
  // A unit under a refused one is refused too, level by level.
  for (let before = -1; before !== good.length;) {
    before = good.length;
    const codes = new Set([...known.unitCodes, ...good.map(({ record }) => record.code)]);
    good = good.filter(({ reader, record }) => {
      if (record.parentCode === null || codes.has(record.parentCode)) return true;
      reader.fault(C.parentCode, 'unknown');
      return false;
    });
  }
  return { records: good.map(({ record }) => record), faults: readers.flatMap((reader) => reader.faults) };
}

function unitOf(reader: RowReader): UnitRecord {
  return {
    line: reader.line,
    code: reader.text(C.unitCode, CODE),
    name: reader.text(C.unitName, NAME),
    parentCode: reader.optionalText(C.parentCode, CODE) ?? null,
    kind: reader.choice(C.unitKind, UNIT_KINDS, 'department'),
    sortOrder: reader.optionalNumber(C.sortOrder),
  };
}

interface PostsRead {
  readonly byStaffNo: ReadonlyMap<string, readonly PostRecord[]>;
  /** People with at least one wrong post row. */
  readonly refused: ReadonlySet<string>;
  readonly faults: readonly RowFault[];
}

function readPosts(readers: readonly RowReader[], unitCodes: ReadonlySet<string>): PostsRead {
  const rows = readers.map((reader) => ({ reader, record: postOf(reader, unitCodes) }));
  const twice = repeated(rows, ({ record }) => record.unitCode && `${record.staffNo} ${record.unitCode}`);
  for (const { reader, record } of rows) {
    if (twice.has(`${record.staffNo} ${record.unitCode}`)) reader.fault(C.unitCode, 'duplicate');
  }
  const refused = rows.filter(({ reader }) => reader.faults.length > 0).map(({ record }) => record.staffNo);
  const byStaffNo = groupBy(
    rows.map(({ record }) => record),
    (record) => record.staffNo,
  );
  return { byStaffNo, refused: new Set(refused), faults: readers.flatMap((reader) => reader.faults) };
}

function postOf(reader: RowReader, unitCodes: ReadonlySet<string>): PostRecord {
  const unitCode = reader.text(C.unitCode, CODE);
  if (unitCode !== '' && !unitCodes.has(unitCode)) reader.fault(C.unitCode, 'unknown');
  const isHead = reader.yes(C.isHead);
  const headRank = reader.optionalNumber(C.headRank) ?? null;
  const post: PostRecord = {
    line: reader.line,
    staffNo: reader.text(C.staffNo, CODE),
    unitCode,
    kind: reader.choice(C.postKind, POST_KINDS, 'main'),
    title: reader.text(C.title, NAME),
    isHead,
    headRank: isHead ? (headRank ?? 1) : null,
    sinceOn: reader.date(C.sinceOn),
    untilOn: reader.optionalDate(C.untilOn),
    place: reader.optionalNumber(C.place) ?? null,
  };
  if (post.untilOn !== null && post.untilOn <= post.sinceOn) reader.fault(C.untilOn, 'malformed');
  return post;
}

function readPeople(readers: readonly RowReader[], posts: PostsRead) {
  const rows = readers.map((reader) => ({ reader, record: personOf(reader, posts) }));
  const unique: [string, (record: PersonRecord) => string][] = [
    [C.staffNo, (record) => record.staffNo],
    [C.userid, (record) => record.userid.toLowerCase()],
    [C.mobile, (record) => record.mobile ?? ''],
  ];
  for (const [column, keyOf] of unique) {
    const twice = repeated(rows, ({ record }) => keyOf(record));
    for (const { reader, record } of rows) if (twice.has(keyOf(record))) reader.fault(column, 'duplicate');
  }
  const good = rows.filter(({ reader }) => reader.faults.length === 0);
  return { records: good.map(({ record }) => record), faults: readers.flatMap((reader) => reader.faults) };
}

function personOf(reader: RowReader, posts: PostsRead): PersonRecord {
  const staffNo = reader.text(C.staffNo, CODE);
  const held = posts.refused.has(staffNo) ? undefined : posts.byStaffNo.get(staffNo);
  if (held && held.filter((post) => post.kind === 'main').length !== 1)
    reader.fault(C.postKind, 'noMainPost');
  return {
    line: reader.line,
    staffNo,
    name: reader.text(C.personName, NAME),
    userid: reader.text(C.userid, USERID),
    ...reader.choice(C.category, CATEGORIES, DEFAULT_CATEGORY),
    mobile: reader.optionalText(C.mobile, MOBILE),
    email: reader.optionalText(C.email, EMAIL),
    sortOrder: reader.optionalNumber(C.sortOrder),
    posts: held,
  };
}
