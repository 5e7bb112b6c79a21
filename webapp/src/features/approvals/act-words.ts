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
  whyPassed: '为什么不再审批',
};
