import type {
  Due,
  HomeAnswer,
  InstanceAnswer,
  ItemsAnswer,
  Me,
  TemplateAnswer,
  Todo,
} from '../api/shapes.ts';
import type { Brief as NativeForm } from '../features/native-approvals/api.ts';

const due = (state: Due['state'], words: string): Due => ({ dueAt: 1, provisional: false, state, words });
const zhang = { personId: 'p1', name: '张老师', unitName: '信息工程学院', title: '教师' };

export const me: Me = {
  person: {
    ...zhang,
    staffNo: '00731',
    mobileMasked: '138****2468',
    category: 'internal',
    categoryName: '在编',
  },
  posts: [],
  roles: [],
  can: { seePeople: true, managePeople: false },
  csrfToken: 'token-1',
  institution: '海州职业技术学院',
  appName: '办公助手',
  now: 0,
  sandbox: true,
};

type Item = ItemsAnswer['items'][number];
export const item = (id: string, bucket: Item['bucket'], part: Partial<Item> = {}): Item => ({
  id,
  instanceId: `i-${id}`,
  taskId: `t-${id}`,
  templateKey: 'leave',
  icon: 'leave',
  hue: 'blue',
  title: `年假 ${id}`,
  who: '张老师',
  unitName: '信息工程学院',
  note: '11-26 起',
  due: due(
    bucket === 'overdue' ? 'overdue' : 'ok',
    bucket === 'overdue' ? '超时 1 个工作日' : '还剩 2 个工作日',
  ),
  state: { code: 'running', words: '待处理' },
  at: 0,
  bucket,
  ...part,
});

export const items = (list: Item[], next: string | null = null): ItemsAnswer => ({
  items: list,
  next,
  counts: { todo: list.length, overdue: 1, today: 0, later: 1, cc: 2 },
});

export const todo = (id: string, state: Due['state'], part: Partial<Todo> = {}): Todo => ({
  id,
  icon: 'leave',
  hue: 'blue',
  title: `年假 ${id}`,
  who: '张老师',
  note: '张老师 · 信息工程学院',
  due: due(state, state === 'overdue' ? '超时 1 个工作日' : '还剩 2 个工作日'),
  path: `/approvals/i-${id}`,
  ...part,
});

export const home: HomeAnswer = {
  todo: { count: 2, overdue: 1, dueToday: 0, items: [todo('1', 'overdue'), todo('2', 'ok')] },
  mine: [],
  entries: [
    {
      group: '请假外出',
      items: [{ id: 'leave', title: '请假', icon: 'leave', hue: 'blue', path: '/apply/leave' }],
    },
  ],
  more: 0,
  badges: { approvals: 1, others: 1, cc: 0 },
};

export const instance = (part: Partial<InstanceAnswer> = {}): InstanceAnswer => ({
  instanceId: 'i1',
  number: 'QJ-2026-1183',
  templateKey: 'leave',
  templateTitle: '请假',
  title: '年假 3.5 个工作日',
  state: { code: 'running', words: '审批中' },
  applicant: { ...zhang, staffNo: '00731' },
  facts: [{ label: '时间', value: '11-26 周四 下午 至 12-01 周二' }],
  holder: {
    words: '需都同意',
    names: ['王处长', '林院长'],
    since: 0,
    elapsedWords: '已 1 个工作日',
    due: due('today', '今天 17:30 到期'),
  },
  branches: [],
  timeline: [
    {
      id: '1',
      kind: 'submitted',
      state: 'done',
      name: '张老师',
      role: '',
      stateWords: '提交',
      at: Date.parse('2026-11-19T08:05:00Z'),
      usedWords: null,
      comment: null,
      why: null,
      onBehalfOf: null,
    },
    {
      id: '2',
      kind: 'step',
      state: 'current',
      name: '王处长',
      role: '人事处 · 会签',
      stateWords: '处理中',
      at: null,
      usedWords: null,
      comment: null,
      why: '请假超过 3 个工作日。',
      onBehalfOf: null,
    },
  ],
  myTask: { taskId: 't1', version: 1, requiresComment: false, requiresSignature: false, handles: false },
  adding: { ways: [], removable: [] },
  editing: null,
  consulting: { mayAsk: false, asked: null },
  circulating: { maySend: true, toConfirm: null, sent: [] },
  mentionable: [],
  can: {
    approve: true,
    reject: true,
    transfer: true,
    comment: true,
    withdraw: false,
    remind: false,
    sendBack: true,
    resubmit: false,
    revoke: false,
    terminate: false,
  },
  remindLeft: 0,
  quickReasons: ['材料不全'],
  emptySeats: [],
  returnTargets: [
    { stepKey: null, title: '申请人', names: ['陈雅'] },
    { stepKey: 'head', title: '部门负责人', names: ['陈志远'] },
  ],
  banner: null,
  ...part,
});

export const template: TemplateAnswer = {
  templateKey: 'leave',
  version: 3,
  title: '请假',
  icon: 'leave',
  hue: 'blue',
  group: '请假外出',
  help: null,
  posts: [{ assignmentId: 'a1', unitName: '信息工程学院', title: '教师', main: true }],
  fields: [
    {
      key: 'type',
      type: 'leaveType',
      label: '类型',
      required: true,
      help: null,
      options: [
        {
          value: 'annual',
          label: '年假',
          unit: 'workday',
          halfDays: true,
          balanceWords: '余 6.5 天',
          help: null,
        },
        {
          value: 'maternity',
          label: '产假',
          unit: 'calendar',
          halfDays: false,
          balanceWords: null,
          help: null,
        },
      ],
    },
    {
      key: 'time',
      type: 'halfDayRange',
      label: '时间',
      required: true,
      help: null,
      fromLabel: '开始',
      toLabel: '结束',
      typeField: 'type',
    },
    { key: 'reason', type: 'paragraph', label: '事由', required: true, help: null, maxLength: 200 },
    { key: 'handover', type: 'person', label: '工作交接人', required: 'rule', help: null, from: 'unit' },
  ],
};

/** A form of 企业微信's own 审批 that its holder let run out. */
export const nativeForm = (holder: Partial<NativeForm['holders'][number]> = {}): NativeForm => ({
  caseId: 'c1',
  number: '202611230001',
  title: '补卡申请',
  applicantName: '张雨桐',
  unitName: '信息工程学院',
  state: 'running',
  stateWords: '审批中',
  appliedAt: 1_795_400_000_000,
  holders: [
    {
      id: 'p1',
      name: '陈志远',
      unitName: '信息工程学院',
      since: 1_795_400_000_000,
      due: { dueAt: 1_795_500_000_000, provisional: false, state: 'overdue', words: '超时 1 个工作日' },
      ...holder,
    },
  ],
  isLate: true,
});
