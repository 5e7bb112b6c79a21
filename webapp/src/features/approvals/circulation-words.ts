/** 传阅, and people named in a comment. */
export const w = {
  who: '选择传阅给谁',
  title: (names: string) => `传阅给${names}`,
  many: (count: number) => `传阅给 ${String(count)} 人`,
  field: '附言',
  hint: '对方会收到消息，能看这份申请并确认已读，不能审批。',
  send: '发出传阅',
  card: '传阅',
  askedBy: (name: string) => `${name}请你阅读这份申请`,
  confirm: '确认已读',
  sender: (name: string) => `${name}传阅`,
  notOpened: '未打开',
  opened: (when: string) => `${when} 打开`,
  confirmed: (when: string) => `${when} 确认`,
  mention: '提醒谁看',
  commentFiles: { label: '附件', required: false, help: '能看这份申请的人都能打开' },
  filesPending: { going: '附件还在上传，请稍候', failed: '有附件没传上去，请重传或删掉' },
} as const;
