import type { Phrases } from './types.ts';

export const leavePhrases = {
  'leave.below_zero': {
    zh: '账上只有 {left} 天，减不了这么多。',
    en: 'There are only {left} days in the account; that many cannot be taken.',
  },
  'leave.by_service': {
    zh: '这种假按工龄每晚自动登记，不用统一给。',
    en: 'Days of this type are booked by years of service every night.',
  },
  'leave.has_begun': {
    zh: '假期已经开始，不能取消。提前回来请销假。',
    en: 'The leave has begun and cannot be cancelled. Report back if you return early.',
  },
  'leave.hr_only': {
    zh: '假期账由人事处管。',
    en: 'Accounts of leave are kept by human resources.',
  },
  'leave.in_future': {
    zh: '回来上班的时间不能晚于现在。',
    en: 'The time you came back cannot be later than now.',
  },
  'leave.is_over': {
    zh: '这次休假已经办结。',
    en: 'This leave is closed already.',
  },
  'leave.no_absence': { zh: '没有找到这次休假。', en: 'There is no such leave.' },
  'leave.no_date': { zh: '参加工作日期不是有效的日期。', en: 'That is not a date.' },
  'leave.no_person': { zh: '没有找到这个人。', en: 'There is no such person.' },
  'leave.no_type': { zh: '这种假不记账。', en: 'No account is kept of this type of leave.' },
  'leave.not_begun': {
    zh: '假期还没开始，不用销假。不去了可以取消。',
    en: 'The leave has not begun; there is nothing to report back from. You can cancel it.',
  },
  'leave.not_yours': {
    zh: '销假和取消由本人或人事处办。',
    en: 'Only the person on leave or human resources can do this.',
  },
  'leave.own_account': {
    zh: '自己的假期账请同事来改。',
    en: 'Ask a colleague to change your own account.',
  },
  'leave.past_by_hr': {
    zh: '销假从现在算起。早就回来了的，请人事处补登记。',
    en: 'You report back as of now. If you returned earlier, ask human resources to record it.',
  },
} as const satisfies Phrases;
