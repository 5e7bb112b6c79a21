import { COLUMNS as C, SHEETS } from '../roster/records.ts';
import type { SheetText } from '../roster/row-reader.ts';

type Rows = readonly (readonly string[])[];

export interface SmallRoster {
  units?: Rows;
  people?: Rows;
  posts?: Rows;
}

const UNITS: Rows = [
  ['D00', '海州职业技术学院', '', '学校', '1'],
  ['D20', '信息工程学院', 'D00', '部门', '2'],
  ['D2001', '软件技术教研室', 'D20', '科室', '3'],
  ['D05', '人事处', 'D00', '部门', '4'],
];
const PEOPLE: Rows = [
  ['00215', '陈志远', 'chenzhiyuan', '编制内', '19900000215', 'chen@haizhou.example'],
  ['00731', '张雨桐', 'ZhangYutong', '编制内', '19900000731', ''],
  ['00163', '王海燕', 'wanghaiyan', '编制内', '19900000163', ''],
];
const POSTS: Rows = [
  ['00215', 'D20', '主岗', '主任', '是', '1', '2021-03-01', '', '1'],
  ['00215', 'D2001', '兼任', '教研室主任', '是', '1', '2021-03-01', '', '1'],
  ['00731', 'D2001', '主岗', '教师', '否', '', '2019-09-01', '', ''],
  ['00163', 'D05', '主岗', '处长', '是', '1', '2025-09-01', '', '1'],
];

/** Four units and three people; pass rows to replace a sheet. */
export function smallRoster({
  units = UNITS,
  people = PEOPLE,
  posts = POSTS,
}: SmallRoster = {}): SheetText[] {
  const unitHeader = [C.unitCode, C.unitName, C.parentCode, C.unitKind, C.sortOrder];
  const peopleHeader = [C.staffNo, C.personName, C.userid, C.category, C.mobile, C.email];
  const postHeader = [
    C.staffNo,
    C.unitCode,
    C.postKind,
    C.title,
    C.isHead,
    C.headRank,
    C.sinceOn,
    C.untilOn,
    C.place,
  ];
  return [
    { name: SHEETS.units, rows: [unitHeader, ...units] },
    { name: SHEETS.people, rows: [peopleHeader, ...people] },
    { name: SHEETS.posts, rows: [postHeader, ...posts] },
  ];
}

/** A sheet's rows with one cell replaced. */
export const withCell = (rows: Rows, line: number, column: number, text: string): string[][] =>
  rows.map((row, at) => row.map((cell, place) => (at === line && place === column ? text : cell)));

export const SMALL = { units: UNITS, people: PEOPLE, posts: POSTS } as const;
