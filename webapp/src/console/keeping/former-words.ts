/** Words of forgetting former people; the rules of phrases.ts hold here too. */
import { num } from '../ui/num.ts';

export const f = {
  title: '离开满期的人',
  sub: '离开满三年、账号都已注销的人，审计记录里关于他们的个人内容可以销毁。',
  what: '离开满期的人',
  stays: '留下的',
  staysText:
    '审计记录一条不少：时间、动作、谁办的、对象编号和封印都在，链仍然核验得过。姓名、工号、任职经过在花名册里，不受影响。',
  goes: '永远没有的',
  goesText:
    '记录里封着的姓名、账号、理由、改动前后的个人值。密钥销毁后谁也打不开，备份到期后同样打不开，没有办法恢复。',
  two: '要两个人',
  twoText: '一位安全管理员提出，24 小时内由另一位确认。不能自己确认自己提出的，也不能销毁自己的。',
  columns: {
    name: '姓名',
    staffNo: '工号',
    leftOn: '离开',
    kept: '保存到',
    entries: '有个人内容的记录',
    state: '现在',
  },
  obstacles: {
    'audit.accounts_open': '还有账号没注销',
    'audit.own_key': '是您自己，要别人办',
    other: '现在还不能销毁',
  } as Readonly<Record<string, string>>,
  free: '可以提出',
  proposed: (name: string, time: string) => `${name} ${time} 提出`,
  mine: (time: string) => `您 ${time} 提出，等另一位安全管理员确认`,
  somebody: '有人',
  until: (time: string) => `${time} 前有效`,
  propose: '提出销毁',
  confirm: '看过并确认…',
  withdraw: '撤回提出',
  proposedNow: (name: string) => `已提出销毁${name}的个人内容，等另一位安全管理员确认`,
  withdrawn: (name: string) => `已撤回，${name}的内容没有动`,
  confirmTitle: (name: string) => `销毁审计记录里${name}的个人内容`,
  confirmLead: (n: number) => `${num(n)} 条记录会永远失去个人内容，没有办法恢复。`,
  act: '永远销毁',
  done: (name: string, n: number) => `已销毁，${name}的 ${num(n)} 条记录不再有个人内容`,
  empty: '没有离开满期的人',
  emptyText: '保存期没到的不列在这里；已经销毁的也不再列出。',
} as const;
