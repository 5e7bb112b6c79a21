/** Words of hand-over sheets. */
import { num } from '../../ui/num.ts';

export const handoverWords = {
  sheets: {
    title: '没办完的交接单',
    boxes: { all: '全部', unit: '我单位的', mine: '交给我的' },
    none: { all: '没有没办完的交接。', unit: '本单位没有没办完的交接。', mine: '没有交给您的。' },
    rows: '共几件',
    missing: '没选接手人',
    toMe: '交给我',
    since: '开单',
  },
  sheet: {
    what: '交接单',
    title: (name: string) => `${name}的交接单`,
    states: { open: '交接中', executed: '等签字', closed: '已办完', undone: '已撤回' },
    sum: (total: number, settled: number) => `${num(settled)} / ${num(total)} 件有着落`,
    executedAt: (time: string) => `${time} 交接`,
    undoUntil: (time: string) => `${time} 以前可整单撤回`,
    print: '打印',
    tryOut: '试一遍',
    tried: '试过了，没有改任何东西',
    undo: '整单撤回…',
    sign: '签字',
    signFor: (n: number) => `接下 ${num(n)} 件，签字`,
    execute: (n: number, missing: number) =>
      n === 0
        ? '没有要交的，去签字'
        : missing > 0
          ? `交接 ${num(n)} 件（还差 ${num(missing)} 件）`
          : `交接 ${num(n)} 件`,
    items: '要交接的东西',
    all: '全部交给',
    fill: (n: number) => `填到没选的 ${num(n)} 件`,
    allHint: '逐件可改，选过的不会被盖掉',
    filled: (n: number) => `填好 ${num(n)} 件，请试一遍`,
    assigned: (title: string) => `${title}：接手人已改，请再试一遍`,
    empty: '名下什么都没有',
    emptyText: '没有待办、群、席位要交。试一遍确认，再签字，就可以进等待期。',
    thing: '东西',
    detail: '说明',
    successor: '接手人',
    successorOf: (title: string) => `${title}的接手人`,
    outcome: '结果',
    modes: { choose: '', auto: '自动', revoke: '不移交', statement: '本人备份' },
    notTried: '还没试',
    verdicts: {
      takes: { tone: 'green', words: '可接' },
      merges: { tone: 'blue', words: '并入' },
      refuses: { tone: 'red', words: '接不了' },
      auto: { tone: '', words: '不用选' },
      revokes: { tone: 'orange', words: '收回' },
      stated: { tone: 'amber', words: '等本人' },
      missing: { tone: 'red', words: '要选' },
    },
    results: {
      done: { tone: 'green', words: '已交' },
      merged: { tone: 'blue', words: '已并入' },
      revoked: { tone: 'orange', words: '已收回' },
      failed: { tone: 'red', words: '没交成' },
      undone: { tone: '', words: '已撤回' },
      kept: { tone: 'amber', words: '撤不回' },
    },
    harmless: '试一遍不改任何东西',
    untried: '还没有试过，试过才能交接',
    triedAt: (at: string, until: string) => `${at} 试的，到 ${until} 有效`,
    failedLead: (n: number) => `${num(n)} 件没交成`,
    failedText: '别的都交好了。改一下接手人再试，只会做没成的。',
    after: '交接后',
    noLoad: '还没有选接手人',
    more: (name: string) => `${name}多`,
    pieces: '件',
    clockNote: '时限不重来：已用的时间照算，交接前的超期仍算在原来的人名下。',
    signers: '谁签字',
    signed: '已签',
    waiting: '等签',
    unit: '单位',
    roles: { unit: '（单位）', successor: '（接手人）' },
    signedNow: '已签字',
    closedNow: '都签好了，交接办完',
    executeTitle: (name: string) => `交接${name}名下的东西`,
    phrase: (n: number) => `交接${n}件`,
    executeLead: '一件不成不影响别的。交接后要接手人和单位签字。',
    executed: (done: number, merged: number, failed: number) =>
      [
        `交好 ${num(done)} 件`,
        merged > 0 ? `并入 ${num(merged)} 件` : '',
        failed > 0 ? `没交成 ${num(failed)} 件` : '',
      ]
        .filter((part) => part !== '')
        .join('，'),
    undoTitle: '整单撤回',
    undoLead: '接手人还没办的还给原来的人；已经办掉的不回退，会逐件写明。',
    undoAct: '整单撤回',
    undone: (done: number, kept: number) =>
      kept > 0 ? `撤回 ${num(done)} 件，${num(kept)} 件撤不回` : `撤回 ${num(done)} 件`,
  },
} as const;
