/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { BatchAnswer, BatchBrief, FaultAnswer, SheetRow } from '../api.ts';

const minute = 60_000;

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';

const unitNames = ['机电工程学院/机械教研室', '经济管理学院/会计教研室', '学生工作部', '图书馆'];

export const batchBrief = (part: Partial<BatchBrief> = {}): BatchBrief => ({
  batchId: 'b1',
  number: '2026-11-20-1',
  state: 'ready',
  source: { kind: 'file', name: '文件' },
  fileName: '2026年11月花名册.xlsx',
  cutOffAt: at - 17 * 60 * minute,
  createdAt: at - 11 * minute,
  createdBy: '李老师',
  rows: { units: 38, people: 1262 },
  faults: 5,
  planId: null,
  ...part,
});

export const batch = (part: Partial<BatchAnswer> = {}): BatchAnswer => ({
  ...batchBrief(),
  progress: 1,
  trouble: null,
  fileHash: '9c41d07e22ab',
  encoding: null,
  columns: [
    { kind: 'people', header: '工号', column: 'staffNo', label: '工号', how: 'name', required: true },
    { kind: 'people', header: '姓名', column: 'name', label: '姓名', how: 'name', required: true },
    { kind: 'people', header: '部门', column: 'unitCodes', label: '部门编码', how: 'alias', required: true },
    {
      kind: 'people',
      header: '证件号',
      column: 'idNumber',
      label: '证件号码',
      how: 'content',
      required: false,
    },
    { kind: 'people', header: '备注', column: null, label: null, how: 'none', required: false },
  ],
  missingColumns: [],
  figures: { unchanged: 1218, changed: 27, added: 9, absent: null, faultRows: 5 },
  warnings: [],
  can: { fix: true, plan: true, complete: true, marked: true },
  ...part,
});

export const fault = (id: string, part: Partial<FaultAnswer> = {}): FaultAnswer => ({
  id,
  kind: 'people',
  line: 21,
  column: 'unitCodes',
  label: '部门找不到',
  code: 'unknownUnit',
  words: '没有这个部门，这一行先不用。请选一个最像的',
  hint: null,
  value: '机电学院/机械室',
  nearest: [
    { value: 'JD01', words: '机电工程学院/机械教研室（31 人）' },
    { value: 'JD02', words: '机电工程学院/机械实训室（8 人）' },
  ],
  same: 3,
  ...part,
});

export const faultList: FaultAnswer[] = [
  fault('f1', {
    line: 17,
    column: 'staffNo',
    label: '工号重复',
    code: 'duplicate',
    words: '与第 18 行相同。一个工号只能有一行',
    hint: null,
    value: 'H2016033',
    nearest: [],
    same: 1,
  }),
  fault('f2', {
    line: 18,
    column: 'staffNo',
    label: '工号重复',
    code: 'duplicate',
    words: '与第 17 行相同。一个工号只能有一行',
    hint: null,
    value: 'H2016033',
    nearest: [],
    same: 1,
  }),
  fault('f3'),
  fault('f4', {
    line: 24,
    column: 'idNumber',
    label: '证件号码有误',
    code: 'checkDigit',
    words: '末位校验不符。请对照证件逐位核对',
    hint: null,
    value: '4****************7',
    nearest: [],
    same: 1,
  }),
  fault('f5', {
    line: 640,
    column: 'statusOn',
    label: '日期读不懂',
    code: 'malformed',
    words: '状态日期的写法不对。应为：2026-11-23',
    hint: '2026-11-23',
    value: '下周一',
    nearest: [],
    same: 1,
  }),
];

export const sheetColumns = [
  { column: 'staffNo', label: '工号' },
  { column: 'name', label: '姓名' },
  { column: 'unitCodes', label: '部门编码' },
  { column: 'title', label: '职务' },
  { column: 'mobile', label: '手机号' },
  { column: 'idNumber', label: '证件号码' },
  { column: 'statusOn', label: '状态日期' },
];

/** Line `line` of the pretended sheet, with the faults of `faultList`. */
export function sheetRow(line: number): SheetRow {
  const faults = faultList.filter((each) => each.line === line);
  const cells: Record<string, string> = {
    staffNo: `H20${String(150_00 + line).padStart(5, '0')}`,
    name: `${surnames[line % surnames.length] ?? '赵'}老师`,
    unitCodes: unitNames[line % unitNames.length] ?? '',
    title: line % 5 === 0 ? '实训指导' : '教师',
    mobile: `138****${String(line % 10_000).padStart(4, '0')}`,
    idNumber: `4****************${line % 10}`,
    statusOn: line % 9 === 0 ? '2026-11-20' : '',
  };
  for (const each of faults) cells[each.column] = each.value;
  return { line, cells, faults: faults.map(({ column }) => column) };
}
