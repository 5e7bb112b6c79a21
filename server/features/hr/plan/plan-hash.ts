import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { MadePlan, PlannedChange } from './types.ts';

/** Line numbers are left out: another order of rows is the same plan. */
const matters = ({ lines: _lines, ...change }: PlannedChange): unknown => change;

/**
 * SHA-256 over the canonical JSON of source, cut-off, completeness and the SHA-256 of each change in its order; the
 * changes one by one, so that a first load of 100,000 people never is one text. A stored plan can be checked with it.
 */
export function planHash(
  plan: Pick<MadePlan, 'sourceKey' | 'cutOffAt' | 'complete' | 'changes' | 'withdrawn'>,
  hash: (text: string) => string,
): string {
  const digest = (change: PlannedChange): string => hash(canonicalJson(matters(change)));
  return hash(
    canonicalJson({
      sourceKey: plan.sourceKey,
      cutOffAt: plan.cutOffAt,
      complete: plan.complete,
      changes: plan.changes.map(digest),
      withdrawn: plan.withdrawn.map(digest),
    }),
  );
}
