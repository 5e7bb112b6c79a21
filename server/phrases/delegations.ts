import type { Phrases } from './types.ts';

export const delegationsPhrases = {
  'delegations.agent_inactive': {
    zh: '{name}现在不能审批，请选别人。',
    en: '{name} cannot decide requests now; please choose somebody else.',
  },
  'delegations.cycle': {
    zh: '{name}在这几天已请别人代理，最后会转回你这里，请选别人。',
    en: '{name} has an agent on these days, and it would come back to you; please choose somebody else.',
  },
  'delegations.empty': {
    zh: '结束日期不能早于开始日期。',
    en: 'It cannot end before it begins.',
  },
  'delegations.no_template': {
    zh: '选的申请类型已停用，请重新选择。',
    en: 'A kind of request you chose is no longer in use; please choose again.',
  },
  'delegations.not_found': { zh: '没有找到这条代理。', en: 'There is no such agency.' },
  'delegations.overseers_only': {
    zh: '这里由超级管理员查看和处理。',
    en: 'Only super administrators may look here.',
  },
  'delegations.past': { zh: '开始日期不能早于今天。', en: 'It cannot begin before today.' },
  'delegations.self': { zh: '不能请自己代理。', en: 'You cannot be your own agent.' },
  'delegations.too_long': { zh: '最长 {max} 天。', en: 'At most {max} days.' },
  'delegations.twice': {
    zh: '这几天（{days}）已请{name}代理，先收回再改。',
    en: '{name} is your agent on these days already ({days}); end that first.',
  },
} as const satisfies Phrases;
