import { addDays } from '../../kernel/dates.ts';
import type { DelegationView } from './contract.ts';
import { isInForce, type Scope, type Standing } from './rules.ts';
import type { DelegationRow, EndedBy } from './tables.ts';

const short = (date: string): string => date.slice(5);

/** 11-23 至 11-25; the last day people read is the last it holds. */
export function daysWords({ fromOn, untilOn }: Pick<Standing, 'fromOn' | 'untilOn'>): string {
  const lastOn = addDays(untilOn, -1);
  return lastOn === fromOn ? short(fromOn) : `${short(fromOn)} 至 ${short(lastOn)}`;
}

/** 全部审批, 请假、用章, 人事类、财务类 */
export function scopeWords(scope: Scope, titleOf: (key: string) => string): string {
  if (scope.kind === 'all') return '全部审批';
  return scope.kind === 'templates'
    ? scope.keys.map(titleOf).join('、')
    : scope.groups.map((group) => `${group}类`).join('、');
}

export const atEndWords = (atEnd: DelegationRow['atEnd']): string =>
  atEnd === 'return' ? '结束后没处理完的退回本人' : '结束后没处理完的仍由代理人处理';

const ENDED: Readonly<Record<EndedBy, string>> = {
  expired: '已到期',
  principal: '本人已收回',
  agent: '代理人已退出',
  agent_gone: '代理人不能再审批，已结束',
  principal_left: '本人已离开，已结束',
  admin: '管理员已结束',
};

export const endedWords = (by: EndedBy | null): string => ENDED[by ?? 'expired'];

export function stateOf(row: DelegationRow, today: string): Pick<DelegationView, 'state' | 'stateWords'> {
  if (row.endedAt !== null || row.untilOn <= today)
    return { state: 'ended', stateWords: endedWords(row.endedBy) };
  return isInForce(row, today)
    ? { state: 'inForce', stateWords: '代理中' }
    : { state: 'planned', stateWords: '未开始' };
}
