/** Words of sending back, handing in again and revoking, apart from zh-CN.ts: they travel with these pages. */
export const words = {
  sendBack: {
    title: '退回这份申请',
    to: '退回到',
    applicant: (name: string) => `申请人 ${name}`,
    step: (title: string, names: string) => (names === '' ? title : `${title} ${names}`),
    field: '退回的原因',
    hint: '写明要改什么。已经做过的审批意见留在记录里，退回后重新审批。',
    send: '退回',
    needed: '请写明退回的原因',
  },
  revoke: {
    title: '撤销这份申请',
    field: '撤销的原因',
    hint: '审批人和被抄送的人会收到通知。已经发生的部分不能撤销，结果会写明。',
    send: '撤销申请',
    needed: '请写明撤销的原因',
    kept: (what: string) => `不能撤销：${what}`,
  },
  terminate: {
    title: '终止这份申请',
    field: '终止的原因',
    hint: '申请到此结束，不能恢复，只能重新申请。申请人会看到这段话。',
    send: '终止申请',
    needed: '请写明终止的原因',
  },
  again: {
    title: '修改后重新提交',
    reason: (name: string, reason: string) => `${name}退回：${reason}`,
    send: '重新提交',
    over: '这份申请不用重新提交',
    overText: '它可能已经重新提交，或已经结束。',
    see: '查看申请',
  },
} as const;
