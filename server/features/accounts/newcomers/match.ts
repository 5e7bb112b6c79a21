/** Who of HR's record a reported newcomer is (B2 to B5). Pure: prints and names in, pairs out, in any order of them. */
import type { IdPaperType, LinkedBy } from './contract.ts';

/** What tells people apart, of a newcomer or of somebody in the record. */
export interface Marks {
  readonly name: string;
  readonly idType: IdPaperType | null;
  readonly idNumberPrint: string | null;
  readonly mobilePrint: string | null;
}

export interface Reported extends Marks {
  readonly newcomerId: string;
  /** People HR said they are not. */
  readonly rejected: readonly string[];
}

export interface Recorded extends Marks {
  readonly personId: string;
  readonly state: 'active' | 'locked' | 'left';
}

/** `differ`: two numbers that contradict; `weak`: not enough to link by itself. */
export type Likeness = 'idNumber' | 'mobileAndName' | 'weak' | 'differ';

/**
 * B3, B5: the ID number decides, and where both have one nothing else is asked; else mobile and name together. A name
 * alone, or a mobile alone (a recycled number), is never enough.
 */
export function likenessOf(newcomer: Marks, person: Marks): Likeness {
  const sameType = newcomer.idType === null || person.idType === null || newcomer.idType === person.idType;
  if (newcomer.idNumberPrint !== null && person.idNumberPrint !== null)
    return newcomer.idNumberPrint === person.idNumberPrint && sameType ? 'idNumber' : 'differ';
  const sameMobile = newcomer.mobilePrint !== null && newcomer.mobilePrint === person.mobilePrint;
  return sameMobile && newcomer.name === person.name ? 'mobileAndName' : 'weak';
}

export interface Pair {
  readonly newcomerId: string;
  readonly personId: string;
  readonly by: Exclude<LinkedBy, 'hand'>;
}

const STRENGTHS = ['idNumber', 'mobileAndName'] as const;

/**
 * Who is linked without a human: where exactly one newcomer and exactly one person who is here mean each other, by the
 * stronger mark first. Several candidates on either side are nobody's (B3); what HR told apart stays apart.
 */
export function pairsOf(newcomers: readonly Reported[], people: readonly Recorded[]): Pair[] {
  const pairs: Pair[] = [];
  const here = people.filter(({ state }) => state !== 'left');
  const taken = new Set<string>();
  for (const by of STRENGTHS) {
    const likely = newcomers.flatMap((newcomer) =>
      here
        .filter(
          (person) =>
            !taken.has(newcomer.newcomerId) &&
            !taken.has(person.personId) &&
            likenessOf(newcomer, person) === by,
        )
        .map(({ personId }) => ({ newcomer, personId })),
    );
    for (const { newcomer, personId } of likely) {
      const { newcomerId, rejected } = newcomer;
      const isOnly =
        likely.filter((one) => one.newcomer.newcomerId === newcomerId || one.personId === personId).length ===
        1;
      if (isOnly && !rejected.includes(personId)) pairs.push({ newcomerId, personId, by });
    }
    for (const { newcomerId, personId } of pairs) taken.add(newcomerId).add(personId);
  }
  return pairs;
}

export type Clash =
  | { readonly kind: 'known'; readonly field: 'idNumber' | 'mobile'; readonly personId: string }
  | { readonly kind: 'mobileTaken' }
  | { readonly kind: 'reported'; readonly newcomerId: string }
  | { readonly kind: 'mobileReported' };

/**
 * S2-14a, B4: why this newcomer cannot be reported. Somebody who left does not stand in the way: with the same ID
 * number they come back (B7), with the same mobile they are somebody else (B5).
 * @param reported those who are waited for, without this one
 */
export function clashOf(
  newcomer: Marks,
  people: readonly Recorded[],
  reported: readonly Reported[],
): Clash | null {
  const here = people.filter(({ state }) => state !== 'left');
  for (const by of STRENGTHS) {
    const person = here.find((one) => likenessOf(newcomer, one) === by);
    const field = by === 'idNumber' ? 'idNumber' : 'mobile';
    if (person) return { kind: 'known', field, personId: person.personId };
  }
  const sameMobile = (one: Marks) =>
    newcomer.mobilePrint !== null && one.mobilePrint === newcomer.mobilePrint;
  const again = reported.find((one) => likenessOf(newcomer, one) === 'idNumber');
  if (again) return { kind: 'reported', newcomerId: again.newcomerId };
  if (here.some(sameMobile)) return { kind: 'mobileTaken' };
  return reported.some(sameMobile) ? { kind: 'mobileReported' } : null;
}
