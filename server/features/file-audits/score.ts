/** S1-1c: what an audit says of the data, in shares. Pure. */
import type { Figures, Verdict } from './contract.ts';

/** Shown beside every score; whoever reads a number reads what it is a share of. */
export const METHOD =
  '只算审核完的档案。完整率＝有内容的项 ÷ 审核的项；准确率＝合格的项 ÷ 有内容的项；合格率＝合格的项 ÷ 审核的项。' +
  '“缺”是档案里没有，“有误”是有但不对，由人事审核人逐项认定。离职退出的和结束时没审完的不算，另列份数。';

type Counts = Readonly<Record<Verdict, number>>;
export type Scores = Pick<Figures, 'completeness' | 'accuracy' | 'score'>;

export function scoresOf({ ok, missing, wrong }: Counts): Scores {
  const present = ok + wrong;
  const checked = present + missing;
  return {
    completeness: share(present, checked),
    accuracy: share(ok, present),
    score: share(ok, checked),
  };
}

/** Per cent, one decimal, never rounded up to 100 nor down to 0 while something speaks against it. */
function share(part: number, whole: number): number | null {
  if (whole === 0) return null;
  if (part === whole) return 100;
  if (part === 0) return 0;
  return Math.min(99.9, Math.max(0.1, Math.round((part / whole) * 1000) / 10));
}

export const NO_FIGURES: Omit<Figures, keyof Scores> = {
  people: 0,
  self: 0,
  unit: 0,
  hr: 0,
  done: 0,
  dropped: 0,
  unfinished: 0,
  overdue: 0,
  late: 0,
  ok: 0,
  missing: 0,
  wrong: 0,
};
export type Counted = typeof NO_FIGURES;

export const withScores = (counted: Counted): Figures => ({ ...counted, ...scoresOf(counted) });

const NAMES = Object.keys(NO_FIGURES) as (keyof Counted)[];

/** The whole of some units. */
export const sumOf = (all: readonly Counted[]): Counted =>
  NAMES.reduce<Counted>(
    (sum, name) => ({ ...sum, [name]: all.reduce((n, one) => n + one[name], 0) }),
    NO_FIGURES,
  );
