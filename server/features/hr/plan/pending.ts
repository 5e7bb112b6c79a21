import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Settlement } from './settle.ts';
import type { PlannedChange } from './types.ts';

/** What a change does, to whom and when; not how it is told. */
export const printOf = ({ key, set, effectiveOn }: PlannedChange): string =>
  canonicalJson([key, set, effectiveOn]);

/**
 * A6 with A3: what already waits for its day is not planned again. What waits and is said no more, although the
 * statement speaks of the person or unit, is withdrawn.
 */
export function dropPending(
  changes: readonly PlannedChange[],
  pending: readonly PlannedChange[],
  { outlook, tree }: Settlement,
): { readonly changes: readonly PlannedChange[]; readonly withdrawn: readonly PlannedChange[] } {
  if (pending.length === 0) return { changes, withdrawn: [] };
  const waiting = new Set(pending.map(printOf));
  const keys = new Set(pending.map(({ key }) => key));
  const said = new Set(changes.filter(({ key }) => keys.has(key)).map(printOf));
  const spokenOf = new Set(
    outlook.base.settled.filter(({ row }) => !outlook.held.has(row)).map(({ row }) => row.staffNo),
  );
  const speaks = ({ target }: PlannedChange): boolean =>
    target.type === 'person' ? spokenOf.has(target.ref) : Boolean(tree.goals.get(target.ref)?.row);
  const isWaiting = (change: PlannedChange): boolean => keys.has(change.key) && waiting.has(printOf(change));
  const dropped = new Set(changes.filter(isWaiting).map(({ key }) => key));
  return {
    // What waits for its day already is not waited for here.
    changes: changes
      .filter(({ key }) => !dropped.has(key))
      .map((change) => ({ ...change, needs: change.needs.filter((key) => !dropped.has(key)) })),
    withdrawn: pending.filter((change) => speaks(change) && !said.has(printOf(change))),
  };
}
