/** 手写签名. */
export const w = {
  title: '签名并同意',
  pad: '在这里手写签名',
  clear: '清除重写',
  undo: '撤销一笔',
  empty: '请先签名',
  byKeyboard: '不方便手写？用键盘签名',
  byHand: '改为手写签名',
  name: '键入本人姓名',
  typedNote: '审批记录会写明这是键盘签名。',
  drawnNote: '签名随这次同意存档，每次都要重新签。',
  comment: '审批意见',
  commentNeeded: '这一步需要写意见',
  send: '签名并同意',
  picture: (name: string) => `${name}的签名`,
  how: { drawn: '手写签名', typed: '键盘签名' },
  mark: (mark: string) => `校验 ${mark}`,
};
