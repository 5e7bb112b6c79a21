/** 修改表单: what a decider may change in a request. */
export const w = {
  title: '修改表单',
  card: '可以修改',
  open: '去修改',
  hint: (name: string) => `改动会留在审批记录里，${name}会收到提醒。`,
  save: '保存修改',
  saveAndApprove: '保存并同意',
  nothing: '还没有改动',
  over: '现在不能修改',
  overText: '这份申请不在你这里，或这一步不能修改表单。',
  see: '看这份申请',
} as const;
