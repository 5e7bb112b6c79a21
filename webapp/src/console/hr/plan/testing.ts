/** Sample answers; all names are fictional. */
import { at } from '../../testing/shell.ts';
import type { ChangeAnswer, Doubt, PlanAnswer } from '../api.ts';

const minute = 60_000;

const hash = '7f3c91a204bb5e6d8a10c2d4e6f80911223344556677889900aabbccddeeff00';

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
