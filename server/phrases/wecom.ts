import type { Phrases } from './types.ts';

export const wecomPhrases = {
  'wecom.retry_later': { zh: '企业微信暂时没有回应，请稍后再试。', en: '企业微信 is busy; try again later.' },
  'wecom.fix_data': { zh: '企业微信不接受这份内容。', en: '企业微信 refused this content.' },
  'wecom.fix_permission': {
    zh: '企业微信没有给本系统这项权限，请联系管理员。',
    en: 'The app lacks a permission in 企业微信.',
  },
  'wecom.stopped': {
    zh: '和企业微信的连接已停用，请联系管理员。',
    en: 'The connection to 企业微信 is stopped; an administrator must look.',
  },
  'wecom.refused': { zh: '企业微信没有接受这次请求。', en: '企业微信 refused the call.' },
  'wecom.bad_answer': {
    zh: '企业微信的回答看不懂，请联系管理员。',
    en: '企业微信 gave an unexpected answer.',
  },
} as const satisfies Phrases;
