/** Branches of a request's way. */
export const w = {
  parallel: '同时进行',
  chosen: '按条件走一路',
  path: (title: string, parallel: boolean) => `${title}（${parallel ? '同时进行' : '按条件'}）`,
  at: (names: readonly string[]) => `在${names.join('、')}处`,
  notTaken: '不走',
  states: { current: '进行中', done: '已完成', refused: '已拒绝', skipped: '不用处理' },
};
