import type { Phrases } from './types.ts';

export const meetingRoomsPhrases = {
  'meetingrooms.blackout_hits': {
    zh: '这段时间里已有 {count} 个预订。要停用，请先选择一并取消它们。',
    en: '{count} bookings lie in this time; choose to cancel them along with it.',
  },
  'meetingrooms.blackout_shape': {
    zh: '停用时间不对：结束要晚于开始和现在，最长一年。',
    en: 'A blackout ends after it starts and after now, and lasts a year at most.',
  },
  'meetingrooms.cannot': {
    zh: '订不了：{whyWords}。',
    en: 'This time cannot be booked ({whyWords}).',
  },
  'meetingrooms.cannot_approve': {
    zh: '{of} 次里有 {count} 次已经不能批准：{whyWords}。',
    en: '{count} of {of} can no longer be approved ({whyWords}).',
  },
  'meetingrooms.changed': {
    zh: '这个预订刚才改过了，请看现在的。',
    en: 'This booking was changed meanwhile; please look again.',
  },
  'meetingrooms.cursor': { zh: '翻页位置不对，请重新打开。', en: 'This page position is not valid.' },
  'meetingrooms.date': { zh: '日期不对。', en: 'This date is not valid.' },
  'meetingrooms.decided': { zh: '已经处理过了。', en: 'This has been decided already.' },
  'meetingrooms.hours': { zh: '关闭时间要晚于开放时间。', en: 'A room closes after it opens.' },
  'meetingrooms.is_free': { zh: '这段时间现在空着，直接订就行。', en: 'This time is free; book it.' },
  'meetingrooms.many_waits': {
    zh: '最多同时等 {most} 个时段，请先去掉不用的。',
    en: 'You can wait for {most} times at most.',
  },
  'meetingrooms.may_not_book': {
    zh: '{room}不向你开放预订。',
    en: '{room} is not open to you for booking.',
  },
  'meetingrooms.no_blackout': { zh: '没有找到这段停用时间。', en: 'There is no such blackout.' },
  'meetingrooms.no_calendar': {
    zh: '没有这个日历地址，可能已经停用或更换。',
    en: 'There is no such calendar address; it may have been stopped or replaced.',
  },
  'meetingrooms.no_booking': { zh: '没有找到这个预订。', en: 'There is no such booking.' },
  'meetingrooms.no_room': { zh: '没有找到这间会议室。', en: 'There is no such room.' },
  'meetingrooms.no_wait': { zh: '没有找到这条等候。', en: 'You do not wait for this.' },
  'meetingrooms.not_for_you': {
    zh: '会议室只对院内人员开放。',
    en: 'Meeting rooms are for people of this institution.',
  },
  'meetingrooms.not_keeper': {
    zh: '这间会议室不归你管理。需要的话，请超级管理员授予会议室的分级管理范围。',
    en: 'This room is not yours to keep.',
  },
  'meetingrooms.not_manager': {
    zh: '这间会议室由它的管理人处理。',
    en: 'This is for who manages the room.',
  },
  'meetingrooms.nothing_to_check_in': {
    zh: '现在没有要签到的会议。开始前 15 分钟起可以签到；过了时间，会议室会被释放。',
    en: 'There is no meeting of yours to check in here now.',
  },
  'meetingrooms.over': { zh: '这个预订已经结束或取消。', en: 'This booking is over.' },
  'meetingrooms.own_booking': {
    zh: '自己的预订不能由自己批准。',
    en: 'Nobody decides on their own booking.',
  },
  'meetingrooms.reason_needed': { zh: '请写明原因。', en: 'Please say why.' },
  'meetingrooms.room_changed': {
    zh: '会议室的设置刚才改过了，请看现在的。',
    en: 'The room was changed meanwhile; please look again.',
  },
  'meetingrooms.series_taken': {
    zh: '{of} 次里有 {count} 次订不了：{whyWords}。一次也没有订。',
    en: '{count} of {of} cannot be had ({whyWords}); nothing was booked.',
  },
  'meetingrooms.taken': {
    zh: '{room}这个时间{whyWords}，没有订成。',
    en: '{room} is not free at this time ({whyWords}).',
  },
  'meetingrooms.unknown_person': {
    zh: '有一位人员找不到或已停用，请重新选择。',
    en: 'One of these people is unknown or not active.',
  },
  'meetingrooms.unknown_unit': { zh: '有一个单位找不到，请重新选择。', en: 'One of these units is unknown.' },
  'meetingrooms.usage_not_yours': {
    zh: '使用情况由会议室的管理人和监督部门查看。',
    en: 'Usage is for who manages rooms and for supervisors.',
  },
  'meetingrooms.wrong_door': {
    zh: '门上的二维码换过了，请扫会议室门口现在的那一张。',
    en: 'This code is not the one at the door any more.',
  },
} as const satisfies Phrases;
