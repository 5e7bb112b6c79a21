import { num } from '../ui/num.ts';

/** Words of the checks of accounts (CONSOLE.md section 8): 您; state, reason, next step. */
export const w = {
  title: '账号使用核对',
  what: '账号使用核对',
  sub: '系统看到账号可能换了人用（至少两种不同的变化）时，请单位核对。只有人的答复算数，系统从不自动锁定。',
  figures: {
    open: '待单位核对',
    reported: '待您处理',
    late: '超过时限',
    ended: '已办结',
    reportedOthers: '待安全管理员处理',
  },
  outcomes: (self: number, settled: number, none: number) =>
    `本人在用 ${num(self)}，上报处理 ${num(settled)}，不用再核对 ${num(none)}`,
  log: {
    until: (time: string) => `企业微信的成员操作记录读到 ${time}。`,
    never: '还没有读过企业微信的成员操作记录，每天 06:30 读一次。',
    lead: '读不到企业微信的成员操作记录',
    refused: (code: number) =>
      `企业微信返回 ${code}。请在管理后台“使用分析 → API”里把本应用加入可调用接口的应用；在此之前只看本系统的登录和换号。`,
  },
  onlyFigures: '名单由安全管理员看，这里只有数量。',
  states: { open: '待核对', reported: '已上报', ended: '已办结' },
  stateLabel: '状态',
  order: { open: '先提出的在前', reported: '先提出的在前', ended: '新办结的在前' },
  columns: {
    person: '姓名',
    unit: '部门',
    signs: '变化',
    holder: '谁在办',
    raisedAt: '提出',
    due: '时限',
    endedAt: '办结',
  },
  signCount: (n: number) => `${num(n)} 次`,
  empty: {
    open: '没有待核对的账号',
    openText: '看到两种以上变化时，系统请单位联络员或负责人核对。',
    reported: '没有上报的核对',
    reportedText: '单位答复“已转他人使用”，或两次说不清楚，会列在这里。',
    ended: '还没有办结的核对',
    endedText: '答复过的会列在这里，一年后删除。',
  },
  late: '超过时限',
  one: {
    heading: (name: string) => `${name}的账号`,
    held: (name: string) => `${name}在办`,
    signs: '系统看到的变化',
    note: '只记哪一天，不记时刻、地址、设备型号。',
    history: '经过',
    settle: '处理完毕',
    settleTitle: '处理完毕',
    settleLead: '这里只记怎么处理的，账号不会变。要锁定账号，请本单位或人事处报锁定申请，由有权的人决定。',
    words: '怎么处理的',
    hint: '例如：已请本单位报送锁定申请；或本人当面确认，账号已收回',
    go: '记为处理完毕',
    done: '已办结',
    missing: '没有找到这次核对',
    missingText: '可能不归您办，或链接失效。',
    toList: '去清单',
  },
} as const;
