/** Words of the pages of approval templates and their dry run; the rules of phrases.ts hold here too. */
import { num } from '../ui/num.ts';
import type { DeadEnd } from './api.ts';

const cures = {
  unitHead: '给单位补负责人，或在模板里加备选',
  headOfUnit: '给主管单位补负责人，或改模板里的单位编号',
  managerChain: '给上级单位补负责人',
  roleInScope: '在“权限”里指定这个角色的人，或在模板里加备选',
  named: '换成在岗的人，或改为按岗位',
  choiceHead: '给管理它的单位补负责人，或在登记处换一个管理单位',
  applicantChoice: '放宽可选的范围，或减少人数',
} as const satisfies Record<DeadEnd['rule'], string>;

export const w = {
  title: '审批模板',
  what: '审批模板',
  sub: (people: number, runs: number) =>
    `用现在的通讯录让 ${num(people)} 人走遍每个分支，共 ${num(runs)} 次。只算，不建单、不发消息。`,
  nightly: '每天 04:10 走一遍，有人新走不通时通知超级管理员。',
  again: '再走一遍',
  columns: {
    title: '模板',
    group: '分组',
    version: '版本',
    branches: '分支',
    good: '走得通',
    dead: '走不通',
    people: '涉及',
  },
  versionOf: (version: number) => `第 ${version} 版`,
  times: (count: number) => `${num(count)} 次`,
  persons: (count: number) => `${num(count)} 人`,
  allGood: '都走得通',
  reasons: (count: number) => `${num(count)} 个原因`,
  empty: '还没有审批模板',
  emptyText: '模板在“模板设计”里建，或放在 config/templates，启动时发布。',
  run: {
    title: '全员试走',
    draft: '草稿',
    draftOf: '模板设计',
    back: '回到设计',
    sub: (people: number, branches: number, runs: number) =>
      `${num(people)} 人 × ${num(branches)} 条分支，兼任的岗位各走一次，共 ${num(runs)} 次。只算，不建单、不发消息。`,
    good: '走得通',
    dead: '走不通',
    deadNote: (reasons: number, people: number) => `${num(reasons)} 个原因，涉及 ${num(people)} 人`,
    deadNone: '没有人卡住',
    longest: '最长',
    steps: '步',
    times: '次',
    version: '版本',
    ends: '走不通，按原因',
    endsSub: '改一个原因，治一批人',
    endColumns: { branch: '分支', step: '卡在', times: '次', reason: '原因', cure: '怎么治', unit: '单位' },
    all: '全部分支',
    moreBranches: (words: string, all: number) => `${words} 等 ${num(all)} 条分支`,
    moreUnits: (names: string, more: number) => `${names} 等 ${num(more)} 个单位`,
    moreEnds: (count: number) => `另有 ${num(count)} 个原因没有列出，先治上面的。`,
    none: '每个人都走得通',
    noneText: '通讯录里每位在岗人员，每个分支都找得到审批人。',
    branches: '各分支',
    branchColumns: { branch: '分支', result: '通 / 不通', path: '步骤', steps: '步数', days: '时限合计' },
    days: (days: number) => (days === 0 ? '不限' : `${num(days)} 个工作日`),
    share: (good: number, dead: number) => `${num(good)} 次走得通，${num(dead)} 次走不通`,
    today: '这是按现在的通讯录预测，真正提交时以当时为准。',
  },
  person: {
    title: '看一个人怎么走',
    pick: '看谁',
    none: '选一个人，看每个分支由谁审批。',
    gone: '不在岗，不能申请。',
    choice: (min: number, max: number) =>
      min === max ? `由申请人选 ${num(min)} 人` : `由申请人选 ${num(min)} 到 ${num(max)} 人`,
    same: '与上一步可能同人',
    stops: (reason: string) => `卡在这里：${reason}`,
  },
  cures,
} as const;
