import type { Phrases } from './types.ts';

export const accountSignsPhrases = {
  'signs.ended': {
    zh: '这次核对已办结。',
    en: 'This check has ended already.',
  },
  'signs.figures_only': {
    zh: '名单由安全管理员看，你可以看数量。',
    en: 'The list is for security administrators; you may see the figures.',
  },
  'signs.not_a_supervisor': {
    zh: '账号使用核对由安全管理员和管理员看。',
    en: 'Checks of accounts are for security administrators and those who watch over the work.',
  },
  'signs.not_reported': {
    zh: '单位还没有答复，先等单位核对。',
    en: 'The unit has not answered yet.',
  },
  'signs.not_visible': {
    zh: '没有找到这次核对，或已不归你办。',
    en: 'There is no such check, or it is not yours any more.',
  },
  'signs.not_yours': {
    zh: '这一步由别人办：单位联络员核对，安全管理员处理上报的。',
    en: 'This is for somebody else: the unit’s liaison answers, the security administrator settles what is reported.',
  },
  'signs.reported': {
    zh: '这次核对已上报安全管理员。',
    en: 'This check was reported to the security administrator already.',
  },
} as const satisfies Phrases;
