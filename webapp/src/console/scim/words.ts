/** Words of the page of identity systems; the rules of phrases.ts hold here too. */
import { num } from '../ui/num.ts';
import type { ScimAct, ScimKey } from './api.ts';

export const w = {
  title: '身份系统',
  sub: '统一身份认证、门户等按 SCIM 2.0 随时推送人和单位。和导入一样过核对，停用有每天的上限。',
  open: '身份系统（SCIM）',
  what: '身份系统清单',
  address: '推送地址',
  copy: '复制',
  copied: '复制好了',
  add: '登记身份系统…',
  empty: '还没有身份系统',
  emptyText:
    '登记一个，发给它一把密钥，对方就能按 SCIM 2.0 推送。确认以后它才能让人进来、改账号和岗位、停用人。',
  emptyAsk: '登记和发密钥由超级管理员办。',
  accepted: (by: string | null, time: string) => (by === null ? `${time} 确认` : `${by} ${time} 确认`),
  acceptedTag: '确认过',
  notAccepted: '还没确认',
  notAcceptedText:
    '它只能读、改名称、新建停用的人和空单位。让人进来、改账号、改岗位、停用和删除，一律拦下并告诉人事。',
  made: (by: string | null, time: string) => `${by ?? '在服务器上'} ${time} 登记`,
  own: '您登记的，要由另一位人事确认。',
  accept: '确认这个系统…',
  facts: {
    people: '对上的人',
    units: '对上的单位',
    taken: '今天停用、删除',
    refused: '今天拦下',
    linkedWhy: '对方给了自己的编号（externalId）的人和单位。没给编号的也能推送，按工号、部门编码认。',
    refusedWhy: '没有确认，或超过当天上限的。同一个人一天只记一次。',
  },
  keys: {
    title: '密钥',
    issue: '发密钥…',
    none: '还没有密钥，对方现在进不来。',
    columns: { hint: '尾号', state: '状态', made: '发出', until: '到期', used: '最近使用' },
    states: { valid: '有效', expired: '已到期', revoked: '已停用' } as const satisfies Record<
      ScimKey['state'],
      string
    >,
    byMachine: '在服务器上',
    forever: '不到期',
    lastOn: (day: string) => `${day} 最后一天`,
    never: '没有用过',
    revoke: '停用…',
    soon: (days: number) => (days <= 1 ? '明天就到期' : `还有 ${num(days)} 天到期`),
  },
  adding: {
    title: '登记身份系统',
    act: '登记',
    name: '名称',
    nameHint: '人事看得懂的名字，如“统一身份认证”。',
    code: '代号',
    codeHint: '小写字母、数字、短横线，最多 31 个。记在历史里，以后不能改。',
    bad: '代号只能用小写字母、数字和短横线，字母或数字开头',
    done: (name: string) => `“${name}”登记好了，接着发密钥`,
  },
  issuing: {
    title: (name: string) => `给“${name}”发密钥`,
    lead: '有这把密钥的系统能读到全部人和单位，能新增和修改。旧密钥不受影响，换好以后再停用旧的。',
    until: '最后一天',
    untilHint: '到期后对方进不来，不影响已经推送的。空着就是不到期。',
    act: '发密钥',
    shownTitle: '密钥只显示这一次',
    shown: '现在复制，交给对方的管理员。关掉以后谁也看不到，丢了就再发一把。',
    close: '我已交给对方',
  },
  revoking: {
    title: (hint: string) => `停用尾号 ${hint} 的密钥`,
    lead: (time: string | null) =>
      time === null
        ? '这把没有用过。停用后不能恢复，要用就再发一把。'
        : `${time} 还用过。停用后对方马上进不来，不能恢复；还在用的，先发新的换上。`,
    act: '停用密钥',
    done: '密钥停用了',
  },
  accepting: {
    title: (name: string) => `让“${name}”改人员和账号`,
    act: '确认这个系统',
    rows: [
      ['让人进来，改账号、岗位', '对方说了就办；担任管理角色的人，账号不由它改'],
      ['停用、删除人，撤单位', '对方说了就办，每天、每个一级单位都有上限，和人事导入合着算'],
      ['超过上限的', '拦下，告诉人事，不会办一半'],
      ['它停用的人', '它自己能恢复；人事或别人锁定的，它动不了'],
      ['能不能收回', '不能收回确认。要它停手，停用它的密钥'],
    ],
    today: (refused: number) =>
      refused === 0 ? '今天没有拦下它什么。' : `今天拦下了它 ${num(refused)} 次，可在记录里看。`,
    phrase: (name: string) => `让${name}改人员和账号`,
    done: (name: string) => `“${name}”确认好了`,
  },
  acts: {
    title: '它做了什么',
    open: '看记录',
    close: '收起记录',
    none: '它还没有改过什么',
    noneText: '读取不记在这里。',
    columns: { at: '时间', what: '做了什么', target: '对象', result: '结果' },
    ok: '办了',
    refused: '没有办',
    gone: '已查不到',
    why: {
      'scim.not_accepted': '还没有确认它',
      'scim.over_limit': '超过当天上限',
      'scim.holds_role': '担任管理角色的人，账号不由它改',
    } as Readonly<Record<string, string>>,
    note: '格式不对、工号重复等当场退回给对方，原因在对方系统的日志里，这里没有。',
    more: '更早的',
  },
} as const;

const ACTS: Readonly<Record<string, string>> = {
  'directory.hired': '新增',
  'directory.rehired': '重新入职',
  'directory.changed': '改资料',
  'directory.changePosts': '改岗位',
  'directory.manager': '改直属上级',
  'directory.left': '离职',
  'directory.retired': '退休',
  'directory.suspended': '停用',
  'directory.resumed': '恢复',
  'directory.created': '新建单位',
  'directory.heads': '改负责人',
  'directory.leader': '改分管领导',
  'directory.dissolved': '撤销单位',
  'directory.deletionAsked': '从企业微信删除',
  'scim.suspend': '停用',
  'scim.end': '删除',
  'scim.dissolve': '撤销单位',
  'scim.change': '改资料、岗位',
  'scim.create': '新增',
  'scim.createUnit': '新建单位',
};

export const actWords = ({ action }: Pick<ScimAct, 'action'>): string => ACTS[action] ?? '改动';

export const keyTone = { valid: 'green', expired: 'amber', revoked: '' } as const satisfies Record<
  ScimKey['state'],
  string
>;
