import type { Phrases } from './types.ts';

export const accessPhrases = {
  'access.unknown_role': { zh: '没有“{role}”这个角色。', en: 'There is no role "{role}".' },
  'access.role_not_scoped': {
    zh: '“{role}”不能只给一个单位。',
    en: 'The role "{role}" cannot be given for one unit only.',
  },
  'access.own_rights': { zh: '不能给自己增减权限。', en: 'You cannot change your own rights.' },
  'access.may_not_grant': {
    zh: '你不能增减这项权限，请找超级管理员。',
    en: 'You may not change this right. Ask a super administrator.',
  },
  'access.role_needs_unit': {
    zh: '“{role}”要指定一个单位。',
    en: 'The role "{role}" is given for one unit.',
  },
  'access.exclusive': {
    zh: '“{role}”和“{other}”不能由同一个人担任。',
    en: '"{role}" and "{other}" cannot be held by one person.',
  },
  'access.post_not_listed': {
    zh: '“{role}”只能由规定岗位的人担任，这个人不在其中。',
    en: '"{role}" is for holders of listed posts only, and this person holds none of them.',
  },
  'access.held_by_another': {
    zh: '“{role}”已有人担任，请先收回。',
    en: '"{role}" is held by somebody else. Take it back first.',
  },
  'access.already_held': {
    zh: '这个人已有这个角色，期限不同。要改期限，请先收回再授予。',
    en: 'This person holds this role already, until another day. Take it back first to change the end.',
  },
  'access.end_date_passed': {
    zh: '结束日期要在今天或以后。',
    en: 'The last day must be today or later.',
  },
  'access.may_not_delegate': {
    zh: '只有企业创建者和超级管理员能设置分级管理员。',
    en: 'Only the creator and super administrators may appoint delegated administrators.',
  },
  'access.exceeds_granter': {
    zh: '授权范围超出了你自己的范围。',
    en: 'This reaches further than what you hold yourself.',
  },
  'access.unknown_module': { zh: '没有“{module}”这个模块。', en: 'There is no module "{module}".' },
  'access.module_not_for_person': {
    zh: '“{module}”不对这个人的人员类别开放，不能由其管理。',
    en: '"{module}" is not open to this person\'s category, so they cannot administer it.',
  },
  'access.unknown_delegation': {
    zh: '没有找到这项分级授权，或已结束。',
    en: 'This delegation was not found or has ended.',
  },
  'access.may_not_settle': {
    zh: '只有企业创建者和超级管理员能处理后台操作的核对。',
    en: 'Only the creator and super administrators settle what the console log shows.',
  },
  'access.own_finding': {
    zh: '这项是关于你自己的，请由其他管理员处理。',
    en: 'This is about yourself. Another administrator settles it.',
  },
  'access.unknown_finding': { zh: '没有找到这项后台操作。', en: 'This finding was not found.' },
  'access.finding_settled': { zh: '这项已经处理过了。', en: 'This has been settled already.' },
  'access.may_not_read_rights': {
    zh: '你只能查看自己的权限。',
    en: 'You may look at your own rights only.',
  },
  'access.no_people_scope': {
    zh: '你没有管理通讯录的范围。找同事请用选人。',
    en: 'No part of the directory is yours to administer.',
  },
  'access.may_not_reveal': {
    zh: '完整内容只有管理这份资料的人能看。',
    en: 'Only whoever manages this record may see it in full.',
  },
  'access.nothing_to_reveal': { zh: '这一项没有内容。', en: 'There is nothing in this field.' },
  'access.export_too_large': {
    zh: '有 {total} 人，一次最多导出 {most} 人。请先选单位或类别。',
    en: 'These are {total} people; at most {most} are exported at once. Choose a unit or category first.',
  },
  'access.day_ahead': { zh: '只能看今天和以前的样子。', en: 'Choose today or a day before.' },
  'access.bad_cursor': { zh: '请从第一页重新查看。', en: 'Start again from the first page.' },
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
