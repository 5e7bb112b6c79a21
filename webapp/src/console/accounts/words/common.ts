/** Words that several of the accounts pages use. */
import type { Category, LeavingReason, ReplyRequest, RequestKind, RequestStatus } from '../api.ts';

const kinds = {
  open: '开通',
  change: '变更',
  concurrentPost: '兼任',
  secondIn: '借调（借入）',
  secondOut: '借调（借出）',
  attach: '挂职',
  lock: '锁定',
  unlock: '解锁',
  cancel: '注销',
} as const satisfies Record<RequestKind, string>;

const statuses = {
  draft: '未报送',
  awaiting: '等人事编号',
  submitted: '待受理',
  returned: '退回补正',
  accepted: '已受理',
  executing: '办理中',
  done: '已办结',
  withdrawn: '已撤回',
} as const satisfies Record<RequestStatus, string>;

const categories = {
  established: '在编',
  nonEstablished: '非在编（雇员、外包）',
  transferred: '调任或转任',
  attached: '挂职',
  seconded: '借调',
  other: '其他',
} as const satisfies Record<Category, string>;

/** S3-3.1 to 3.7, in the order of the regulation. */
const leavings = {
  retired: '退休',
  resigned: '辞职',
  deceased: '病故或意外死亡',
  dismissed: '开除公职',
  discharged: '辞退',
  leftDistrict: '调离本区（调任、转任、挂职、借调、遴选）',
  other: '其他',
} as const satisfies Record<LeavingReason, string>;

const replies: Readonly<Record<string, readonly [words: string, hint: string]>> = {
  keep: ['仍在用', '说明为什么一个月没有操作'],
  left: ['已离职', '答复后当即停用，并开补报单'],
  lock: ['应当锁定', '说明情况，由信息办按锁定办'],
  other: ['其他', '说明情况'],
} satisfies Record<ReplyRequest['kind'], readonly [string, string]>;

export const commonWords = {
  kinds,
  statuses,
  categories,
  leavings,
  replies,
  moves: { within: '部门内', between: '部门之间', other: '其他' },
  wheres: { inside: '院内', outside: '院外' },
  causes: { investigation: '接受审查调查', other: '其他' },
  yes: '是',
  no: '否',
  pick: {
    person: '姓名、拼音首字母、工号',
    searching: '正在找',
    noPerson: '没有找到，换个姓名、拼音首字母或工号',
    unit: '选单位',
    unitsFailed: '没取到单位',
    unnamed: '（名称没取到）',
    top: '全院',
    below: (name: string) => `${name}的下级`,
    none: '不选单位',
  },
  file: {
    kinds: 'PDF、Word、Excel 或照片，20 MB 以内',
    going: (name: string, share: string) => `正在传 ${name}，${share}`,
    giveUp: '不传了',
    attached: '有附件',
    letter: '看函',
    proof: '看凭证',
    remove: '换一份',
    pick: '选文件',
    other: '换一个',
    failed: '没传上',
  },
  stages: { done: '，已做', now: '，现在', later: '，还没到' },
} as const;
