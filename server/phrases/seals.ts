import type { Phrases } from './types.ts';

export const sealsPhrases = {
  'seals.bad_pattern': { zh: '编号规则要改：{fault}。', en: 'This is no pattern for numbers: {fault}.' },
  'seals.before_approval': {
    zh: '{on} 才批准，盖章日期不能更早。',
    en: 'It was approved on {on}; it cannot have been stamped before.',
  },
  'seals.code_taken': {
    zh: '这个印章代码用过了，请换一个。',
    en: 'This code was used before; choose another one.',
  },
  'seals.managers_only': {
    zh: '印章和编号规则由它的管理单位和党政办负责人管理。',
    en: 'This is kept by the managing unit.',
  },
  'seals.moved_on': {
    zh: '这条用印已经变了，请看现在的样子。',
    en: 'This use has moved on; look at it as it is now.',
  },
  'seals.no_number': { zh: '没有找到这个合同编号。', en: 'There is no such contract number.' },
  'seals.no_rule': { zh: '没有找到这条编号规则。', en: 'There is no such rule.' },
  'seals.no_seal': { zh: '没有找到这枚印章。', en: 'There is no such seal.' },
  'seals.no_use': {
    zh: '没有找到这条用印，可能不在你的范围里。',
    en: 'There is no such use of a seal.',
  },
  'seals.not_yet': { zh: '盖章日期不能晚于今天。', en: 'What has not happened cannot be recorded.' },
  'seals.not_your_act': {
    zh: '这条用印由保管人登记，本人的用印由别的保管人登记。',
    en: 'This is recorded by a keeper of the seal, and not by the applicant.',
  },
  'seals.not_yours': {
    zh: '这里供印章保管人、管理单位和各单位负责人使用。',
    en: 'This is for keepers, managing units and heads of units.',
  },
  'seals.number_in_use': {
    zh: '这个合同编号已申请用章，不能作废。',
    en: 'A seal was asked for under this number; it cannot become void.',
  },
  'seals.pattern_taken': {
    zh: '已有规则用同样的写法，会取出一样的号，请加上区别的字母。',
    en: 'Another rule would give the same numbers; make it different.',
  },
  'seals.photo_needed': { zh: '请拍一张盖好章的页面。', en: 'Add a photo of the stamped page.' },
  'seals.photo_only': { zh: '照片没有传好，请重新拍。', en: 'Only freshly uploaded photos can be added.' },
  'seals.seal_is_out': {
    zh: '这枚印章正在外借，归还后再办。',
    en: 'The seal is out; wait until it is back.',
  },
  'seals.too_many_copies': {
    zh: '最多还能盖 {left} 份，多盖的要另行申请。',
    en: 'Only {left} copies are left; ask for more first.',
  },
  'seals.unknown_person': {
    zh: '保管人不存在或已停用，请重新选。',
    en: 'A keeper is unknown or inactive; choose again.',
  },
  'seals.unknown_unit': { zh: '没有找到这个单位。', en: 'There is no such unit.' },
} as const satisfies Phrases;
