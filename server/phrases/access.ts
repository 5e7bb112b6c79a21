import type { Phrases } from './types.ts';

export const accessPhrases = {
  'access.unknown_role': { zh: '没有“{role}”这个角色。', en: 'There is no role "{role}".' },
  'access.role_not_scoped': {
    zh: '“{role}”不能只给一个单位。',
    en: 'The role "{role}" cannot be given for one unit only.',
  },
  'access.own_rights': { zh: '不能给自己增减权限。', en: 'You cannot change your own rights.' },
  'access.may_not_grant': {
    zh: '只有超级管理员能增减权限。',
    en: 'Only super administrators may change rights.',
  },
  'access.unknown_person': {
    zh: '没有找到这个人，或已停用。',
    en: 'This person was not found or is locked.',
  },
  'access.unknown_unit': { zh: '没有找到这个单位。', en: 'This unit was not found.' },
  'access.unknown_grant': { zh: '没有找到这项授权。', en: 'This grant was not found.' },
  'access.last_super_admin': {
    zh: '这是最后一位超级管理员，请先另行指定一位。',
    en: 'This is the last super administrator. Appoint another one first.',
  },
  'access.foreign_url': { zh: '只能为本系统的页面签名。', en: 'Only pages of this site can be signed.' },
} as const satisfies Phrases;
