/** Sample answers of the HR room, all names fictional. */
import type { Me } from '../../api/shapes.ts';
import type {
  BatchAnswer,
  BatchBrief,
  ChangeAnswer,
  Doubt,
  FaultAnswer,
  PlanAnswer,
  RunAnswer,
  RunBrief,
  RunItem,
  SheetRow,
} from '../hr/api.ts';

/** 2026-11-20 10:42 in Shanghai. */
export const at = Date.UTC(2026, 10, 20, 2, 42);
const minute = 60_000;

export const person = (roles: Me['roles'] = [hrRole], name = '李老师'): Me => ({
  person: {
    personId: 'p1',
    name,
    unitName: '人事处',
    title: '科员',
    staffNo: 'H2012003',
    mobileMasked: '138****0001',
    category: 'internal',
    categoryName: '院内',
  },
  posts: [
    {
      assignmentId: 'a1',
      unitId: 'u1',
      unitName: '人事处',
      unitPath: '人事处',
      title: '科员',
      kind: 'main',
      isHead: false,
      since: '2019-09-01',
    },
  ],
  roles,
  can: {
    seePeople: roles.some(({ role }) => role === hrRole.role),
    managePeople: roles.some(({ role }) => role === hrRole.role),
  },
  csrfToken: 'token',
  institution: '海州职业技术学院',
  appName: '办公助手',
  now: at,
  sandbox: true,
});

export const hrRole = { role: 'hrMaintainer', roleName: '花名册维护', scopeUnitName: null };

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

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
const unitNames = ['机电工程学院/机械教研室', '经济管理学院/会计教研室', '学生工作部', '图书馆'];

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

export const change = (staffNo: string, name: string, part: Partial<ChangeAnswer> = {}): ChangeAnswer => ({
  key: `person:${staffNo}:leave`,
  kind: 'leave',
  kindWords: '离职',
  target: { type: 'person', id: `id-${staffNo}`, ref: staffNo, name },
  unitName: '机械教研室',
  fields: [
    { field: 'status', label: '状态', before: '在职', after: '离职' },
    { field: 'managerStaffNo', label: '直属上级', before: '周老师', after: null },
  ],
  effectiveOn: '2026-11-20',
  lateWorkdays: 0,
  lines: [1259],
  why: '花名册状态为“离职”，原因“退休”',
  destructive: true,
  ...part,
});

export const leavers: ChangeAnswer[] = [
  change('H2016031', '张老师', { lateWorkdays: 2 }),
  change('H2016040', '韩老师', { why: '花名册状态为“离职”，原因“调离本市”' }),
  change('H2017003', '刘老师'),
  change('H2017011', '周老师'),
  change('H2018007', '何老师', { unitName: '会计教研室' }),
  change('H2018024', '罗老师', { unitName: '学生工作部', lines: [] }),
];

export const hires: ChangeAnswer[] = [
  change('H2026011', '郭老师', {
    key: 'person:H2026011:hire',
    kind: 'hire',
    kindWords: '入职',
    destructive: false,
    fields: [
      { field: 'name', label: '姓名', before: null, after: '郭老师' },
      { field: 'unitCodes', label: '部门', before: null, after: '信息工程学院' },
    ],
    unitName: '信息工程学院',
    why: '花名册里新增',
    lines: [1261],
  }),
];

const hash = '7f3c91a204bb5e6d8a10c2d4e6f80911223344556677889900aabbccddeeff00';

export const plan = (part: Partial<PlanAnswer> = {}): PlanAnswer => ({
  planId: 'pl1',
  batchId: 'b1',
  batchNumber: '2026-11-20-1',
  state: 'waiting',
  shortHash: hash.slice(0, 12),
  hash,
  cutOffAt: at - 17 * 60 * minute,
  complete: true,
  createdAt: at,
  createdBy: '李老师',
  confirmedBy: null,
  expiresAt: null,
  groups: [
    { kind: 'hire', label: '入职', count: 9, destructive: false },
    { kind: 'move', label: '调动', count: 7, destructive: false },
    { kind: 'change', label: '信息变更', count: 8, destructive: false },
    { kind: 'leave', label: '离职', count: 4, destructive: true },
    { kind: 'retire', label: '退休', count: 2, destructive: true },
    { kind: 'unitCreate', label: '新建单位', count: 2, destructive: false },
  ],
  units: [
    { unitCode: 'JD', name: '机电工程学院', count: 14, destructive: 4 },
    { unitCode: 'JG', name: '经济管理学院', count: 9, destructive: 1 },
    { unitCode: 'XG', name: '学生工作部', count: 9, destructive: 1 },
  ],
  total: 32,
  guard: {
    verdict: 'needsConfirmation',
    lines: [
      {
        scope: 'run',
        scopeName: '本次',
        planned: 6,
        alreadyToday: 0,
        base: 1246,
        max: 15,
        maxPercent: 2,
        exceeded: false,
      },
      {
        scope: 'day',
        scopeName: '今天累计',
        planned: 6,
        alreadyToday: 2,
        base: 1246,
        max: 20,
        maxPercent: 3,
        exceeded: false,
      },
      {
        scope: 'topUnit',
        scopeName: '机电工程学院',
        planned: 4,
        alreadyToday: 0,
        base: 208,
        max: 5,
        maxPercent: 3,
        exceeded: false,
      },
    ],
    reasons: [],
  },
  consequences: [
    { words: '停用后立即退出登录', count: 6 },
    { words: '件待办要换人', count: 37 },
    { words: '1 个部门将没有负责人', count: 1 },
  ],
  doubts: 3,
  phrase: '停用6人',
  destructiveCount: 6,
  can: {
    confirm: false,
    apply: false,
    pause: false,
    resume: false,
    accept: false,
    why: '您是发起人，要由另一位人事复核',
  },
  ...part,
});

/** The same plan as the second person sees it. */
export const planToReview = (part: Partial<PlanAnswer> = {}): PlanAnswer =>
  plan({
    can: { confirm: true, apply: false, pause: false, resume: false, accept: false, why: null },
    ...part,
  });

export const planOverLimit = (part: Partial<PlanAnswer> = {}): PlanAnswer =>
  plan({
    state: 'stopped',
    total: 86,
    destructiveCount: 60,
    phrase: null,
    doubts: 0,
    groups: [
      { kind: 'leave', label: '离职', count: 60, destructive: true },
      { kind: 'hire', label: '入职', count: 26, destructive: false },
    ],
    guard: {
      verdict: 'overLimit',
      reasons: [
        '这份计划要停用 60 人，一次的上限是 15 人',
        '其中 54 人在经济管理学院（共 186 人），都是“表里没有”',
      ],
      lines: [
        {
          scope: 'run',
          scopeName: '本次',
          planned: 60,
          alreadyToday: 0,
          base: 1246,
          max: 15,
          maxPercent: 2,
          exceeded: true,
        },
        {
          scope: 'topUnit',
          scopeName: '经济管理学院',
          planned: 54,
          alreadyToday: 0,
          base: 186,
          max: 5,
          maxPercent: 3,
          exceeded: true,
        },
      ],
    },
    can: { confirm: false, apply: false, pause: false, resume: false, accept: false, why: '超过上限' },
    ...part,
  });

export const doubts: Doubt[] = [
  {
    key: 'left:H2014008',
    kind: 'maybeLeft',
    target: { type: 'person', id: 'id-H2014008', ref: 'H2014008', name: '宋老师' },
    lines: [],
    why: '完整花名册里没有这个人',
    candidates: [],
  },
  {
    key: 'left:H2014009',
    kind: 'maybeLeft',
    target: { type: 'person', id: 'id-H2014009', ref: 'H2014009', name: '董老师' },
    lines: [],
    why: '完整花名册里没有这个人',
    candidates: [],
  },
  {
    key: 'same:H2026020',
    kind: 'maybeSamePerson',
    target: { type: 'person', id: null, ref: 'H2026020', name: '林老师' },
    lines: [1260],
    why: '工号是新的，证件号和已离职的林老师相同',
    candidates: [{ personId: 'id-H2011005', staffNo: 'H2011005', name: '林老师', by: '证件号码相同' }],
  },
];

export const run = (part: Partial<RunAnswer> = {}): RunAnswer => ({
  planId: 'pl1',
  state: 'running',
  startedAt: at + 14 * minute,
  startedBy: '王老师',
  finishedAt: null,
  lastSignAt: at + 16 * minute,
  counts: { done: 17, unchanged: 2, planned: 0, retrying: 2, failed: 2, skipped: 0, waiting: 9 },
  total: 32,
  remainingWords: '大约还要 2 分钟，含等限流解除',
  stages: [
    { stage: 'units', label: '单位', done: 2, total: 2 },
    { stage: 'people', label: '入职、调动、信息', done: 19, total: 24 },
    { stage: 'leaders', label: '负责人、上级', done: 0, total: 4 },
    { stage: 'leavers', label: '停用', done: 0, total: 6 },
  ],
  troubles: [
    { cure: 'retryLater', words: '不用管。11:00:04 起自动重试（45009）', count: 2 },
    { cure: 'fixData', words: '林老师的手机号还在旧账号上（60104）。到旧账号清空，或在花名册改号', count: 1 },
    { cure: 'fixPermission', words: '把“经济管理学院”加进应用的可见范围（60011），再导一次', count: 1 },
  ],
  wecom: { waiting: 3, failed: 1 },
  ...part,
});

export const runItems: RunItem[] = [
  {
    key: 'i1',
    kindWords: '入职',
    name: '郭老师',
    ref: 'H2026011',
    result: 'done',
    words: '',
    wecom: 'waiting',
    errcode: null,
    at: at + 16 * minute,
  },
  {
    key: 'i2',
    kindWords: '信息变更',
    name: '林老师',
    ref: 'H2018015',
    result: 'failed',
    words: '号码还在已停用的旧账号上，先清那边',
    wecom: 'failed',
    errcode: 60104,
    at: at + 16 * minute - 3000,
  },
  {
    key: 'i3',
    kindWords: '信息变更',
    name: '马老师',
    ref: 'H2018020',
    result: 'unchanged',
    words: '企业微信里已经是这个值',
    wecom: 'written',
    errcode: null,
    at: at + 16 * minute - 7000,
  },
];

export const runBrief = (part: Partial<RunBrief> = {}): RunBrief => ({
  planId: 'pl1',
  batchNumber: '2026-11-20-1',
  state: 'partial',
  startedAt: at + 14 * minute,
  startedBy: '王老师',
  finishedAt: at + 18 * minute,
  counts: { waiting: 0, done: 28, unchanged: 2, failed: 2, retrying: 0, planned: 0, skipped: 0 },
  total: 32,
  ...part,
});

export const page = <T>(items: T[], part: { next?: string | null; total?: number } = {}) => ({
  items,
  next: part.next ?? null,
  total: part.total ?? items.length,
});
