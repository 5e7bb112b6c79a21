import type { Phrases } from './types.ts';

export const directoryPhrases = {
  'directory.not_maintainer': {
    zh: '只有花名册维护人员能改人员和岗位。',
    en: 'Only roster maintainers may change people and posts.',
  },
  'directory.own_record': {
    zh: '不能改自己的岗位或账号，请其他维护人员处理。',
    en: 'You cannot change your own posts or account. Ask another maintainer.',
  },
  'directory.unknown_person': { zh: '没有找到这个人。', en: 'This person was not found.' },
  'directory.unknown_unit': { zh: '没有找到这个单位。', en: 'This unit was not found.' },
  'directory.one_main_post': { zh: '每人要有且只有一个主岗。', en: 'Everybody has exactly one main post.' },
  'directory.one_post_per_unit': {
    zh: '同一个人在同一单位只能有一个岗位。',
    en: 'A person can hold only one post in a unit.',
  },
  'directory.tree_broken': {
    zh: '单位“{unit}”的上下级关系不成立，没有导入任何内容。',
    en: 'The place of unit "{unit}" in the tree is not possible. Nothing was imported.',
  },
  'directory.row_missing': {
    zh: '{sheet}第 {line} 行：缺少“{column}”。',
    en: '{sheet} line {line}: {column} is missing.',
  },
  'directory.row_malformed': {
    zh: '{sheet}第 {line} 行：“{column}”格式不对。',
    en: '{sheet} line {line}: {column} is malformed.',
  },
  'directory.row_unknown': {
    zh: '{sheet}第 {line} 行：“{column}”没有对应的记录。',
    en: '{sheet} line {line}: {column} refers to nothing we know.',
  },
  'directory.row_duplicate': {
    zh: '{sheet}第 {line} 行：“{column}”在文件里重复。',
    en: '{sheet} line {line}: {column} occurs twice in the file.',
  },
  'directory.row_taken': {
    zh: '{sheet}第 {line} 行：“{column}”已属于另一位在职人员。',
    en: '{sheet} line {line}: {column} belongs to another active person.',
  },
  'directory.row_noMainPost': {
    zh: '{sheet}第 {line} 行：要有且只有一个主岗。',
    en: '{sheet} line {line}: exactly one main post is needed.',
  },
  'directory.row_noContact': {
    zh: '{sheet}第 {line} 行：手机和邮箱不能都空。',
    en: '{sheet} line {line}: mobile and e-mail cannot both be empty.',
  },
  'directory.row_postRefused': {
    zh: '{sheet}第 {line} 行：新来的人没有可用的岗位。',
    en: '{sheet} line {line}: somebody new has no acceptable post.',
  },
  'directory.has_left': {
    zh: '这个人已离职或退休，先办理再次入职。',
    en: 'This person has left. Employ them again first.',
  },
  'directory.still_here': { zh: '这个人仍在职。', en: 'This person is still employed.' },
  'directory.not_yet': {
    zh: '{on} 还没有到，到那一天再办。',
    en: '{on} is still to come. This is done on that day.',
  },
  'directory.malformed': { zh: '“{field}”格式不对。', en: '{field} is malformed.' },
  'directory.no_contact': {
    zh: '手机和邮箱不能都空。',
    en: 'Mobile and e-mail cannot both be empty.',
  },
  'directory.staff_no_taken': {
    zh: '这个工号已属于另一个人。',
    en: 'This staff number belongs to somebody else.',
  },
  'directory.userid_taken': {
    zh: '这个账号已属于另一个人。',
    en: 'This account belongs to somebody else.',
  },
  'directory.id_number_known': {
    zh: '这个证件号码已登记在另一个人名下。同一个人不能建两份记录。',
    en: 'This ID number is on record for somebody else. One person has one record.',
  },
  'directory.mobile_taken': {
    zh: '这个手机号已属于另一位在职人员。',
    en: 'This mobile belongs to somebody else who is employed here.',
  },
  'directory.manager_loop': {
    zh: '直属上级不能是本人，也不能是本人的下属。',
    en: 'Nobody can report to themselves or to somebody below them.',
  },
  'directory.unit_cycle': {
    zh: '“{unit}”不能移到自己的下级单位下面。',
    en: 'Unit "{unit}" cannot be moved below itself.',
  },
  'directory.unit_name_taken': {
    zh: '同一个上级下面已有“{unit}”。',
    en: 'There is already a unit "{unit}" in this place.',
  },
  'directory.unit_too_deep': {
    zh: '“{unit}”放在这里会超过 15 级，企业微信不支持。',
    en: 'Here "{unit}" would lie deeper than the 15 levels 企业微信 holds.',
  },
  'directory.unit_full': {
    zh: '“{unit}”下面的单位和人员已到企业微信的上限。',
    en: '"{unit}" holds as many units and people as 企业微信 allows.',
  },
  'directory.unit_not_empty': {
    zh: '“{unit}”里还有 {people} 人、{units} 个下级单位，先移走再撤销。',
    en: '"{unit}" still has {people} people and {units} units below it. Move them first.',
  },
  'directory.institution_fixed': {
    zh: '学校本身不能移动或撤销。',
    en: 'The institution itself cannot be moved or dissolved.',
  },
  'directory.head_without_post': {
    zh: '负责人要先在这个单位有岗位。',
    en: 'A head needs a post in the unit first.',
  },
  'directory.bad_cursor': { zh: '请从第一页重新查找。', en: 'Start again from the first page.' },
} as const satisfies Phrases;
