import type { Phrases } from './types.ts';

export const accountsPhrases = {
  'accounts.already_has': {
    zh: '这个系统里已有账号，不能再开一个。',
    en: 'There is an account in this system already; there is never a second one.',
  },
  'accounts.backup_statement': {
    zh: '请写明为什么本人不能确认备份。',
    en: 'Say why the person cannot confirm the backup.',
  },
  'accounts.by_connector': {
    zh: '这一项由系统接口办理，不用人工确认。',
    en: 'A connector carries this out; it is not confirmed by hand.',
  },
  'accounts.cancel_obstacle': { zh: '还不能注销：{obstacle}。', en: 'Not yet: {obstacle}.' },
  'accounts.cancel_order': {
    zh: '注销的步骤不对，请刷新后再看。',
    en: 'This is not the next step of the cancellation.',
  },
  'accounts.circular_changed': {
    zh: '通报里的事项刚有变动，请重新看过再签发。',
    en: 'What the circular is about has changed; read it again before you issue it.',
  },
  'accounts.circular_done': {
    zh: '这份通报已签发或作废，不能再改。',
    en: 'This circular is issued or discarded.',
  },
  'accounts.circular_mixed': {
    zh: '所选事项不是同一份批示，请分开起草。',
    en: 'These cases rest on different instructions; draft one circular for each.',
  },
  'accounts.circular_names': {
    zh: '通报里不写个人的姓名和号码，请改写。',
    en: 'A circular holds no name or number of a person.',
  },
  'accounts.in_circular': { zh: '所选事项已在另一份通报里。', en: 'A case is in another circular.' },
  'accounts.newcomer_name': {
    zh: '请填与证件一致的姓名，最多 64 个字。',
    en: 'Write the name as on the identity document, at most 64 characters.',
  },
  'accounts.newcomer_paper': {
    zh: '证件号码的样子不对：{hint}。',
    en: 'This does not look like a number of this kind of document: {hint}.',
  },
  'accounts.newcomer_old_paper': {
    zh: '请填 18 位身份证号码，15 位的旧号码不再使用。',
    en: 'Write the 18-digit number; the old one of 15 digits is out of use.',
  },
  'accounts.newcomer_check_digit': {
    zh: '身份证号码的校验位不对，请对着证件再看一遍。',
    en: 'The check digit is wrong; compare the number with the card.',
  },
  'accounts.newcomer_sex': {
    zh: '性别与身份证号码不一致，请核对这两项。',
    en: 'The sex differs from what the identity number says; check both.',
  },
  'accounts.newcomer_mobile': {
    zh: '请填 11 位手机号；境外号码以 + 和国家代码开头。',
    en: 'Write a mobile number of 11 digits, or one from abroad with + and its country code.',
  },
  'accounts.newcomer_title': {
    zh: '请填职务，最多 64 个字。',
    en: 'Write the post, at most 64 characters.',
  },
  'accounts.newcomer_known_here': {
    zh: '{name}（工号 {staffNo}）已在通讯录里，不用报告新人。要开通账号，请直接报“开通”。',
    en: '{name} ({staffNo}) is in the directory already; ask for the opening itself.',
  },
  'accounts.newcomer_known': {
    zh: '这个人已在人事登记，不在你负责的单位。请与人事处核对；调入的人请报“变更”。',
    en: 'HR knows this person, outside the units you speak for. Ask HR; for somebody who moves in, report a change.',
  },
  'accounts.newcomer_mobile_taken': {
    zh: '这个手机号是另一位在职人员的，请核对。',
    en: 'This mobile number is that of somebody else who works here; check it.',
  },
  'accounts.newcomer_reported_here': {
    zh: '这个人已经报告过了，申请编号 {number}。',
    en: 'This person was reported already: request {number}.',
  },
  'accounts.newcomer_reported': {
    zh: '另一个单位已经报告了这个人，请与人事处核对。',
    en: 'Another unit has reported this person; ask HR.',
  },
  'accounts.newcomer_mobile_reported': {
    zh: '另一位正在等人事编号的新人用的也是这个手机号，请核对。',
    en: 'Another newcomer who waits for a number of HR has this mobile number; check it.',
  },
  'accounts.newcomer_not_here': {
    zh: '这个人在人事记录里已离开。先在人事数据里登记重新入职，再关联。',
    en: 'HR’s record says that this person has left. The return comes first, through HR’s data.',
  },
  'accounts.newcomer_contradicts': {
    zh: '证件号码与单位报告的不同，不能关联。单位填错了的，请退回更正。',
    en: 'The identity numbers differ. If the unit made a slip, return the request to be corrected.',
  },
  'accounts.newcomer_linked': {
    zh: '这个人已关联到另一位新人的申请。',
    en: 'This person is linked to another newcomer’s request.',
  },
  'accounts.newcomer_has_opening': {
    zh: '这个人已有账号，或另有开通申请在办，不能再关联。',
    en: 'This person has an account, or another opening is under way.',
  },
  'accounts.newcomer_erased': {
    zh: '这份报告里的个人信息已清除。',
    en: 'The personal data of this report are erased.',
  },
  'accounts.not_hr': {
    zh: '只有人事处能办这件事。',
    en: 'This is for HR.',
  },
  'accounts.no_instruction': {
    zh: '没有领导批示，不能通报。',
    en: 'Without an instruction there is no circular.',
  },
  'accounts.second_signer': {
    zh: '起草、改写的人不能签发，请另一人签发。',
    en: 'Whoever drafted or worded it does not issue it.',
  },
  'accounts.connector_broken': {
    zh: '系统接口多次出错，没有办成。可以重试，或者人工办理后确认。',
    en: 'The connector failed several times. Try again, or do it by hand and confirm it.',
  },
  'accounts.far_date': {
    zh: '日期离今天超过 {years} 年，请核对。',
    en: 'A date lies more than {years} years from today; check it.',
  },
  'accounts.future_date': { zh: '日期不能晚于今天。', en: 'The date lies in the future.' },
  'accounts.handover_failed': {
    zh: '这一件没有交出去，请稍后再试。',
    en: 'This one was not handed over; try again later.',
  },
  'accounts.handover_missing': {
    zh: '还有 {count} 件没有选接手人。',
    en: '{count} items have no successor yet.',
  },
  'accounts.handover_refusing': {
    zh: '有 {count} 件接手人接不了，请换人。',
    en: '{count} items cannot be taken over by whom you chose.',
  },
  'accounts.handover_untried': {
    zh: '请先试一遍，结果在有效时间内才能交接。',
    en: 'Try it first; a dry run is valid for some minutes.',
  },
  'accounts.hands_not_empty': { zh: '名下还有 {count} 件没有交出。', en: '{count} items are still held.' },
  'accounts.item_needs_none': { zh: '这一件不用选接手人。', en: 'This item needs no successor.' },
  'accounts.item_not_running': { zh: '这一项现在不在办理。', en: 'This item is not being carried out now.' },
  'accounts.item_over': { zh: '这一件已经交接。', en: 'This item was handed over already.' },
  'accounts.kind_changed': {
    zh: '业务种类不能改，请撤回后另报。',
    en: 'The kind cannot be changed; withdraw it and begin another one.',
  },
  'accounts.lock_decided': { zh: '这次锁定已经有了决定。', en: 'This lock has its decision.' },
  'accounts.lock_ended': { zh: '这次锁定已经结束。', en: 'This lock has ended.' },
  'accounts.lock_has_result': { zh: '结论日期已经登记。', en: 'The day of the result is noted already.' },
  'accounts.member_kept': {
    zh: '企业微信没有删除这个成员（错误码 {errcode}）。',
    en: '企业微信 did not delete this member (errcode {errcode}).',
  },
  'accounts.no_lock': { zh: '没有找到要解除的锁定。', en: 'There is no such lock to end.' },
  'accounts.no_proof': {
    zh: '请写明办理情况或上传凭证。',
    en: 'Give a proof: a note or a file.',
  },
  'accounts.no_sender': { zh: '请先选单位。', en: 'Choose the unit first.' },
  'accounts.nobody_leaves': {
    zh: '这个人没有离职、调动或锁定，不能交接。',
    en: 'Nobody takes over from somebody who neither leaves nor moves nor is locked.',
  },
  'accounts.not_a_sender': { zh: '这个单位不用报送。', en: 'This unit does not send this request.' },
  'accounts.not_a_signer': { zh: '这张交接单不用你签字。', en: 'You do not sign this sheet.' },
  'accounts.not_acceptor': { zh: '你不能受理这项业务。', en: 'You may not accept this request.' },
  'accounts.not_inspected': { zh: '这个系统不做巡检。', en: 'This system is not inspected.' },
  'accounts.not_it': { zh: '只有账号管理人员能办。', en: 'Only account administrators may do this.' },
  'accounts.not_now': { zh: '现在不能这样办，请刷新后再看。', en: 'This cannot be done now.' },
  'accounts.not_visible': { zh: '没有找到，或者你不能查看。', en: 'Not found, or not visible to you.' },
  'accounts.not_your_person': { zh: '这个人不在所选的单位。', en: 'This person is not in the unit named.' },
  'accounts.not_your_unit': { zh: '只能办本单位的事。', en: 'This belongs to another unit.' },
  'accounts.nothing_to_do': {
    zh: '没有可以办理的账号，请核对这个人现有的账号。',
    en: 'There is no account to act on.',
  },
  'accounts.own_request': {
    zh: '自己报的或关于自己的，要由别人办。',
    en: 'What you sent or what concerns you is done by somebody else.',
  },
  'accounts.replied_already': { zh: '这个账号已经答复。', en: 'This account was answered for already.' },
  'accounts.second_hand': {
    zh: '这个人没有离职、调动或锁定，人事发起的交接要由其单位或账号管理人员执行。',
    en: 'This person neither leaves nor moves nor is locked: what HR began is carried out by their unit or by IT.',
  },
  'accounts.second_person': {
    zh: '注销要由受理人以外的另一人执行。',
    en: 'A second person deletes, not the one who accepted.',
  },
  'accounts.sheet_not_executed': { zh: '交接以后才能签字。', en: 'Sign after the hand-over.' },
  'accounts.sheet_over': { zh: '这张交接单已经结束。', en: 'This sheet is over.' },
  'accounts.state_forbids': {
    zh: '账号现在的状态不能这样办。',
    en: 'The present state of the account does not allow this.',
  },
  'accounts.successor_inactive': { zh: '接手人已停用，请换一位。', en: 'The successor is not active.' },
  'accounts.successor_is_you': {
    zh: '不能交给自己，请由别人来选你。',
    en: 'Nobody takes over by their own hand.',
  },
  'accounts.successor_self': { zh: '不能交给本人。', en: 'Nobody hands over to themselves.' },
  'accounts.too_late_to_recall': { zh: '已经开始注销，不能撤回。', en: 'Deletion has begun.' },
  'accounts.undo_over': { zh: '撤回的期限已过。', en: 'The time to take it back is over.' },
  'accounts.link_known': { zh: '这条数据对接已经登记。', en: 'This data link is noted already.' },
  'accounts.link_to_itself': { zh: '提供方和使用方不能是同一个系统。', en: 'A link joins two systems.' },
  'accounts.system_in_file': {
    zh: '这个系统在本院的设置文件里，请在那里改。',
    en: 'This system stands in the settings file; change it there.',
  },
  'accounts.system_known': { zh: '代号 {system} 已经登记。', en: 'The code {system} is registered already.' },
  'accounts.too_many_systems': { zh: '最多登记 {most} 个系统。', en: 'At most {most} systems.' },
  'accounts.unknown_link': { zh: '没有找到这条数据对接。', en: 'No such data link.' },
  'accounts.unknown_case': { zh: '没有找到这条迟报记录。', en: 'No such late case.' },
  'accounts.unknown_item': { zh: '没有找到这一项。', en: 'No such item.' },
  'accounts.unknown_person': { zh: '没有找到这个人。', en: 'No such person.' },
  'accounts.unknown_system': { zh: '没有登记这个系统：{system}。', en: 'No such system: {system}.' },
  'accounts.unknown_unit': { zh: '没有找到这个单位。', en: 'No such unit.' },
  'accounts.window_open': {
    zh: '巡检期还没结束，{day} 起才能做。',
    en: 'The period is not over; inspect from {day} on.',
  },
} as const satisfies Phrases;
