/** Words of the page of keeping periods; the rules of phrases.ts hold here too. */
import { num } from '../ui/num.ts';
import type { Line } from './api.ts';

const ends = { delete: '删除', blank: '清空个人信息', kept: '不自动清除' } as const satisfies Record<
  Line['ends'],
  string
>;

export const k = {
  title: '保存期限',
  toFormer: '离开满期的人…',
  sub: (time: string | null) =>
    time === null ? '每天 03:20 清理一次，还没有清理过。' : `每天 03:20 清理一次，最近一次 ${time}。`,
  where: '期限写在 config/keeping.json，改后重启生效；短于规定的不能启动。',
  figures: {
    lately: '近 30 天清除',
    overdue: '到期还没清除',
    overdueNote: '账号没注销、改动没生效的会顺延',
    overdueNone: '没有',
    failed: '最近一次没做成',
    failedNote: '查看系统日志，下一晚会再做',
    kinds: '登记的种类',
    kindsNote: (kept: number) => `其中 ${num(kept)} 种不自动清除`,
    items: '条',
    sorts: '种',
  },
  list: '登记表',
  columns: {
    what: '保存什么',
    purpose: '用途和依据',
    days: '保存多久',
    end: '到期后',
    last: '最近一次',
    next: '下一条到期',
  },
  days: (days: number) =>
    days === 0 ? '用完即清' : days % 365 === 0 ? `${num(days / 365)} 年` : `${num(days)} 天`,
  noDays: '不定期限',
  since: (words: string) => `从${words}算起`,
  ends,
  never: '还没清理过',
  removed: (n: number) => `清除 ${num(n)} 条`,
  nothing: '没有到期的',
  left: (n: number) => `还剩 ${num(n)} 条`,
  failed: '没做成',
  none: '没有',
  now: '已到期',
  nights: '清理记录',
  nightsSub: '只列有清除、有剩余或没做成的。',
  night: { at: '时间', what: '种类', period: '期限', removed: '清除', left: '剩余', state: '结果' },
  done: '完成',
  empty: '还没有清除过什么',
  emptyText: '有到期的内容时，每晚的结果列在这里。',
  what: '保存期限',
} as const;
