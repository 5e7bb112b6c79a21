/** Words of the pages of leave, apart from zh-CN.ts: they travel with these pages (copy rules as there: 你). */
import type { Balance, OwnLeave } from './api.ts';

const parts = (...all: (string | false)[]): string => all.filter(Boolean).join('，');

export const words = {
  own: {
    title: '我的假期',
    balances: '假期余额',
    left: (days: number) => `余 ${days} 天`,
    noAccount: '还没登记',
    noAccountNote: '人事处还没有登记你的天数，现在请假不扣余额。',
    year: (label: string, year: number) => `${year} 年${label}`,
    account: ({ granted, carriedIn, carriedUntil, used, held, lapsed, carriedOut }: Balance) =>
      parts(
        `应有 ${granted} 天`,
        carriedIn > 0 && `上年转入 ${carriedIn} 天，${(carriedUntil ?? '').slice(5)} 前有效`,
        used > 0 && `已休 ${used} 天`,
        held > 0 && `申请中 ${held} 天`,
        carriedOut > 0 && `转入下年 ${carriedOut} 天`,
        lapsed > 0 && `过期 ${lapsed} 天`,
      ),
    leaves: '我的休假',
    none: '还没有批准的休假',
    days: (days: number) => `${days} 天`,
    extension: '续假',
    handover: (name: string) => `${name}交接`,
    reportBack: '销假',
    extend: '续假',
    cancel: '取消休假',
    sure: '确定取消',
    keep: '不取消',
    sureText: ({ typeLabel, rangeWords }: OwnLeave) => `${typeLabel} ${rangeWords} 不休了，天数全部退回。`,
    apply: '请假',
    calendar: '谁不在岗',
    more: '再看以前的',
  },
  calendar: {
    title: '谁不在岗',
    unit: '部门',
    all: '全院',
    before: '上个月',
    after: '下个月',
    month: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
    weekdays: ['一', '二', '三', '四', '五', '六', '日'],
    day: (date: string, away: number) =>
      `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8))} 日，${away > 0 ? `${away} 人不在岗` : '没有人休假'}`,
    away: (date: string, total: number) => `${date.slice(5)} 不在岗 ${total} 人`,
    none: (date: string) => `${date.slice(5)} 没有人休假`,
    handover: (name: string) => `有事找${name}`,
    late: '到期没销假的',
    more: '更多',
  },
};
