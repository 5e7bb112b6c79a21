import type { Phrases } from './types.ts';

export const nativeApprovalsPhrases = {
  'native.cursor': { zh: '这一页的位置不对，请从头看。', en: 'This is no place in the list; start over.' },
  'native.days_ahead': { zh: '开始日期还没有到，请选今天或以前。', en: 'The first day is still to come.' },
  'native.days_reversed': { zh: '结束日期早于开始日期，请重新选。', en: 'The last day is before the first.' },
  'native.days_too_many': {
    zh: '一次最多导入 {most} 天，请分几次。',
    en: 'At most {most} days at once; import them in parts.',
  },
  'native.import_running': {
    zh: '上一次导入还没有结束，请等它完成。',
    en: 'Another import is under way; wait until it is done.',
  },
  'native.is_off': {
    zh: '本应用没有接入企业微信审批（NATIVE_APPROVALS），不能导入。',
    en: 'Native approvals are switched off (NATIVE_APPROVALS); nothing can be imported.',
  },
  'native.may_not_import': {
    zh: '导入由超级管理员和系统管理员办理。',
    en: 'Super and system administrators import.',
  },
  'native.no_case': {
    zh: '没有找到这张审批单，可能不在你的范围里。',
    en: 'There is no such form.',
  },
  'native.not_yours': {
    zh: '这里供超级管理员、审计管理员和各单位负责人使用；等你办理的在手机的待办里。',
    en: 'This is for administrators, the auditor and heads of units.',
  },
} as const satisfies Phrases;
