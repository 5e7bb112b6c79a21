/** How this room names things for people. */
import { DESTRUCTIVE, type ChangeKind, type Doubt, type Stage } from './model.ts';
import type { StepResult } from './tables.ts';

/** Error codes in words; filled in by the composition, which knows all phrases. */
export type Words = (code: string, data?: Readonly<Record<string, unknown>>) => string;

export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  unitCreate: '新设部门',
  unitChange: '部门信息',
  unitMove: '部门调整隶属',
  unitDissolve: '撤销部门',
  hire: '新进',
  rehire: '重新入职',
  change: '信息变更',
  move: '调动',
  giveConcurrent: '新增兼任',
  endConcurrent: '免去兼任',
  secondOut: '借调外出',
  suspend: '停职',
  resume: '恢复在职',
  leave: '离职',
  retire: '退休',
};

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  units: '部门',
  people: '人员',
  leaders: '负责人和上级',
  order: '排序',
  leavers: '离开的人',
  removals: '撤销的部门',
};

export const DOUBT_WORDS: Readonly<Record<Doubt['kind'], string>> = {
  maybeSamePerson: '可能是同一个人',
  mobileTaken: '手机号被占用',
  maybeLeft: '可能离职',
  nameChanged: '姓名不一致',
  treeConflict: '部门结构有冲突',
};

export const RESULT_WORDS: Readonly<Record<StepResult, string>> = {
  waiting: '等待',
  done: '已完成',
  unchanged: '无需写入',
  failed: '没做成',
  retrying: '稍后再试',
  planned: '到日子再做',
  skipped: '未做',
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  code: '部门编码',
  parentCode: '上级部门',
  headStaffNo: '负责人',
  leaderStaffNo: '分管领导',
  name: '名称',
  staffNo: '工号',
  sex: '性别',
  idType: '证件类型',
  idNumber: '证件号码',
  bornOn: '出生日期',
  mobile: '手机号',
  email: '邮箱',
  unitCodes: '部门',
  title: '职务',
  grade: '职级',
  managerStaffNo: '直属上级',
  category: '人员类别',
  establishment: '编制类别',
  employedOn: '用工起始',
  contractUntilOn: '合同截止',
  status: '状态',
  statusOn: '状态日期',
  leaveReason: '离职原因',
  sortOrder: '排序',
};
export const fieldWords = (field: string): string => FIELD_WORDS[field] ?? field;

/** What must be typed to confirm, naming act and count: 停用6人撤销1个部门; null when nothing is taken from anybody. */
export function phraseOf(counts: Readonly<Partial<Record<ChangeKind, number>>>): string | null {
  const people = DESTRUCTIVE.filter((kind) => kind !== 'unitDissolve').reduce(
    (sum, kind) => sum + (counts[kind] ?? 0),
    0,
  );
  const units = counts.unitDissolve ?? 0;
  const parts = [people > 0 ? `停用${people}人` : '', units > 0 ? `撤销${units}个部门` : ''];
  return parts.join('') || null;
}
