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
  'directory.unknown_set': { zh: '没有找到这个标签。', en: 'This set was not found.' },
  'directory.set_name_taken': {
    zh: '已有名为“{name}”的标签。',
    en: 'There is a set named "{name}" already.',
  },
  'directory.export_too_large': {
    zh: '有 {total} 条，一次最多导出 {most} 条。请先筛选。',
    en: 'There are {total} rows and at most {most} can be exported at once. Narrow the list first.',
  },
  'directory.set_by_rule': {
    zh: '“{name}”按规则选人，不能逐个增减。要改，就改规则。',
    en: '"{name}" holds people by a rule, so nobody is put in or taken out by name.',
  },
  'directory.list_full': {
    zh: '一个名单最多 {most} 人。人多就用规则。',
    en: 'A list takes at most {most} people. Use a rule for more.',
  },
  'directory.too_many_sets': {
    zh: '企业微信最多 3000 个标签，先删去不用的。',
    en: '企业微信 holds 3,000 tags. Remove one that is not used.',
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
  'directory.refused': {
    zh: '企业微信没有接受（{errcode}）。',
    en: '企业微信 did not take it ({errcode}).',
  },
  'directory.refused_60103': {
    zh: '企业微信不认这个手机号。改正手机号后重传。',
    en: 'Not a mobile (60103).',
  },
  'directory.refused_60104': {
    zh: '这个手机号已被企业微信里的另一个成员使用。先让那个成员换号或删除，再重传。',
    en: 'Another member has this mobile (60104).',
  },
  'directory.refused_60105': { zh: '企业微信不认这个邮箱。改正邮箱后重传。', en: 'Not an e-mail (60105).' },
  'directory.refused_60106': {
    zh: '这个邮箱已被企业微信里的另一个成员使用。',
    en: 'Another member has this e-mail (60106).',
  },
  'directory.refused_60110': {
    zh: '企业微信里一个人最多属于 100 个部门。',
    en: 'A member belongs to at most 100 departments (60110).',
  },
  'directory.refused_60112': { zh: '企业微信不认这个姓名。', en: 'Not a name (60112).' },
  'directory.refused_60129': {
    zh: '企业微信要求手机和邮箱至少有一个。',
    en: 'Mobile and e-mail cannot both be empty (60129).',
  },
  'directory.refused_45024': {
    zh: '企业微信的账号已经用完，先在管理后台购买或释放账号。',
    en: 'No account is left in 企业微信 (45024).',
  },
  'directory.refused_81001': {
    zh: '企业微信里这个部门的成员已满。',
    en: 'The department is full in 企业微信 (81001).',
  },
  'directory.refused_301005': {
    zh: '这个人是企业微信的创建者，先在管理后台转让，再停用或删除。',
    en: 'This is the creator in 企业微信: transfer that office first (301005).',
  },
  'directory.bad_cursor': { zh: '请从第一页重新查找。', en: 'Start again from the first page.' },
} as const satisfies Phrases;
