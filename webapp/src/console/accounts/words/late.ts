/** Words of what was late, and of the circular about it. */
import { num } from '../../ui/num.ts';

export const lateWords = {
  late: {
    sub: '已经报来、但报晚了的申请，每个单位一条。还没报来的不在这里，到期那天起由督办提醒。',
    instruct: (n: number) => (n > 0 ? `登记批示（${num(n)} 条）…` : '登记批示…'),
    instructed: (n: number) => `${num(n)} 条已登记批示，可以通报`,
    order: '新的在前',
    unit: '单位',
    allUnits: '全部单位',
    step: '环节',
    sending: (kind: string) => `报送${kind}`,
    eventOn: '发生',
    dueOn: '应报',
    submittedOn: '报来',
    late: '晚',
    by: (n: number) => `${num(n)} 个工作日`,
    calendar: '只数工作日，以国务院办公厅的放假通知为准，调休上班的周末也算。时限暂定的不算迟报。',
    origin: '怎么发现',
    origins: {
      unit: '单位自己报',
      hr: '人事处代报',
      lock: '锁定的决定',
      inspection: '巡检答复',
    } as Readonly<Record<string, string>>,
    state: '通报',
    states: { noted: '没有批示，不通报', instructed: '已有批示' },
    open: '看申请',
    choose: (unit: string, kind: string) => `选中${unit}报送${kind}`,
    chooseAll: '选中这一页全部',
    empty: '没有迟报',
    emptyText: '到现在，每个单位都按时报送。',
    noMatch: '这个单位没有迟报',
    noMatchText: '换一个单位，或看全部。',
  },

  instruct: {
    title: (n: number) => `登记 ${num(n)} 条的批示`,
    act: '登记批示',
    lead: '没有领导批示不通报。登记只记下批示，通报另行起草、另一人签发。',
    by: '谁批示的',
    on: '批示日期',
    number: '文号',
  },
} as const;
