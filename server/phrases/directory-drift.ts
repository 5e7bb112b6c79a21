import type { Phrases } from './types.ts';

export const driftPhrases = {
  'directory.drift_no_right': {
    zh: '通讯录差异由管通讯录的人看和处理。',
    en: 'Differences of the directory are for those who administer it.',
  },
  'directory.drift_not_whole': {
    zh: '这件事由管全院通讯录的人做。',
    en: 'This is for those who administer the whole directory.',
  },
  'directory.drift_unknown': { zh: '没有找到这条差异。', en: 'This difference was not found.' },
  'directory.drift_not_possible': {
    zh: '这条差异现在不能这样处理，请看现在的状态。',
    en: 'This cannot be done with the difference as it stands now.',
  },
  'directory.drift_busy': {
    zh: '正在往企业微信写这个人，稍等再放回。',
    en: 'This member is being written to 企业微信. Put back in a moment.',
  },
  'directory.drift_reason_missing': { zh: '不管要写明理由。', en: 'Give a reason to ignore it.' },
  'directory.drift_has_member': {
    zh: '这个人在企业微信里已有成员，不能再认一个。',
    en: 'This person already has a member in 企业微信.',
  },
  'directory.drift_given_role': {
    zh: '这个人担任管理角色，认了以后，那个成员的使用者就以这个人的身份登录。只能由超级管理员来认。',
    en: 'This person was given a role, and the owner of that member would sign in as them. A super administrator may link it.',
  },
  'directory.drift_policy_impossible': {
    zh: '这个字段不能用这条规则。',
    en: 'This rule is not possible for this field.',
  },
  'directory.drift_off': {
    zh: '没有配置通讯录同步的密钥，没有东西可比。',
    en: 'Without the contacts secret there is nothing to compare.',
  },
  'directory.drift_just_done': {
    zh: '十分钟内比过一次，稍后再比。',
    en: 'Compared within the last ten minutes. Try again later.',
  },
} as const satisfies Phrases;
