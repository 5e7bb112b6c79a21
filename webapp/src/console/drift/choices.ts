import type { Choice, Difference } from './api.ts';

const order = ['putBack', 'take', 'ignore'] as const satisfies readonly Choice[];

/** What may be chosen for a row, in the order of the keys 1 2 3. */
export const choicesOf = ({ can }: Pick<Difference, 'can'>): Choice[] =>
  order.filter((each) => can.includes(each));

/** The rule's proposal, where it is possible for this row. */
export function proposed(row: Difference): Choice | null {
  const choice = order.find((each) => each === row.proposed);
  return choice && row.can.includes(choice) ? choice : null;
}

/** Rows by what was chosen for them; those without a choice are counted. */
export function sortOut(
  rows: readonly Difference[],
  chosen: ReadonlyMap<string, Choice>,
): { groups: { act: Choice; ids: string[] }[]; undecided: number } {
  const of = (row: Difference): Choice | null => chosen.get(row.differenceId) ?? proposed(row);
  const groups = order.map((act) => ({
    act,
    ids: rows.filter((row) => of(row) === act).map(({ differenceId }) => differenceId),
  }));
  return {
    groups: groups.filter(({ ids }) => ids.length > 0),
    undecided: rows.filter((row) => of(row) === null).length,
  };
}
