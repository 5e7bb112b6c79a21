import type { Phrases } from './types.ts';

export const adminPhrases = {
  'audit.auditors_only': {
    zh: '审计记录只给审计管理员看。',
    en: 'The record is read by audit administrators only.',
  },
  'audit.days': {
    zh: '一次最多看 {most} 天，开始不能晚于结束。',
    en: 'At most {most} days at a time, from before to.',
  },
  'audit.unknown_entry': { zh: '没有这一条记录。', en: 'There is no such entry.' },
  'audit.export_too_large': {
    zh: '超过 {most} 条，没有导出。请缩小日期或筛选。',
    en: 'More than {most} entries; nothing was exported. Narrow the days or the filter.',
  },
  'audit.may_not_forget': {
    zh: '销毁个人密钥由安全管理员办。',
    en: 'A person’s key is destroyed by the security administrator.',
  },
  'audit.own_key': { zh: '不能销毁自己的密钥。', en: 'You cannot destroy your own key.' },
  'audit.unknown_person': { zh: '没有这个人。', en: 'There is no such person.' },
  'audit.still_here': {
    zh: '这个人还没有离开，密钥要留着。',
    en: 'This person has not left; the key is kept.',
  },
  'audit.accounts_open': {
    zh: '这个人还有账号没注销，先注销。',
    en: 'This person still has accounts; cancel them first.',
  },
  'audit.still_kept': { zh: '保存期没有到：{until}。', en: 'The keeping period is not over: {until}.' },
  'audit.proposed_already': {
    zh: '已经有人提出了，24 小时内由另一位安全管理员确认。',
    en: 'It is proposed already; another security administrator confirms within 24 hours.',
  },
  'audit.no_proposal': {
    zh: '没有有效的提出，或已过 24 小时。请重新提出。',
    en: 'There is no standing proposal, or its 24 hours are over. Propose it again.',
  },
  'audit.own_proposal': {
    zh: '提出的人不能确认，请另一位安全管理员确认。',
    en: 'You proposed it; another security administrator confirms.',
  },
  'audit.phrase': { zh: '请输入“{phrase}”。', en: 'Type "{phrase}".' },
} as const satisfies Phrases;
