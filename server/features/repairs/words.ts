/** Words of states and events as every page, file and message says them. */
import type { EventKind, HoldReason, RecurringRequest, TicketState } from './contract.ts';
import type { Time } from './settings.ts';

export const STATE_WORDS: Readonly<Record<TicketState, string>> = {
  reported: '待派单',
  dispatched: '待接单',
  accepted: '维修中',
  held: '挂起',
  done: '待验收',
  closed: '已办结',
  cancelled: '已撤回',
};

export const HOLD_WORDS: Readonly<Record<HoldReason, string>> = {
  parts: '等配件',
  contractor: '等外包到场',
  access: '进不了门',
  season: '等合适时间',
};

export function eventTitle(kind: EventKind, byName: string, toName: string): string {
  const titles: Readonly<Record<EventKind, string>> = {
    reported: `${byName}报修`,
    dispatched: `派给${toName}`,
    gaveBack: `${byName}退回派单`,
    accepted: `${byName}接单`,
    held: '挂起，计时暂停',
    resumed: '继续维修，计时恢复',
    done: `${byName}报完工`,
    confirmed: `${byName}验收`,
    autoConfirmed: '没有人验收，到期自动办结',
    rework: `${byName}要求返修`,
    cancelled: `${byName}撤回`,
  };
  return titles[kind];
}

export const timeWords = (time: Time): string =>
  'minutes' in time
    ? time.minutes % 60 === 0
      ? `${time.minutes / 60} 小时`
      : `${time.minutes} 分钟`
    : `${time.workdays} 个工作日`;

export const EVERY_WORDS: Readonly<Record<RecurringRequest['every'], string>> = {
  week: '每周',
  month: '每月',
  quarter: '每季度',
  year: '每年',
};
