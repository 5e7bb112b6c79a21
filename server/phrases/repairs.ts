import type { Phrases } from './types.ts';

export const repairsPhrases = {
  'repairs.contractor_needed': {
    zh: '等外包到场的，请写明通知了哪家。',
    en: 'Say which contractor was told.',
  },
  'repairs.managers_only': {
    zh: '地点、维修人员和周期工单由派单部门管理。',
    en: 'This is kept by those who dispatch.',
  },
  'repairs.moved_on': {
    zh: '这张报修已经变了，请看现在的样子。',
    en: 'This ticket has moved on; look at it as it is now.',
  },
  'repairs.no_place': {
    zh: '没有找到这个地点，可能已停用。',
    en: 'There is no such place, or it is closed.',
  },
  'repairs.no_recurring': { zh: '没有找到这张周期工单。', en: 'There is no such recurring order.' },
  'repairs.no_term': {
    zh: '这一天不在已登记的学期里。',
    en: 'This day lies in no term that is registered.',
  },
  'repairs.no_ticket': {
    zh: '没有找到这张报修，可能不在你的范围里。',
    en: 'There is no such ticket.',
  },
  'repairs.not_your_act': { zh: '这一步由别人办。', en: 'This is for somebody else to do.' },
  'repairs.not_yours': {
    zh: '这里供派单部门和各单位负责人使用。',
    en: 'This is for those who dispatch and for heads of units.',
  },
  'repairs.own_report': {
    zh: '报修人不能给自己修，请派给别人。',
    en: 'Who reported it cannot mend it; choose somebody else.',
  },
  'repairs.photo_needed': {
    zh: '请拍一张修好后的照片。',
    en: 'Add a photo of the finished work.',
  },
  'repairs.photo_only': { zh: '照片没有传好，请重新拍。', en: 'Only freshly uploaded photos can be added.' },
  'repairs.place_closed': { zh: '这个地点已停用，请重新选。', en: 'This place takes no more reports.' },
  'repairs.place_recurs': {
    zh: '这个地点还有周期工单，先结束再停用。',
    en: 'Something still recurs at this place; end that first.',
  },
  'repairs.same_person': {
    zh: '已经在这位手上，请选别人。',
    en: 'It lies with this person already; choose somebody else.',
  },
  'repairs.starts_past': {
    zh: '开始日期已过，请选今天或以后。',
    en: 'The first day is past; choose today or later.',
  },
  'repairs.too_many': {
    zh: '这段时间的报修超过 {most} 件，请选短一点的时间。',
    en: 'More than {most} tickets in this period; choose a shorter one.',
  },
  'repairs.unknown_category': { zh: '没有这个类别，请重新选。', en: 'There is no such category.' },
  'repairs.unknown_person': { zh: '没有找到这个人。', en: 'There is no such person.' },
  'repairs.unknown_worker': {
    zh: '这个人不在维修人员里，请重新选。',
    en: 'This person mends nothing; choose somebody else.',
  },
  'repairs.until_far': {
    zh: '最多挂起 {most} 天，到时还不能办的可以再挂起。',
    en: 'It can be held for {most} days at most; hold it again if it must wait longer.',
  },
  'repairs.until_past': {
    zh: '预计再办的日期已过，请选今天或以后。',
    en: 'The day to go on is past; choose today or later.',
  },
} as const satisfies Phrases;
