/** Words of the check of an account (PHONE.md section 4). */
export const w = {
  title: '核对账号使用',
  heading: (name: string) => `${name}的账号是不是本人在用`,
  why: '系统看到这些变化',
  note: '这些变化换手机、换号码时也会有，不说明账号转给了别人。请问一下本人，再选一项。',
  consequence: '系统不会因此锁定账号。选“已转他人使用”，由安全管理员接着处理。',
  answer: '核对结果',
  words: '怎么核对的',
  wordsHelp: '例如：打电话问过本人，换了新手机',
  wordsNeeded: '请写怎么核对的，至少两个字',
  choose: '请选一项',
  send: '答复',
  sent: '已答复',
  again: '已记下。本人回复后请再答复一次。',
  done: {
    ended: { title: '已答复', text: '这次核对办结了。' },
    reported: { title: '已上报安全管理员', text: '由安全管理员接着处理，账号没有变化。' },
  },
  gone: '没有找到这次核对',
  goneText: '可能已答复、已不归你办，或链接失效。',
  history: '经过',
  late: '超过时限',
} as const;
