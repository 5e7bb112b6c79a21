import type { Phrases } from './types.ts';

export const httpPhrases = {
  'http.bad_request': { zh: '提交的内容不完整或格式不对。', en: 'The request is incomplete or malformed.' },
  'http.not_signed_in': { zh: '请先登录。', en: 'Please sign in first.' },
  'http.csrf': { zh: '页面已过期，请刷新后再试。', en: 'This page has expired; reload and try again.' },
  'http.not_found': { zh: '没有这个页面。', en: 'There is nothing here.' },
  'http.method_not_allowed': { zh: '不支持这种请求。', en: 'This method is not allowed here.' },
  'http.too_large': { zh: '内容太大，请减小后再试。', en: 'The content is too large.' },
  'http.too_slow': { zh: '网络太慢，内容没有传完。', en: 'The content did not arrive in time.' },
  'http.unsupported_type': { zh: '不支持这种内容格式。', en: 'This content type is not supported.' },
  'http.too_many': {
    zh: '操作太频繁，请 {seconds} 秒后再试。',
    en: 'Too many requests; try again in {seconds} s.',
  },
  'http.internal': {
    zh: '服务暂时没有回应，请稍后再试。',
    en: 'The service did not respond; try again later.',
  },
  'act.not_typed': {
    zh: '一次涉及 {count} 项，请照样输入“{phrase}”。',
    en: 'This reaches {count}: type exactly “{phrase}”.',
  },
  'db.changed_meanwhile': {
    zh: '内容刚有改动，请看过再决定。',
    en: 'This changed meanwhile; look again first.',
  },
  'db.nested_unit_of_work': {
    zh: '服务暂时没有回应，请稍后再试。',
    en: 'The service did not respond; try again later.',
  },
} as const satisfies Phrases;
