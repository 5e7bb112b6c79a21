/** The rarer acts on a request's page; apart from zh-CN.ts, whose words every first load carries. */
export const w = {
  sendBack: '退回',
  sendBackExplain: '改好再审',
  transferExplain: '交给别人审批',
  commentExplain: '只留言，不决定',
  resubmit: '去修改',
  revoke: '撤销',
  print: '打印',
  circulate: '传阅',
  circulateExplain: '请人阅读，不审批',
  add: '加签',
  addExplain: '再请人一起审批',
  terminate: '终止',
  terminateExplain: '由管理员结束申请',
  whyPassed: '为什么不再审批',
};
