import type { Phrases } from './types.ts';

export const approvalsPhrases = {
  'approvals.not_visible': {
    zh: '这份申请你看不到。只有申请人、审批人和被抄送的人能看。',
    en: 'You cannot see this request. Only the applicant, its approvers and those copied can.',
  },
  'approvals.not_holder': {
    zh: '这件事不在你这里，只有当前审批人能处理。',
    en: 'This task is not yours. Only its current holder can act.',
  },
  'approvals.not_applicant': {
    zh: '只有申请人能这样做。',
    en: 'Only the applicant can do this.',
  },
  'approvals.not_keeper': {
    zh: '只有模块管理员能指定审批人。',
    en: 'Only a module manager can name an approver.',
  },
  'approvals.not_active': {
    zh: '你的账号已停用，不能提交申请。',
    en: 'Your account is locked, so you cannot apply.',
  },
  'approvals.post_not_yours': {
    zh: '请重新选择以哪个岗位申请。',
    en: 'Choose again which of your posts you apply from.',
  },
  'approvals.cannot_submit': {
    zh: '还不能提交，请看下面的说明。',
    en: 'This cannot be submitted yet; see the notes.',
  },
  'approvals.no_approver': {
    zh: '按现在的内容没有审批人，请联系管理员。',
    en: 'Nobody would decide this request. Ask an administrator.',
  },
  'approvals.template_unknown': {
    zh: '没有这种申请，或已停用。',
    en: 'This kind of request does not exist or is switched off.',
  },
  'approvals.template_changed': {
    zh: '表单已更新，请重新打开再填。',
    en: 'The form has changed. Open it again.',
  },
  'approvals.file_gone': {
    zh: '有附件找不到了，请重新上传。',
    en: 'An attachment is gone. Upload it again.',
  },
  'approvals.reason_required': {
    zh: '请写明拒绝的原因，{applicant}会看到这段话。',
    en: 'Say why you refuse; {applicant} will read it.',
  },
  'approvals.comment_required': {
    zh: '这一步要写审批意见，请打开详情处理。',
    en: 'This step needs a comment. Open the request to decide.',
  },
  'approvals.comment_empty': { zh: '请写点内容再发送。', en: 'Write something before sending.' },
  'approvals.comment_too_long': { zh: '最多写 {max} 字。', en: 'At most {max} characters.' },
  'approvals.transfer_to_self': { zh: '已经在你这里，不用转交。', en: 'It is already yours.' },
  'approvals.person_inactive': {
    zh: '这个人已停用或不存在，请另选一位。',
    en: 'This person is locked or unknown. Choose somebody else.',
  },
  'approvals.person_is_applicant': {
    zh: '{name}是申请人，不能审批自己的申请。',
    en: '{name} is the applicant and cannot decide their own request.',
  },
  'approvals.person_on_step': {
    zh: '{name}已经是这一步的审批人，请另选一位。',
    en: '{name} already decides in this step. Choose somebody else.',
  },
  'approvals.seat_taken': {
    zh: '这个位置已经有人，请刷新再看。',
    en: 'This seat is taken. Reload the page.',
  },
  'approvals.nobody_to_remind': {
    zh: '现在没有可催办的人，正在等管理员指定审批人。',
    en: 'Nobody holds this now; an administrator has to name an approver.',
  },
  'approvals.reminders_used_up': {
    zh: '已催办 {max} 次，不能再催。',
    en: 'You have reminded {max} times, the most allowed.',
  },
  'approvals.reminded_recently': {
    zh: '24 小时内催过了，还可催 {left} 次。',
    en: 'Reminded within the last 24 hours; {left} left.',
  },
} as const satisfies Phrases;
