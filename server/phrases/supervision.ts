import type { Phrases } from './types.ts';

export const supervisionPhrases = {
  'supervision.date_missing': { zh: '请选择日期。', en: 'Please choose the date.' },
  'supervision.range_reversed': { zh: '结束早于开始，请改一下。', en: 'The end lies before the start.' },
  'supervision.range_too_long': { zh: '最多选 {max} 天。', en: 'Choose at most {max} days.' },
  'supervision.pause_reason': {
    zh: '计时只能因规定的原因暂停。',
    en: 'A clock stops only for the reasons laid down.',
  },
  'supervision.year_unknown': {
    zh: '{year} 年放假安排未录入，请管理员先录入国务院通知。',
    en: 'The State Council notice for {year} is not loaded yet.',
  },
} as const satisfies Phrases;
