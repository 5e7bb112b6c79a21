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
  'approvals.not_template_keeper': {
    zh: '只有管理审批模板和人事的人能看全员试走。',
    en: 'Only who keeps templates or personnel records can see the dry run.',
  },
  'approvals.package_not_yours': {
    zh: '只有部门负责人（本部门的）和超级管理员能导出一段时间的卷宗。',
    en: 'Only heads of units (for their own) and super administrators can take out the requests of a period.',
  },
  'approvals.package_empty': {
    zh: '这段时间里没有符合的申请，换个范围再试。',
    en: 'No request fits. Choose another range.',
  },
  'approvals.package_too_large': {
    zh: '一份卷宗最多 {most} 件，请缩小时间、类型或部门。',
    en: 'A package holds {most} requests at most. Narrow the days, the kind or the unit.',
  },
  'approvals.package_under_way': {
    zh: '上一份还在做，做好会通知你，之后再要下一份。',
    en: 'Your last package is still being made. Ask again when it is ready.',
  },
  'approvals.package_busy': {
    zh: '你正在下载 {most} 份卷宗，等其中一份下载完再取。',
    en: 'You are taking out {most} packages right now. Wait until one is done.',
  },
  'approvals.package_case_large': {
    zh: '这件申请的附件超过 {most} MB，不能打包，请在申请页面逐个下载附件。',
    en: 'The files of this request are more than {most} MB; take them from its page one by one.',
  },
  'approvals.package_unknown': {
    zh: '没有这份卷宗，或已过保存期。',
    en: 'There is no such package, or it is past its time.',
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
    zh: '有附件或签名找不到了，请重新上传或签名。',
    en: 'An attachment or a signature is gone. Upload it or sign again.',
  },
  'approvals.not_an_image': {
    zh: '“{name}”不是图片，请换成照片或图片。',
    en: '"{name}" is no picture. Choose a photo or a picture.',
  },
  'approvals.may_not_reveal': {
    zh: '完整号码只给申请人和当前审批人看。',
    en: 'Only the applicant and its present approvers may see the whole number.',
  },
  'approvals.nothing_to_reveal': {
    zh: '这一栏没有可以显示的号码。',
    en: 'This field has no number to show.',
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
  'approvals.task_waits': {
    zh: '已请人先提出意见，等加签的人处理完再由你决定。',
    en: 'You asked others first; it comes back to you when they have answered.',
  },
  'approvals.field_not_editable': {
    zh: '这一步不能修改“{label}”。',
    en: 'This step cannot change “{label}”.',
  },
  'approvals.field_changed': {
    zh: '“{label}”刚由{name}改过，你的修改没有保存。请看过新的内容再改。',
    en: '{name} has just changed “{label}”; your change was not saved. Look at the new value first.',
  },
  'approvals.files_only_added': {
    zh: '“{label}”只能添加文件，不能删掉已有的。',
    en: 'Files can be added to “{label}”, not removed.',
  },
  'approvals.edit_invalid': {
    zh: '修改没有保存：{reasons}',
    en: 'The change was not saved: {reasons}',
  },
  'approvals.too_many_edits': {
    zh: '一份申请最多修改 {max} 次，请退回给申请人修改。',
    en: 'A request is changed at most {max} times; send it back to its applicant.',
  },
  'approvals.too_many_comments': {
    zh: '一份申请最多 {max} 条评论，其余的请当面或在企业微信里说。',
    en: 'A request takes {max} comments at most; say the rest in person or in a chat.',
  },
  'approvals.too_many_files': {
    zh: '一份申请的评论最多带 {max} 个附件。',
    en: 'The comments of a request take {max} attachments at most.',
  },
  'approvals.form_changed': {
    zh: '表单刚有改动，请打开详情看过再处理。',
    en: 'The form was changed meanwhile. Open the request to decide.',
  },
  'approvals.signature_required': {
    zh: '这一步要手写签名，请打开详情签名。',
    en: 'This step asks for a signature by hand; open the request to sign.',
  },
  'approvals.signature_not_asked': {
    zh: '这一步不用签名。',
    en: 'This step asks for no signature.',
  },
  'approvals.signature_used': {
    zh: '这个签名已经用过，请重新签名。',
    en: 'This signature was used already; sign again.',
  },
  'approvals.signature_not_yours': {
    zh: '“{label}”只能由本人在办理时签。',
    en: '{label} can only be signed by who it belongs to.',
  },
  'approvals.signature_stays': {
    zh: '“{label}”签过后不能去掉，可以重新签。',
    en: '{label} cannot be taken out once it is given; it can be signed again.',
  },
  'approvals.signature_bad': {
    zh: '签名图片不对，请重新签名。',
    en: 'The picture of the signature is not usable; sign again.',
  },
  'approvals.added_after_signature': {
    zh: '这一步要手写签名，不能后加签。请先签名同意，或用前加签、并加签。',
    en: 'This step asks for a signature, so nobody is added after. Sign first, or add before or alongside.',
  },
  'approvals.step_is_handled': {
    zh: '这一步是办理，请填写办理结果。',
    en: 'This step is to be carried out; say what came of it.',
  },
  'approvals.step_is_decided': {
    zh: '这一步是审批，请选择同意或拒绝。',
    en: 'This step is a decision; approve or reject.',
  },
  'approvals.result_required': { zh: '请写明办理结果。', en: 'Say what came of it.' },
  'approvals.nobody_added': { zh: '请选择要加签的人。', en: 'Choose whom to add.' },
  'approvals.too_many_added': {
    zh: '这一步最多加签 {max} 人。',
    en: 'At most {max} people can be added to a step.',
  },
  'approvals.added_cannot_add': {
    zh: '你是被加签的，不能再加签；可以转交或征求意见。',
    en: 'You were added yourself and cannot add others; hand it on or ask for an opinion.',
  },
  'approvals.additions_mixed': {
    zh: '这件事上前加签和后加签只能用一种。',
    en: 'People are added either before or after a task, not both.',
  },
  'approvals.not_own_addition': {
    zh: '只能取消自己加签的人。',
    en: 'You can only take back somebody you added.',
  },
  'approvals.question_required': { zh: '请写明要征求什么意见。', en: 'Say what you want to know.' },
  'approvals.too_many_asked': {
    zh: '一份申请最多征求 {max} 人次的意见。',
    en: 'At most {max} opinions can be asked for on one request.',
  },
  'approvals.consult_self': { zh: '不用征求自己的意见。', en: 'There is no need to ask yourself.' },
  'approvals.consult_applicant': {
    zh: '{name}是申请人，有疑问请用评论。',
    en: '{name} is the applicant; ask with a comment.',
  },
  'approvals.asked_already': {
    zh: '已征求过{name}的意见，正在等答复。',
    en: '{name} has been asked and has not answered yet.',
  },
  'approvals.not_asked': {
    zh: '没有征求你的意见，可以用评论。',
    en: 'You were not asked; use a comment.',
  },
  'approvals.not_party': {
    zh: '你没有参与这份申请，不能传阅。',
    en: 'You have no part in this request and cannot circulate it.',
  },
  'approvals.nobody_to_read': { zh: '请选择传阅给谁。', en: 'Choose who is to read it.' },
  'approvals.too_many_at_once': {
    zh: '一次最多传阅给 {max} 人。',
    en: 'It can be sent to {max} people at a time at most.',
  },
  'approvals.too_many_readers': {
    zh: '一份申请最多传阅给 {max} 人。',
    en: 'A request can be sent to {max} people at most.',
  },
  'approvals.circulate_self': { zh: '不用传阅给自己。', en: 'There is no need to send it to yourself.' },
  'approvals.circulate_applicant': {
    zh: '{name}是申请人，不用传阅。',
    en: '{name} is the applicant and sees it anyway.',
  },
  'approvals.circulated_already': {
    zh: '已经传阅给他们，没有再发一次。',
    en: 'It was sent to them before and not sent again.',
  },
  'approvals.not_reader': {
    zh: '这份申请没有传阅给你，不用确认。',
    en: 'This request was not sent to you to read; there is nothing to confirm.',
  },
  'approvals.mention_unseen': {
    zh: '{name}看不到这份申请，可以先传阅给他。',
    en: '{name} cannot see this request; circulate it to them first.',
  },
  'approvals.too_many_mentions': {
    zh: '一条评论最多提到 {max} 人。',
    en: 'A comment can name {max} people at most.',
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
  'approvals.return_reason_required': {
    zh: '请写明退回的原因，说清要改什么。',
    en: 'Say why you send it back and what to change.',
  },
  'approvals.return_target': {
    zh: '只能退回给申请人，或退回到已经过的步骤。',
    en: 'It can go back to the applicant or to a step already passed.',
  },
  'approvals.not_returned': {
    zh: '这份申请现在不在你这里，不用重新提交。',
    en: 'This request does not lie with you; there is nothing to hand in again.',
  },
  'approvals.lies_with_you': {
    zh: '申请已退回给你，请修改后重新提交。',
    en: 'The request was sent back to you. Change it and hand it in again.',
  },
  'approvals.not_super_admin': {
    zh: '只有超级管理员能终止申请。',
    en: 'Only a super administrator can end a request.',
  },
  'approvals.terminate_reason_required': {
    zh: '请写明终止的原因，申请人会看到这段话。',
    en: 'Say why you end it; the applicant will read it.',
  },
  'approvals.revoke_reason_required': {
    zh: '请写明撤销的原因，审批人和被抄送的人会看到。',
    en: 'Say why you revoke it; its approvers and those copied will read it.',
  },
  'approvals.revoke_not_approved': {
    zh: '只有已通过的申请能撤销。',
    en: 'Only an approved request can be revoked.',
  },
  'approvals.nothing_to_revoke': {
    zh: '没有可以撤销的了：{kept}。',
    en: 'There is nothing left to revoke: {kept}.',
  },
} as const satisfies Phrases;
