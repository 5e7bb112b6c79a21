import type { Phrases } from './types.ts';

export const undertakingsPhrases = {
  'undertakings.changed': {
    zh: '《{title}》有了新的版本，请重新阅读。',
    en: '“{title}” has a new version; please read it again.',
  },
  'undertakings.no_text': { zh: '没有找到这份承诺。', en: 'There is no such undertaking.' },
  'undertakings.not_a_workday': {
    zh: '今天不上班，请在工作日提醒。',
    en: 'Today is not a working day; please remind people on one.',
  },
  'undertakings.not_given': {
    zh: '办这件事之前，请先阅读并承诺《{title}》。',
    en: 'Please read and give “{title}” before you do this.',
  },
  'undertakings.not_yours': {
    zh: '承诺情况由维护花名册的人、分级管理员和各单位负责人看。',
    en: 'This is for those who maintain the directory, delegated administrators and heads of units.',
  },
  'undertakings.nothing_given': {
    zh: '没有找到这个人的这份承诺。',
    en: 'There is no such undertaking of this person.',
  },
  'undertakings.numbers_only': {
    zh: '这里只能看数量。名单由维护花名册的人和分级管理员看。',
    en: 'You see numbers here; names are for those who maintain the directory.',
  },
  'undertakings.on_occasion': {
    zh: '《{title}》在办事时才请人承诺，不用提醒。',
    en: '“{title}” is asked for on its occasion; nobody is reminded of it.',
  },
  'undertakings.own_only': {
    zh: '承诺只能由本人阅读后自己作出。',
    en: 'An undertaking is given by the person, after reading it.',
  },
} as const satisfies Phrases;
