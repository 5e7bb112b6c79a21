/** Words of the page of many decisions; they travel with it (copy rules of PHONE.md: 你). */
export const words = {
  title: '批量同意',
  all: '全选',
  none: '全不选',
  open: (title: string) => `打开${title}`,
  pick: (title: string, who: string) => `${who}，${title}`,
  agree: (n: number) => (n === 0 ? '选几件' : `同意 ${n} 件`),
  done: (n: number) => `已同意 ${n} 件`,
  failed: (n: number) => `${n} 件没有办成`,
  gone: '同意前已有变化',
  more: '只列最急的 50 件，处理完再看后面的。',
  empty: '没有可以批量同意的',
  emptyText: '都处理完了，或者要逐件打开。',
  back: '回待办',
  ask: (n: number) => `同意这 ${n} 件？`,
  askOutliers: (n: number) => `其中 ${n} 件和别的不一样，看过再定。`,
  confirm: '同意',
} as const;
