import type { Phrases } from './types.ts';

export const approvalsDesignPhrases = {
  'approvals.template_retired': {
    zh: '这类申请已停用，不能再提交；已经提交的照常办完。',
    en: 'This kind of request is no longer in use; those already made go on.',
  },
  'approvals.not_designer': {
    zh: '设计审批模板要有模块管理员身份。',
    en: 'Designing templates takes the role of a module manager.',
  },
  'approvals.design_not_yours': {
    zh: '只能改自己负责的模板和分组，也不能把模板移到别人的分组。',
    en: 'You may change only templates and groups that are yours, and move none into another group.',
  },
  'approvals.template_key_taken': {
    zh: '编号 {key} 已有模板在用，换一个编号。',
    en: 'The key {key} is taken; choose another one.',
  },
  'approvals.draft_open': {
    zh: '这个模板已有一份草稿，接着改那一份。',
    en: 'This template has a draft already; go on with that one.',
  },
  'approvals.draft_unknown': {
    zh: '草稿不在了，可能已发布或放弃。',
    en: 'The draft is gone; it may have been published or discarded.',
  },
  'approvals.draft_changed': {
    zh: '草稿刚被别人改过，请重新打开再改。',
    en: 'Somebody else has just changed the draft; open it again.',
  },
  'approvals.draft_has_faults': {
    zh: '草稿还有 {count} 处错，先改好。',
    en: 'The draft has {count} faults; mend them first.',
  },
  'approvals.draft_unchanged': {
    zh: '草稿和现用的版本一样，不用发布，放弃即可。',
    en: 'The draft is the same as the version in force; discard it.',
  },
  'approvals.draft_needs_review': {
    zh: '这是敏感事项的模板，先送审，由没有改过的人核对后发布。',
    en: 'This template is sensitive: ask for a review; somebody who changed nothing publishes it.',
  },
  'approvals.draft_needs_second': {
    zh: '这份草稿你改过，敏感事项要由没有改过的人发布。',
    en: 'You changed this draft; a sensitive one is published by somebody who did not.',
  },
  'approvals.review_not_needed': {
    zh: '这个模板不是敏感事项，不用送审，直接发布。',
    en: 'This template is not sensitive; publish it without a review.',
  },
  'approvals.nothing_to_repair': {
    zh: '这一处已经好了，或要由人来定。',
    en: 'This is mended already, or for a person to decide.',
  },
  'approvals.no_file_offered': {
    zh: '没有等待比较的文件。',
    en: 'No file waits to be compared.',
  },
  'approvals.yaml_unreadable': {
    zh: '文件读不了，没有导入任何内容，原因见下。',
    en: 'The file cannot be read; nothing was imported. The reasons are below.',
  },
  'approvals.template_retired_already': {
    zh: '这个模板已经停用。',
    en: 'This template is retired already.',
  },
  'approvals.template_in_force': {
    zh: '这个模板正在使用，不用恢复。',
    en: 'This template is in force.',
  },
  'approvals.may_not_grant_design': {
    zh: '设计模板的权限由企业创建者和超级管理员授予。',
    en: 'The creator and super administrators give the right to design.',
  },
  'approvals.own_design_right': {
    zh: '不能给自己授权，请另一位超级管理员办。',
    en: 'Nobody gives a right to themselves; ask another super administrator.',
  },
  'approvals.design_person_gone': {
    zh: '申请里写的分级管理员不在岗，不能授权。',
    en: 'The administrator named in the request is not in service.',
  },
  'approvals.design_right_held': {
    zh: '这个人已有这项权限。',
    en: 'This person has this right already.',
  },
  'approvals.design_right_unknown': {
    zh: '没有这项授权。',
    en: 'There is no such right.',
  },
  'approvals.design_request_unfit': {
    zh: '要凭一份已通过的分级管理权限申请，模块是“审批”。没有找到这样的单号。',
    en: 'It takes an approved request for tiered administration of approvals; there is none of this number.',
  },
  'approvals.design_no_flow': {
    zh: '这份申请没有附流程说明，不能授予审批权限。',
    en: 'This request has no flow attached, so the right to approvals cannot be given.',
  },
} as const satisfies Phrases;
