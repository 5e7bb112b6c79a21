/** Sample answers for the tests beside this file, all names fictional. */
import type { AccountsAnswer, PersonAnswer, PersonItem, UnitAnswer, UnitNode } from '../api.ts';

export const unit = (unitId: string, name: string, part: Partial<UnitNode> = {}): UnitNode => ({
  unitId,
  code: unitId.toUpperCase(),
  name,
  path: [name],
  people: 3,
  childCount: 0,
  heads: [],
  ...part,
});

export const unitAnswer = (part: Partial<UnitAnswer> = {}): UnitAnswer => ({
  ...unit('d20', '信息工程学院', { people: 64, childCount: 1 }),
  category: null,
  removed: false,
  path: [{ unitId: 'd20', name: '信息工程学院', open: true }],
  heads: [{ personId: 'p9', name: '陈志远', unitName: '信息工程学院', title: '主任', open: true }],
  leaderInCharge: { personId: 'p8', name: '赵明德', unitName: '院领导', title: '院长', open: false },
  versions: [{ name: '信息工程学院', parentName: '海州职业技术学院', sinceOn: null, untilOn: null }],
  ...part,
});

export const item = (personId: string, name: string, part: Partial<PersonItem> = {}): PersonItem => ({
  personId,
  staffNo: `0${personId}`,
  name,
  matched: null,
  unitPath: '信息工程学院',
  title: '教师',
  alsoIn: [],
  categoryName: '编制内',
  state: { code: 'active', words: '正常' },
  ...part,
});

export const people = (items: readonly PersonItem[], part: { next?: string; total?: number } = {}) => ({
  body: { items, next: part.next ?? null, total: part.total ?? items.length },
});

export const person = (part: Partial<PersonAnswer> = {}): PersonAnswer => ({
  personId: 'p1',
  staffNo: '00731',
  name: '张雨桐',
  category: 'internal',
  categoryName: '编外',
  state: { code: 'active', words: '正常' },
  stateSince: null,
  posts: [
    {
      assignmentId: 'a1',
      kind: 'main',
      unit: { unitId: 'd20', name: '信息工程学院', open: true },
      unitPath: '信息工程学院 / 软件技术教研室',
      title: '教师',
      isHead: false,
      since: '2019-09-01',
      until: null,
    },
    {
      assignmentId: 'a2',
      kind: 'former',
      unit: { unitId: 'd05', name: '人事处', open: false },
      unitPath: '人事处',
      title: '干事',
      isHead: false,
      since: '2016-07-01',
      until: '2019-09-01',
    },
  ],
  manager: { personId: 'p9', name: '陈志远', unitName: '信息工程学院', title: '主任', open: true },
  personal: [{ field: 'mobile', label: '手机号', masked: '199****0731', canReveal: true }],
  facts: [{ label: '性别', value: '女' }],
  wecom: { state: 'written', words: '和通讯录一致', errorCode: null, at: null },
  history: [
    {
      id: 'h2',
      at: Date.UTC(2026, 10, 3),
      on: '2026-11-03',
      part: 'account',
      words: '锁定',
      changes: [],
      by: null,
    },
    {
      id: 'h1',
      at: Date.UTC(2019, 8, 1),
      on: '2019-09-01',
      part: 'data',
      words: '资料变动',
      changes: [{ label: '职级', before: '八级', after: '七级' }],
      by: '王海燕',
    },
  ],
  historyCut: false,
  ...part,
});

export const accounts = (): AccountsAnswer => ({
  personId: 'p1',
  personName: '张老师',
  accounts: [
    { systemCode: 'oa', systemName: '办公 OA', state: 'open', words: '正常', sinceAt: null, openedFor: null },
  ],
  locks: [],
});
