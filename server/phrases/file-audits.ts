import type { Phrases } from './types.ts';

export const fileAuditsPhrases = {
  'fileaudits.answers_incomplete': {
    zh: '还有项没有填，请逐项填完。',
    en: 'Some fields have no answer yet.',
  },
  'fileaudits.correction_first': {
    zh: '说有误的项要先申请更正：{fields}。',
    en: 'Ask for a correction of what is wrong first ({fields}).',
  },
  'fileaudits.dates': { zh: '起止日期不对，请核对。', en: 'The dates are not in order.' },
  'fileaudits.file_closed': {
    zh: '这份档案已办完，请看现在的样子。',
    en: 'This file is closed already; look at it as it is now.',
  },
  'fileaudits.foreign_field': {
    zh: '有的项不在这次审核里，请重新打开页面。',
    en: 'Some of the fields are not part of this audit.',
  },
  'fileaudits.hr_only': {
    zh: '审核计划由人事部门制定和管理。',
    en: 'Plans are made and kept by human resources.',
  },
  'fileaudits.no_reviewer': {
    zh: '审核人都不能办了，请先换人。',
    en: 'None of the reviewers can act; name others first.',
  },
  'fileaudits.no_such_step': {
    zh: '不能退回到这一步。',
    en: 'It cannot be sent back to this step.',
  },
  'fileaudits.nobody': { zh: '这个范围里没有人。', en: 'There is nobody in this scope.' },
  'fileaudits.nobody_there': {
    zh: '那一步现在没有能办的人，退不回去。',
    en: 'There is nobody who could take that step now.',
  },
  'fileaudits.not_clean': {
    zh: '有缺的、有疑问的或已申请更正的项，请打开逐项审核。',
    en: 'Something is missing, doubted or asked to be corrected; review it field by field.',
  },
  'fileaudits.not_running': { zh: '这份计划没有在进行。', en: 'This plan is not running.' },
  'fileaudits.not_visible': {
    zh: '没有找到，可能不在你的范围里。',
    en: 'There is no such plan or file.',
  },
  'fileaudits.not_your_step': {
    zh: '这一步由别人办。',
    en: 'This step is for somebody else.',
  },
  'fileaudits.not_yours': {
    zh: '这里供人事部门、审核人、单位联络员和监督部门使用。',
    en: 'This is for human resources, reviewers, liaisons and supervising departments.',
  },
  'fileaudits.note_needed': {
    zh: '“{field}”有误，请写明情况。',
    en: 'Say what is wrong ({field}).',
  },
  'fileaudits.other_step': {
    zh: '这份档案已到别的环节，请看现在的样子。',
    en: 'This file is at another step already; look at it as it is now.',
  },
  'fileaudits.own_file': {
    zh: '自己的档案由别人审核。',
    en: 'Your own file is reviewed by somebody else.',
  },
  'fileaudits.reviewer_alone': {
    zh: '{name}自己也在范围里，请再加一位审核人。',
    en: 'The only reviewer is in the scope too; name another one ({name}).',
  },
  'fileaudits.second_person': {
    zh: '计划由另一位人事人员启动，最后修改的人不能自己启动。',
    en: 'A plan is started by another person than who wrote it last.',
  },
  'fileaudits.started_already': {
    zh: '这份计划已启动，不能再改。',
    en: 'This plan was started already and cannot be changed.',
  },
  'fileaudits.steps': {
    zh: '每个环节最多一次，并且要有人事审核。',
    en: 'Each step at most once, with the review by human resources among them.',
  },
  'fileaudits.too_early': {
    zh: '计划从 {day} 开始，到那天才能启动。',
    en: 'The plan begins on {day} and can be started then.',
  },
  'fileaudits.unknown_reviewer': {
    zh: '有的审核人不在可选的人里，请重新选。',
    en: 'Some of the reviewers cannot be named; choose again.',
  },
  'fileaudits.unknown_scope': {
    zh: '有的部门或人员集已不在，请重新选。',
    en: 'Some of the units or sets are not there any more; choose again.',
  },
} as const satisfies Phrases;
