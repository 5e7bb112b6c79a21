import type { Phrases } from './types.ts';

export const hrPhrases = {
  'hr.not_maintainer': {
    zh: '通讯录由组织部、人事处维护，你没有这项权限。',
    en: 'Only the maintainers of the directory may do this.',
  },
  'hr.unit_code_taken': {
    zh: '编码 {code} 已经用过，换一个。撤销的部门要恢复，用人事表导入。',
    en: 'The code {code} was used already.',
  },
  'hr.unknown_unit_act': { zh: '没有这份提议，或不在你的范围里。', en: 'There is no such proposal.' },
  'hr.unit_act_successor': { zh: '合并要选并入哪个部门；撤销不选。', en: 'A merge needs a successor.' },
  'hr.unit_act_open': {
    zh: '这个部门已有一份提议在等复核。撤回或失效后再提。',
    en: 'A proposal for this unit waits already.',
  },
  'hr.unit_act_changed': {
    zh: '提出后情况有变，没有执行。现在列的是最新的影响，请重新看过再复核。',
    en: 'Something changed since: it is shown anew and nothing was done.',
  },
  'hr.unit_act_outdated': { zh: '这个部门已经撤并，不用再做。', en: 'The unit is over already.' },
  'hr.unit_act_over': {
    zh: '这份提议已经执行、撤回或失效。',
    en: 'The proposal was carried out, withdrawn or has expired.',
  },
  'hr.unit_limit': {
    zh: '超过撤并部门的限额：{lines}。',
    en: 'Over the limit of units that may end: {lines}.',
  },
  'hr.own_unit_act': {
    zh: '你是提出的人，要由另一位复核。',
    en: 'Whoever proposed it cannot confirm it.',
  },
  'hr.in_unit_act': {
    zh: '你自己的岗位随这次变动，要由另一位复核。',
    en: 'Your own post moves with it: somebody else has to confirm it.',
  },
  'hr.gains_by_unit_act': {
    zh: '并入后归你管的人会增加，要由另一位复核。',
    en: 'You would have more people under you: somebody else has to confirm it.',
  },
  'hr.not_your_unit_act': { zh: '只有提出的人可以撤回。', en: 'Only who proposed it may take it back.' },
  'hr.bad_cursor': { zh: '请从第一页重新查看。', en: 'Start again from the first page.' },
  'hr.unknown_batch': { zh: '没有这一批。', en: 'There is no such batch.' },
  'hr.unknown_plan': { zh: '没有这份计划。', en: 'There is no such plan.' },
  'hr.batch_not_ready': {
    zh: '这一批还不能生成计划：正在读取，或者文件读不出来。',
    en: 'This batch is still being read or cannot be read.',
  },
  'hr.no_such_cell': { zh: '表里没有这一格。', en: 'The sheet has no such cell.' },
  'hr.columns_missing': {
    zh: '缺少必需的列：{columns}。补上后重新上传。',
    en: 'Required columns are missing: {columns}.',
  },
  'hr.comes_with_statements': {
    zh: '人员和岗位的变动由人事数据带来，不在这里改。',
    en: 'Changes of people and posts come with the statements of HR.',
  },
  'hr.no_file': {
    zh: '这一批由几个文件合成，没有原表可以标。',
    en: 'It came as several files: there is none to mark.',
  },
  'hr.not_your_file': {
    zh: '原表里有个人信息，只有上传的人可以下载。',
    en: 'Only who uploaded the sheet may take it.',
  },
  'hr.nothing_to_accept': { zh: '对应关系已经确认过了。', en: 'It was accepted already.' },
  'hr.own_plan': {
    zh: '你是上传或生成这份计划的人，要由另一位复核。',
    en: 'Whoever made the plan cannot confirm it.',
  },
  'hr.own_record': {
    zh: '这份计划改动了你自己的记录，要由另一位复核。',
    en: 'It changes your own record: somebody else has to confirm it.',
  },
  'hr.over_limit': {
    zh: '超过限额或数据可疑，不能复核执行。请换一份正确的表，或申请提高限额。',
    en: 'Over the limits or suspicious: it cannot be confirmed.',
  },
  'hr.phrase_differs': { zh: '请照样输入“{phrase}”。', en: 'Type exactly “{phrase}”.' },
  'hr.plan_outdated': {
    zh: '计划变了，原来的确认作废。请重新生成计划。',
    en: 'Something changed since: make the plan again.',
  },
  'hr.plan_not_waiting': { zh: '这份计划不在等待复核。', en: 'This plan does not wait for a confirmation.' },
  'hr.plan_not_confirmed': {
    zh: '这份计划还没有复核，或者复核已超过 24 小时。',
    en: 'This plan is not confirmed, or not any more.',
  },
  'hr.other_run': { zh: '另一份计划正在执行，等它结束再开始。', en: 'Another plan is being carried out.' },
  'hr.withdrawn': {
    zh: '后来的人事数据不再这样说，已撤下。',
    en: 'A later statement does not say so any more.',
  },
  'hr.not_started': { zh: '还没有开始执行。', en: 'It has not been started.' },
  'hr.needs_failed': {
    zh: '前面一步没做成，这一步先不做。做成后重新生成计划。',
    en: 'A step it needs was not done.',
  },
  'hr.not_running': { zh: '没有在执行。', en: 'It is not running.' },
  'hr.not_paused': { zh: '没有暂停。', en: 'It is not paused.' },
  'hr.unknown_doubt': { zh: '没有这条待确认的事项。', en: 'There is nothing to decide under this key.' },
} as const satisfies Phrases;
