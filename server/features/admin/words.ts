/** Chinese names of what the record says in codes. A code without a name is shown as it is. */

const ROOMS: Readonly<Record<string, string>> = {
  access: '登录与权限',
  accounts: '账号',
  approvals: '审批',
  audit: '审计',
  directory: '通讯录',
  files: '附件',
  hr: '人事数据',
  jobs: '后台任务',
  people: '人员',
  scim: '身份系统',
  supervision: '督办',
};

const ACTIONS: Readonly<Record<string, string>> = {
  'access.signIn': '登录',
  'access.grant': '给角色',
  'access.revoke': '收回角色',
  'access.delegate': '给分级管理权',
  'access.changeDelegation': '改分级管理权',
  'access.endDelegation': '结束分级管理权',
  'access.holderChanged': '管理员本人有变动',
  'accounts.read': '看账号',
  'accounts.read_rows': '取交换名单',
  'accounts.read_lock_reason': '看锁定原因',
  'accounts.lock_result': '登记处理结果',
  'accounts.backup': '确认已备份',
  'accounts.open_sheet': '开交接单',
  'accounts.assign_successor': '选接手人',
  'accounts.execute_sheet': '执行交接',
  'accounts.sign_sheet': '签交接单',
  'accounts.undo_sheet': '撤回交接',
  'accounts.inspect': '月度巡检',
  'accounts.reply': '答复巡检函',
  'accounts.import_evidence': '导入使用记录',
  'accounts.take_stock': '登记已有账号',
  'accounts.instruct_circular': '批示通报',
  'approvals.submit': '提交申请',
  'approvals.approve': '同意',
  'approvals.reject': '不同意',
  'approvals.withdraw': '撤回申请',
  'approvals.transfer': '转交',
  'approvals.comment': '评论',
  'approvals.remind': '催办',
  'approvals.assign': '指定审批人',
  'approvals.publish_template': '发布审批模板',
  'audit.list': '看审计记录',
  'audit.open': '看一条审计记录',
  'audit.clocks': '看时限经过',
  'audit.export': '导出审计记录',
  'audit.verify': '核验审计记录',
  'audit.forgetPerson': '销毁个人密钥',
  'directory.import': '导入花名册',
  'directory.hired': '入职',
  'directory.rehired': '重新入职',
  'directory.changed': '改资料',
  'directory.posts': '改岗位',
  'directory.manager': '改直属上级',
  'directory.left': '离职',
  'directory.retired': '退休',
  'directory.lock': '锁定',
  'directory.unlock': '解锁',
  'directory.created': '新建单位',
  'directory.heads': '改单位负责人',
  'directory.leader': '改分管领导',
  'directory.dissolved': '撤销单位',
  'directory.merged': '合并单位',
  'directory.driftPutBack': '差异放回',
  'directory.driftTake': '差异转人事',
  'directory.driftIgnore': '差异不管',
  'directory.driftReopen': '差异撤回处理',
  'directory.driftLink': '认成员',
  'directory.driftPolicy': '改差异规则',
  'directory.driftCompare': '比对通讯录',
  'directory.deletionAsked': '要求从企业微信删除',
  'directory.memberDeleted': '已从企业微信删除',
  'directory.memberNotDeleted': '没能从企业微信删除',
  'directory.rewritten': '重新写入企业微信',
  'files.upload': '上传附件',
  'hr.upload': '上传人事表',
  'hr.fixCell': '改一格',
  'hr.makePlan': '生成计划',
  'hr.confirmPlan': '复核计划',
  'hr.stopPlan': '拦下计划',
  'hr.outdatePlan': '计划作废',
  'hr.startRun': '开始执行',
  'hr.finishRun': '执行完',
  'hr.acceptSource': '认可来源',
  'people.reveal': '看完整信息',
  'people.export': '导出人员',
};

const TARGETS: Readonly<Record<string, string>> = {
  account_case: '账号事项',
  account_late_case: '逾期事项',
  account_lock: '锁定',
  account_request: '账号申请',
  account_system: '系统',
  approval: '审批单',
  audit: '审计记录',
  calendar: '工作日历',
  delegation: '分级管理权',
  file: '附件',
  hrBatch: '人事批次',
  hrPlan: '人事计划',
  hrSource: '数据来源',
  people: '人员名单',
  person: '人',
  set: '人员集合',
  template: '审批模板',
  unit: '单位',
};

const VIA: Readonly<Record<string, string>> = {
  h5: '网页',
  card: '卡片按钮',
  chat: '聊天',
  console: '管理台',
  cli: '命令行',
  system: '系统自动',
};

const FAULTS: Readonly<Record<string, string>> = {
  changed: '封好后被改过',
  missing: '不见了',
  inserted: '是插进来的，或换过位置',
  tail_cut: '和它后面的都被截掉了',
  rewritten: '和库外的封头对不上，记录被整个改写过',
  personal_changed: '的个人内容不是当初写的那份',
  personal_missing: '的个人内容不见了',
  personal_inserted: '多出一份个人内容',
  key_missing: '等条目的个人密钥不见了',
  key_changed: '等条目的个人密钥被换过',
  key_destroyed: '等条目的个人密钥被销毁，却没有销毁记录',
};

export const actionWords = (action: string): string => ACTIONS[action] ?? action;
export const targetWords = (type: string): string => TARGETS[type] ?? type;
export const viaWords = (via: string): string => VIA[via] ?? via;
export const faultWords = (kind: string): string => FAULTS[kind] ?? kind;
/** How rooms say that it went through. */
export const WENT_WELL = ['ok', 'done', 'success'] as const;
const RESULTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(WENT_WELL.map((result) => [result, '成功'])),
  already: '早已如此',
  returned: '退回补正',
  failed: '失败',
  partial: '部分成功',
  unknown: '拒绝：不认识这个人',
  locked: '拒绝：账号锁定',
  left: '拒绝：已离开',
};
export const resultWords = (result: string): string => RESULTS[result] ?? result;

/** Roles that follow from the directory; the others have their names in config/roles.json. */
export const DERIVED_ROLES: Readonly<Record<string, string>> = { staff: '教职工', unitHead: '部门负责人' };

/** Rooms first, then single acts: what a filter offers. */
export const ACTION_CHOICES: readonly { readonly action: string; readonly words: string }[] = [
  ...Object.entries(ROOMS).map(([action, words]) => ({ action, words: `${words}：全部` })),
  ...Object.entries(ACTIONS).map(([action, words]) => ({ action, words })),
];
