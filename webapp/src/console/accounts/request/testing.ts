/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { RequestAnswer, RequestBrief, RequestItem, Sender } from '../api.ts';

const hour = 3_600_000;

const day = 24 * hour;

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
  newcomer: null,
  hasPerson: true,
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
