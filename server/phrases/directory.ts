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
  'directory.bad_cursor': { zh: '请从第一页重新查找。', en: 'Start again from the first page.' },
} as const satisfies Phrases;
