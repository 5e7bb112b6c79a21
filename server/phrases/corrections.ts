import type { Phrases } from './types.ts';

export const correctionsPhrases = {
  'corrections.ended': {
    zh: '这份更正申请已办完，请看现在的样子。',
    en: 'This correction has ended already; look at it as it is now.',
  },
  'corrections.erased': {
    zh: '申请的内容已按保存期限删除。',
    en: 'What was asked for has been erased after its keeping period.',
  },
  'corrections.no_photo': { zh: '还没有照片。', en: 'There is no photo yet.' },
  'corrections.not_record_keeper': {
    zh: '照片由维护花名册的人和分级管理员催收。',
    en: 'Photos are collected by those who maintain the directory.',
  },
  'corrections.photo_decided': {
    zh: '这张照片已是这个结论，请看现在的样子。',
    en: 'This photo was decided so already; look at it as it is now.',
  },
  'corrections.photo_not_visible': {
    zh: '没有找到这张照片，或不归你核对。',
    en: 'There is no such photo, or it is not yours to look at.',
  },
  'corrections.photo_replaced': {
    zh: '本人刚换了一张照片，请看新的再决定。',
    en: 'The person has put another photo in its place; look at that one.',
  },
  'corrections.photo_form': {
    zh: '照片要用 JPG 或 PNG，边长 {minSide} 到 {maxSide} 像素，不超过 5 MB。',
    en: 'A photo is a JPEG or PNG with sides of {minSide} to {maxSide} pixels and at most 5 MB.',
  },
  'corrections.not_an_owner': {
    zh: '更正申请由维护花名册和管理账号的人答复。',
    en: 'Corrections are answered by those who maintain the directory or administer accounts.',
  },
  'corrections.not_visible': {
    zh: '没有找到这份更正申请。',
    en: 'There is no such correction.',
  },
  'corrections.not_yours': {
    zh: '这一步由另一方办：答复由负责的部门办，撤回由本人办。',
    en: 'This is for the other side: the owner answers, the person withdraws.',
  },
  'corrections.open_already': {
    zh: '这一项已有一份申请在等答复。',
    en: 'A correction of this field is waiting for its answer already.',
  },
  'corrections.sent_on_already': {
    zh: '这份申请已转过一次，请直接答复。',
    en: 'It was sent on once already; please answer it.',
  },
  'corrections.value_form': {
    zh: '填写的{field}格式不对，请核对。',
    en: 'This is not a valid value; please check it ({field}).',
  },
  'corrections.value_in_reason': {
    zh: '说明里不要写完整的号码、日期或地址。',
    en: 'Leave the number, date or address itself out of the words.',
  },
} as const satisfies Phrases;
