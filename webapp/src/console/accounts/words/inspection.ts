/** Words of the monthly inspection. */
import { num } from '../../ui/num.ts';

export const inspectionWords = {
  verdicts: { active: '有操作', excluded: '按规定不列', listed: '列入', undecided: '不能下结论' },

  inspections: {
    what: '这次巡检',
    sub: '每月每个系统一次：一个月没有操作的账号列出来，发函给单位答复。',
    make: '做一次巡检…',
    makeTitle: '做一次巡检',
    makeAct: '开始巡检',
    makeLead: '巡检期结束后才能做。证据齐全才下结论、发函；同一个月再做一次是新的一版，发过的函不重发。',
    month: '月份',
    monthOf: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
    title: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月巡检`,
    version: (n: number) => `第 ${n} 版`,
    total: '账号',
    totalNote: '截止时没有注销的',
    states: { decided: '已有结论', undecided: '证据不齐', running: '正在巡检' },
    open: '看结果',
    openOf: (month: string, system: string) => `看${month}${system}的结果`,
    empty: '还没有做过巡检',
    emptyText: '每月巡检期结束后做一次。',
    window: (from: string, until: string) => `看 ${from} 起、${until} 前有没有操作`,
    ranAt: (time: string) => `${time} 做的`,
    once: '发过的函不重发',
    figures: '结论',
    redo: '再做一版',
    again: '新的一版做好了，发过的函没有重发',
    notes: { active: '各来源合在一起看', excluded: '入职、请假、锁定等', listed: '发函答复' },
    whys: {
      active: '期内在任一来源有过操作的账号。有操作就算在用，不再看别的原因。',
      excluded: '期内没有操作，但有规定的原因：期内入职或开通、锁定、请假。每个账号写明是哪一条。',
      listed: '期内没有操作，也没有规定的原因。每个单位一封函，院领导的发给指定的办公室。',
    },
    runningLead: '正在巡检',
    running: (n: string) => `已看 ${n} 个账号。全部看完才下结论、发函；离开这一页也会做完。`,
    undecidedLead: '证据不齐，没有下结论，也没有发函',
    undecided: (sources: string) => `${sources}没取到，或没有取到巡检期末。补上以后再做一版。`,
    afterLead: '答复以后',
    after: '答“已离职”的当即停用、开补报单，晚了几个工作日记在单位名下。通报只在领导批示后做。',
    toLate: '去逾期清单登记批示',
  },

  stock: {
    open: '登记已有账号…',
    title: '登记已有账号',
    act: '登记',
    lead: '用这个系统以前就有的账号，在这里登记一次，以后才能锁定、注销、巡检。再做一次只补缺的，不改别的。',
    done: (n: number, system: string) =>
      n > 0 ? `${system}登记了 ${num(n)} 个账号` : `${system}没有缺的，什么都没变`,
  },

  letters: {
    title: '函与答复',
    sub: '3 个工作日内逐个账号答复，手机上就能回',
    none: '没有发函',
    accounts: '账号',
    sentAt: '送达',
    replied: '已答复',
    repliedOf: (n: number, total: number) => `${num(total)} 个账号已答复 ${num(n)} 个`,
    count: (n: number) => `发函 ${num(n)} 封`,
    leaders: '（院领导）',
    done: '已回齐',
    waiting: '等答复',
    open: '看答复',
  },

  letter: {
    what: '这封函',
    title: (unit: string) => `${unit}的巡检函`,
    open: (n: number) => `还差 ${num(n)} 个账号`,
    sentAt: (time: string) => `${time} 送达`,
    within: '3 个工作日内答复',
    reply: '答复',
    reason: '原因',
    boxes: { open: '待答复', answered: '已答复' },
    allAnswered: '都答复了',
    noneAnswered: '还没有答复',
    answer: '答复…',
    answerTitle: (name: string) => `答复：${name}`,
    answerAct: '答复',
    answerLeft: '答复已离职，停用账号',
    replied: '已答复',
    repliedLeft: '已答复，账号停用，补报单已开',
  },

  findings: {
    title: '证据',
    sub: '每格是该来源最后一次的日期，灰色在期外，— 是没有',
    verdict: '结论',
    unread: '没取到',
    none: '没有这样的账号',
    foot: '灰色日期在期外，只供参考',
  },

  sources: {
    title: '证据来源',
    sub: '取到期末才够',
    enough: '够',
    short: '不够',
    absent: '没取到',
    cutOff: (time: string) => `截至 ${time}`,
  },

  evidence: {
    open: '导入证据…',
    title: '导入后台导出的证据',
    act: '导入并再做一版',
    phrase: (n: number) => `导入${n}行`,
    lead: '文件里要有工号（或账号）和最后操作时间两列。同一来源再导一次，替换上一次的。',
    source: '哪个来源',
    file: '文件',
    fileHint: '.csv（UTF-8、GBK 都行）或 .xlsx',
    cutOff: '数据截至',
    cutOffHint: '导出那一刻的北京时间；要到巡检期末才够下结论',
    staffNoNames: ['工号', '账号', '帐号', '成员账号', 'UserID', 'userid'],
    timeNames: ['最后操作时间', '最近操作时间', '操作时间', '最后活跃时间', '最近登录时间', '时间', '日期'],
    noColumns: '没有找到“工号”和“最后操作时间”两列，请改好表头再选。',
    found: (n: number, silent: number) =>
      silent > 0
        ? `读到 ${num(n)} 行，另有 ${num(silent)} 行没有时间，按没有操作看。`
        : `读到 ${num(n)} 行。`,
    faulty: (lines: readonly number[]) =>
      `第 ${lines.slice(0, 5).map(num).join('、')}${lines.length > 5 ? ` 等 ${num(lines.length)}` : ''} 行的时间读不懂，应当像 2026-10-31 09:20。改好再选。`,
    outcome: (taken: number, faulty: number) =>
      taken > 0
        ? `导入了 ${num(taken)} 行，${num(faulty)} 行没有导入：`
        : `${num(faulty)} 行都不能导入，什么都没有改：`,
    fault: (line: number, who: string, words: string) => `第 ${num(line)} 行 ${who}：${words}`,
    goOn: '就按导入的再做一版',
    done: (rows: number, unknown: number) =>
      unknown > 0 ? `导入 ${num(rows)} 行，${num(unknown)} 行没有导入` : `导入 ${num(rows)} 行`,
  },
} as const;
