import { groupBy } from '../../../kernel/group-by.ts';

export interface ListedAccount {
  readonly personId: string;
  /** The department it is counted in; null: nobody knows. */
  readonly unitId: string | null;
  /** S3-4d: the office that answers for this leader; null for who is none. */
  readonly leadersOfficeId: string | null;
}

export interface PlannedLetter {
  readonly unitId: string;
  readonly forLeaders: boolean;
  readonly personIds: readonly string[];
}

/**
 * S3-4c, 4d: one letter per unit with its accounts, leaders' accounts to the named office. G8: an account that is in a
 * letter of this month already is in no other one; a second version writes about the new ones only.
 */
export function lettersFor(
  listed: readonly ListedAccount[],
  alreadyTold: ReadonlySet<string>,
): { readonly letters: readonly PlannedLetter[]; readonly homeless: readonly string[] } {
  const fresh = listed.filter(({ personId }) => !alreadyTold.has(personId));
  const addressed = fresh.flatMap(({ personId, unitId, leadersOfficeId }) => {
    const to = leadersOfficeId ?? unitId;
    return to === null ? [] : [{ personId, to, forLeaders: leadersOfficeId !== null }];
  });
  const letters = [...groupBy(addressed, ({ to, forLeaders }) => `${to} ${forLeaders}`).values()].flatMap(
    (group) => {
      const [first] = group;
      if (!first) return [];
      return [
        { unitId: first.to, forLeaders: first.forLeaders, personIds: group.map(({ personId }) => personId) },
      ];
    },
  );
  const sent = new Set(addressed.map(({ personId }) => personId));
  return { letters, homeless: fresh.flatMap(({ personId }) => (sent.has(personId) ? [] : [personId])) };
}
