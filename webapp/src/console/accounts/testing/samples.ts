/** Sample answers of the accounts room, all names fictional. */
import { at } from '../../testing/samples.ts';
import type {
  AccountsAnswer,
  CancellationAnswer,
  ExchangeRow,
  Finding,
  InspectionAnswer,
  InspectionBrief,
  LateCase,
  LetterAnswer,
  RequestAnswer,
  RequestBrief,
  RequestItem,
  Sender,
  SheetAnswer,
  SheetItem,
  SystemEntry,
  SystemsAnswer,
} from '../api.ts';

const hour = 3_600_000;
const day = 24 * hour;

export const pageOf = <T>(items: T[], next: string | null = null) => ({
  items,
  next,
  counts: { waiting: 1, mine: 2, all: items.length },
  can: { report: true },
});

export const brief = (part: Partial<RequestBrief> = {}): RequestBrief => ({
  requestId: 'r1',
  number: '2026-0117',
  kind: 'change',
  kindWords: '变更',
  title: '变更账号：张老师',
  personId: 'zhang',
  personName: '张老师',
  status: 'submitted',
  statusWords: '待受理',
  eventOn: '2026-11-18',
  createdAt: at - 2 * day,
  due: { dueAt: at + 5 * hour, provisional: false, state: 'today', words: '今天 17:30 到期' },
  ...part,
});

export const briefs: RequestBrief[] = [
  brief(),
  brief({
    requestId: 'r2',
    number: '2026-0116',
    kind: 'open',
    kindWords: '开通',
    title: '开通账号：何老师',
    personName: '何老师',
    status: 'executing',
    statusWords: '办理中',
    eventOn: '2026-11-20',
  }),
  brief({
    requestId: 'r3',
    number: '2026-0112',
    kind: 'secondOut',
    kindWords: '借调（借出）',
    title: '借调（借出）账号：阿卜杜拉·麦麦提明',
    personName: '阿卜杜拉·麦麦提明·买买提艾力老师',
    status: 'returned',
    statusWords: '退回补正',
    eventOn: '2026-12-01',
  }),
  brief({
    requestId: 'r4',
    number: '2026-0108',
    kind: 'cancel',
    kindWords: '注销',
    title: '注销账号：梁老师',
    personName: '梁老师',
    status: 'done',
    statusWords: '已办结',
    eventOn: '2026-11-02',
  }),
];

export const sender = (part: Partial<Sender> = {}): Sender => ({
  unitId: 'jixie',
  unitName: '机械教研室',
  role: 'own',
  dueOn: '2026-11-23',
  provisional: false,
  submittedAt: at - day,
  byName: '赵老师',
  letter: { number: '机电函〔2026〕7号', fileId: 'file-1' },
  lateWorkdays: 0,
  ...part,
});

export const item = (part: Partial<RequestItem> = {}): RequestItem => ({
  itemId: 'i1',
  systemCode: 'wecom',
  systemName: '企业微信',
  grade: 'api',
  act: 'change',
  actWords: '变更',
  stage: 0,
  status: 'done',
  trouble: null,
  proof: { note: '企业微信已改，职务：教研室主任', fileId: null, byName: '接口', at: at - hour },
  ...part,
});

const nothing = {
  fill: false,
  submit: [],
  accept: false,
  giveBack: false,
  execute: false,
  confirm: false,
  withdraw: false,
  readReason: false,
};

export const request = (part: Partial<RequestAnswer> = {}): RequestAnswer => ({
  ...brief(),
  filled: {
    kind: 'change',
    form: {
      move: 'between',
      unitId: 'jingguan',
      toUnitId: 'jixie',
      effectiveOn: '2026-11-18',
      reason: '教研室调整，接替退休的主任',
      changes: [
        { item: '部门', before: '经济管理学院', after: '机电工程学院 / 机械教研室' },
        { item: '职务', before: '教师', after: '教研室主任' },
      ],
      systems: null,
    },
  },
  senders: [sender({ role: 'receiving' })],
  missing: [],
  returnNote: null,
  items: [],
  history: [
    { at: at - 2 * day, byName: '赵老师', words: '登记' },
    { at: at - day, byName: '赵老师', words: '机械教研室报送' },
    { at: at - day, byName: '赵老师', words: '报送齐全，待受理' },
  ],
  ...part,
  can: { ...nothing, ...part.can },
});

export const executing = (): RequestAnswer =>
  request({
    status: 'executing',
    statusWords: '办理中',
    items: [
      item(),
      item({
        itemId: 'i2',
        systemCode: 'oa',
        systemName: 'OA',
        grade: 'file',
        status: 'running',
        proof: null,
      }),
      item({
        itemId: 'i3',
        systemCode: 'attendance',
        systemName: '无感考勤',
        grade: 'manual',
        status: 'failed',
        trouble: '考勤机离线，人脸没有下发到西门机位',
        proof: null,
        stage: 1,
      }),
    ],
    can: { ...nothing, confirm: true },
  });

export const lockRequest = (part: Partial<RequestAnswer> = {}): RequestAnswer =>
  request({
    requestId: 'r5',
    number: '2026-0101',
    kind: 'lock',
    kindWords: '锁定',
    title: '锁定账号：张老师',
    status: 'done',
    statusWords: '已办结',
    eventOn: '2026-11-03',
    filled: {
      kind: 'lock',
      form: { unitId: 'jixie', fromOn: '2026-11-03', untilOn: null, cause: null, reason: '' },
    },
    senders: [sender()],
    ...part,
  });

export const personAccounts = (part: Partial<AccountsAnswer> = {}): AccountsAnswer => ({
  personId: 'zhang',
  accounts: [
    {
      systemCode: 'wecom',
      systemName: '企业微信',
      state: 'locked',
      words: '锁定，11-03 起',
      sinceAt: at - 17 * day,
      openedFor: null,
    },
    {
      systemCode: 'oa',
      systemName: 'OA',
      state: 'locked',
      words: '锁定，11-03 起',
      sinceAt: at - 17 * day,
      openedFor: null,
    },
    {
      systemCode: 'attendance',
      systemName: '无感考勤',
      state: 'open',
      words: '正常，2019-09-01 起',
      sinceAt: at - 900 * day,
      openedFor: null,
    },
  ],
  history: [
    { at: at - 17 * day, systemName: '企业微信', words: '正常 → 锁定', byName: '陈老师' },
    { at: at - 17 * day, systemName: 'OA', words: '正常 → 锁定', byName: '陈老师' },
  ],
  locks: [
    {
      lockId: 'l1',
      words: '锁定，11-03 起',
      untilOn: null,
      decided: false,
      can: { decide: true, recordResult: true, readReason: false },
    },
  ],
  ...part,
});

export const cancellation = (part: Partial<CancellationAnswer> = {}): CancellationAnswer => ({
  requestId: 'r4',
  personId: 'liang',
  step: 'disabled',
  toldAt: at - 3 * day,
  disabledAt: at - 3 * day + hour,
  handedOverAt: null,
  graceUntilAt: null,
  deletedAt: null,
  backup: null,
  sheetId: 's1',
  obstacles: ['交接没有办完', '本人没有确认备份，单位也没有说明', '等待期没有满'],
  can: { backUp: true, recall: true, remove: false },
  ...part,
});

export const cancelRequest = (): RequestAnswer =>
  request({
    requestId: 'r4',
    number: '2026-0108',
    kind: 'cancel',
    kindWords: '注销',
    title: '注销账号：梁老师',
    personId: 'liang',
    personName: '梁老师',
    status: 'executing',
    statusWords: '办理中',
    filled: {
      kind: 'cancel',
      form: { unitId: 'jixie', leftOn: '2026-11-17', leavingReason: 'retired', reason: '' },
    },
    senders: [sender({ lateWorkdays: 2 })],
    items: [
      item({
        act: 'disable',
        actWords: '停用',
        proof: { note: '已停用，已退出登录', fileId: null, byName: '接口', at },
      }),
      item({
        itemId: 'i9',
        act: 'cancel',
        actWords: '注销',
        stage: 1,
        status: 'waiting',
        proof: null,
      }),
    ],
  });

export const sheetItem = (itemId: string, part: Partial<SheetItem> = {}): SheetItem => ({
  itemId,
  kind: 'approvalTasks',
  kindLabel: '待办审批',
  title: '用章申请 2026-1107',
  detail: '第 2 步 部门负责人',
  mode: 'choose',
  successorId: 'fang',
  successorName: '方老师',
  trial: { verdict: 'takes', words: '' },
  result: null,
  resultWords: null,
  ...part,
});

export const sheet = (part: Partial<SheetAnswer> = {}): SheetAnswer => ({
  sheetId: 's1',
  personId: 'liang',
  personName: '梁老师',
  state: 'open',
  items: [
    sheetItem('a'),
    sheetItem('b', {
      title: '请假 2026-1192',
      detail: '第 1 步 教研室主任',
      successorId: 'shao',
      successorName: '邵老师',
    }),
    sheetItem('c', {
      title: '合同会签 2026-0408',
      detail: '第 3 步 会签',
      trial: { verdict: 'merges', words: '方老师已在这一步，只留一份、一票' },
    }),
    sheetItem('d', {
      kind: 'groups',
      kindLabel: '群主',
      title: '机械教研室工作群',
      detail: '43 人，到 2027-06-30',
    }),
    sheetItem('e', {
      kind: 'seats',
      kindLabel: '模板席位',
      title: '用章申请 · 第 2 步',
      detail: '指定人',
      successorId: null,
      successorName: null,
      trial: { verdict: 'missing', words: '没有选接手人' },
    }),
    sheetItem('f', {
      kind: 'seats',
      kindLabel: '模板席位',
      title: '物资领取 · 第 1 步',
      detail: '教研室主任（按岗位）',
      mode: 'auto',
      successorId: null,
      successorName: null,
      trial: { verdict: 'auto', words: '换了主任就自动跟着换' },
    }),
    sheetItem('g', {
      kind: 'modules',
      kindLabel: '模块与权限',
      title: '公告 · 机械教研室',
      detail: '到 2026-12-31',
      mode: 'revoke',
      successorId: null,
      successorName: null,
      trial: { verdict: 'revokes', words: '权限不随人转，要另行申请' },
    }),
    sheetItem('h', {
      kind: 'drive',
      kindLabel: '微盘、文档',
      title: '个人微盘和文档',
      detail: '系统看不到内容',
      mode: 'statement',
      successorId: null,
      successorName: null,
      trial: { verdict: 'stated', words: '系统看不到内容，以本人确认为准' },
    }),
  ],
  missing: 1,
  failed: 0,
  trialAt: at - 60_000,
  trialUntilAt: at + 540_000,
  executedAt: null,
  undoUntilAt: null,
  load: [
    { personId: 'fang', name: '方老师', count: 2 },
    { personId: 'shao', name: '邵老师', count: 1 },
  ],
  signatures: [{ role: 'unit', personId: null, name: null, signedAt: null }],
  can: { assign: true, execute: false, undo: false, sign: false },
  ...part,
});

export const lateCase = (lateCaseId: string, part: Partial<LateCase> = {}): LateCase => ({
  lateCaseId,
  requestId: 'r4',
  unitId: 'jidian',
  unitName: '机电工程学院',
  kindWords: '注销',
  eventOn: '2026-11-02',
  dueOn: '2026-11-05',
  submittedOn: '2026-11-09',
  lateWorkdays: 2,
  personId: 'zhang',
  personName: '张老师',
  allowance: '3 个工作日',
  breach: { at: at - 14 * day, holderName: '赵老师', unitName: '机电工程学院' },
  origin: 'unit',
  state: 'noted',
  ...part,
});

export const exchangeRow = (itemId: string, part: Partial<ExchangeRow> = {}): ExchangeRow => ({
  itemId,
  requestNumber: '2026-0117',
  staffNo: 'H2016031',
  name: '张老师',
  act: 'change',
  actWords: '变更',
  changes: [{ item: '职务', before: '教师', after: '教研室主任' }],
  ...part,
});

export const inspectionBrief = (part: Partial<InspectionBrief> = {}): InspectionBrief => ({
  inspectionId: 'in1',
  systemCode: 'wecom',
  month: '2026-10',
  versionNumber: 1,
  state: 'decided',
  figures: { total: 1246, active: 1198, excluded: 31, listed: 17, undecided: 0 },
  ...part,
});

export const inspection = (part: Partial<InspectionAnswer> = {}): InspectionAnswer => ({
  ...inspectionBrief(),
  fromOn: '2026-10-09',
  untilOn: '2026-11-09',
  ranAt: at - 11 * day,
  sources: [
    { code: 'appEntry', label: '进应用', cutOffAt: at - 11 * day, enough: true },
    { code: 'session', label: '网页会话', cutOffAt: at - 11 * day, enough: true },
    { code: 'operLog', label: '操作日志', cutOffAt: at - 11 * day, enough: true },
    { code: 'consoleExport', label: '后台导出', cutOffAt: at - 11 * day, enough: true },
  ],
  letters: [
    {
      letterId: 'le1',
      unitId: 'jidian',
      unitName: '机电工程学院',
      forLeaders: false,
      sentAt: at - 11 * day,
      accounts: 6,
      replied: 6,
    },
    {
      letterId: 'le2',
      unitId: 'xinxi',
      unitName: '信息工程学院',
      forLeaders: false,
      sentAt: at - 11 * day,
      accounts: 3,
      replied: 1,
    },
    {
      letterId: 'le3',
      unitId: 'dzb',
      unitName: '党政办',
      forLeaders: true,
      sentAt: at - 11 * day,
      accounts: 1,
      replied: 1,
    },
  ],
  ...part,
});

export const finding = (findingId: string, part: Partial<Finding> = {}): Finding => ({
  findingId,
  personId: 'he',
  name: '何老师',
  staffNo: 'H2018007',
  unitName: '经济管理学院',
  verdict: 'listed',
  rule: 'noEvidence',
  ruleWords: '期内没有操作记录',
  evidence: [
    { source: 'appEntry', lastAt: at - 69 * day, inside: false },
    { source: 'session', lastAt: null, inside: false },
  ],
  ...part,
});

export const letter = (part: Partial<LetterAnswer> = {}): LetterAnswer => ({
  letterId: 'le2',
  unitName: '信息工程学院',
  month: '2026-10',
  systemName: '企业微信',
  sentAt: at - 11 * day,
  due: null,
  accounts: [
    {
      letterItemId: 'li1',
      personId: 'huang',
      name: '黄老师',
      staffNo: 'H2014008',
      reply: { kind: 'keep', reason: '外出进修，下月返校', at: at - 9 * day },
      can: { reply: false },
    },
    {
      letterItemId: 'li2',
      personId: 'guo',
      name: '郭老师',
      staffNo: 'H2011005',
      reply: null,
      can: { reply: true },
    },
    {
      letterItemId: 'li3',
      personId: 'sun',
      name: '孙老师',
      staffNo: 'H2018002',
      reply: null,
      can: { reply: true },
    },
  ],
  ...part,
});

const system = (part: Partial<SystemEntry>): SystemEntry => ({
  code: 'wecom',
  name: '企业微信',
  grade: 'api',
  ownerUnitId: 'xinxi',
  ownerName: '信息中心',
  state: 'on',
  byDefault: true,
  onLock: 'lock',
  onSecondOut: 'lock',
  inspected: true,
  version: null,
  ...part,
});

export const systems = (part: Partial<SystemsAnswer> = {}): SystemsAnswer => ({
  systems: [
    system({}),
    system({ code: 'oa', name: 'OA', grade: 'file', ownerName: '党政办' }),
    system({ code: 'attendance', name: '无感考勤', grade: 'manual', onLock: 'keep', onSecondOut: 'cancel' }),
  ],
  offices: { coordinator: '信息中心', interpreter: '信息中心' },
  can: { register: true },
  ...part,
});

/** One that was registered in the console. */
export const library = (part: Partial<SystemEntry> = {}): SystemEntry =>
  system({ code: 'library', name: '图书系统', grade: 'manual', version: 3, ...part });
