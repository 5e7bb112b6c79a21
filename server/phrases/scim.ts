import type { Phrases } from './types.ts';

/** For administrators of identity systems: they read the detail of a failure in its log. */
export const scimPhrases = {
  'scim.unauthorized': {
    zh: '密钥不对、已停用或已过期。',
    en: 'The key is missing, wrong, revoked or expired.',
  },
  'scim.not_found': { zh: '没有这个资源。', en: 'There is no such resource.' },
  'scim.not_supported': { zh: '不支持这个接口。', en: 'This endpoint is not supported.' },
  'scim.no_filter_here': { zh: '这里不能筛选。', en: 'This endpoint takes no filter.' },
  'scim.invalid_syntax': { zh: '请求的内容读不懂：{why}。', en: 'The request cannot be read: {why}.' },
  'scim.invalid_filter': { zh: '筛选条件不能用：{why}。', en: 'The filter cannot be used: {why}.' },
  'scim.invalid_path': { zh: '路径不能用：{why}。', en: 'The path cannot be used: {why}.' },
  'scim.unsortable': { zh: '不能按 {attribute} 排序。', en: 'Sorting by {attribute} is not supported.' },
  'scim.no_target': { zh: '没有 {path} 可改。', en: 'There is nothing at {path} to change.' },
  'scim.invalid_value': { zh: '{attribute} 的值不能用。', en: 'The value of {attribute} cannot be used.' },
  'scim.missing': { zh: '缺少 {attribute}。', en: '{attribute} is missing.' },
  'scim.mutability': { zh: '{attribute} 不能改。', en: '{attribute} cannot be changed.' },
  'scim.taken': {
    zh: '{attribute} 已属于另一个资源。',
    en: '{attribute} belongs to another resource.',
  },
  'scim.former': {
    zh: '这个工号属于一位离职人员。再次入职由人事部门办理。',
    en: 'This employeeNumber is that of a former employee. Only HR can employ them again.',
  },
  'scim.former_differs': {
    zh: '这个工号属于一位姓名不同的离职人员，请人事部门确认。',
    en: 'This employeeNumber is that of a former employee of another name. HR must decide.',
  },
  'scim.unknown_department': {
    zh: '没有“{department}”这个部门。请写部门编码或全称。',
    en: 'There is no department "{department}". Write its code or its full name.',
  },
  'scim.ambiguous_department': {
    zh: '叫“{department}”的部门不止一个，请写部门编码。',
    en: 'More than one department is called "{department}". Write its code.',
  },
  'scim.main_post': {
    zh: '有人的主岗在这个部门，不能移出。请改这个人的部门（department）。',
    en: 'Somebody has the main post in this unit and cannot be removed. Change the department of that User.',
  },
  'scim.too_many_members': {
    zh: '成员超过 {most} 人，请用 excludedAttributes=members，或一次查一个部门。',
    en: 'More than {most} members. Use excludedAttributes=members, or ask for one group at a time.',
  },
  'scim.too_many_changes': {
    zh: '一次最多增减 {most} 名成员，请分几次。',
    en: 'At most {most} members can be added or removed at once.',
  },
  'scim.patch_too_large': {
    zh: '这次修改要逐个比对的值太多，没有执行。请分几次。',
    en: 'This PATCH goes over too many values, so nothing was done. Send it in parts.',
  },
  'scim.version_mismatch': {
    zh: '资源已有改动，请重新读取。',
    en: 'The resource changed meanwhile. Read it again.',
  },
  'scim.locked': {
    zh: '这个账号不是由你停用的，不能由你启用。请联系人事部门。',
    en: 'This account was not suspended by you, so you cannot activate it. Ask HR.',
  },
  'scim.own_source': {
    zh: '这个身份系统是你登记的，要由另一位人事确认。',
    en: 'You set this system up, so somebody else has to accept it.',
  },
  'scim.bad_last_day': {
    zh: '最后一天要在明天到三年之内。',
    en: 'The last day must lie between tomorrow and three years ahead.',
  },
  'scim.not_accepted': {
    zh: '人事部门还没有确认你推送的数据，现在只能读取、对上 externalId、改名称、新建停用的人和空部门。没有执行。',
    en: 'HR has not accepted your data yet: you may read, set externalId, correct names, create inactive people and empty units. Nothing was done.',
  },
  'scim.holds_role': {
    zh: '这个人担任管理角色，账号名不能由身份系统改。请联系人事部门。没有执行。',
    en: 'This person was given a role, so no identity system changes the userName. Ask HR. Nothing was done.',
  },
  'scim.over_limit': {
    zh: '今天停用或删除的数量已到上限，没有执行。已告知人事部门。',
    en: "Today's limit of deactivations and deletions is reached. Nothing was done; HR was told.",
  },
  'scim.not_admin': {
    zh: '身份系统的密钥由超级管理员管理，你没有这项权限。',
    en: 'Only super administrators manage the keys of identity systems.',
  },
  'scim.malformed_source': {
    zh: '代码由小写字母、数字和连字符组成，最多 31 位；名称不能为空，最多 64 字。',
    en: 'The code is lower-case letters, digits and hyphens, at most 31; the name has 1 to 64 characters.',
  },
  'scim.source_known': { zh: '这个代码已有身份系统在用。', en: 'This code is in use.' },
  'scim.unknown_source': { zh: '没有这个身份系统。', en: 'There is no such identity system.' },
  'scim.unknown_key': { zh: '没有这把密钥。', en: 'There is no such key.' },
} as const satisfies Phrases;
