/** Words of the page of standing agents (CONSOLE.md section 8): 您; state, reason, next step. */
export const w = {
  title: '代理审批',
  sub: '谁在哪几天替谁审批。本人和代理人自己设置、自己结束；本人已锁定或联系不上时，由您结束。',
  what: '代理',
  states: { running: '有效', ended: '已结束' },
  stateLabel: '状态',
  order: '按设置时间，新的在前',
  columns: {
    principal: '本人',
    agent: '代理人',
    days: '日期',
    scope: '范围',
    state: '状态',
    atEnd: '结束后',
    act: '操作',
  },
  none: '现在没有代理',
  noneText: '有人请人代理审批后，会列在这里。',
  noneEnded: '没有结束的代理',
  noneEndedText: '到期和收回的代理会列在这里。',
  end: {
    act: '结束',
    label: (principal: string, agent: string) => `结束${agent}代${principal}的审批`,
    title: '结束代理',
    lead: (principal: string, agent: string, atEnd: string) =>
      `${agent}不再代${principal}审批。${atEnd}；本人不能审批的，仍由代理人处理。双方会收到消息和原因。`,
    reason: '原因',
    hint: '例如：本人账号已锁定，改由副职主持工作',
    go: '结束代理',
    done: '已结束，双方会收到消息',
  },
} as const;
