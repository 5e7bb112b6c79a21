/** Branches of a request's way. */
import type { BranchesView } from '../../api/shapes.ts';

export const w = {
  parallel: '同时进行',
  hearsAll: '同时进行，有人拒绝也听完',
  chosen: '按条件走一路',
  path: (title: string, parallel: boolean) => `${title}（${parallel ? '同时进行' : '按条件'}）`,
  at: (names: readonly string[]) => `在${names.join('、')}处`,
  notTaken: '不走',
  states: { current: '进行中', done: '已完成', refused: '已拒绝', skipped: '不用处理' },
};

export const wayOf = ({ parallel, hearsAll }: Pick<BranchesView, 'parallel' | 'hearsAll'>): string => {
  if (!parallel) return w.chosen;
  return hearsAll ? w.hearsAll : w.parallel;
};
