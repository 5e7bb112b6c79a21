/** What is put back without asking, and what waits for a person (D2, D3, D11). Pure. */
import { isMass, type MassLimits } from '../../drift/guard.ts';
import type { FindingKind } from './compare-tag.ts';

/** Taking many people out of tags takes messages and apps from them: somebody looks first. */
export const TAG_LIMITS: MassLimits = { subjects: 50, share: 0.2, shareFrom: 10 };

/**
 * Put back so often within a week and changed again: another system writes it, or 企业微信 does not show us whom it
 * holds. Going on would be a call a night for ever.
 */
export const MOST_RETURNS = 3;

export interface Weighed {
  readonly id: string;
  readonly kind: FindingKind;
  /** People it concerns: those of a whole department, else one. */
  readonly people: number;
  /** How often it was put back within the week. */
  readonly returns: number;
}

export interface Situation {
  /** Found now, not decided by a person. */
  readonly found: readonly Weighed[];
  /** People taken out within the last day. */
  readonly takenToday: number;
  /** Everybody in all tags. */
  readonly tagged: number;
  /** Tags that were looked at. */
  readonly tags: number;
}

const TAKES: ReadonlySet<FindingKind> = new Set(['putIn', 'stranger', 'department']);
export const takesOut = (kind: FindingKind): boolean => TAKES.has(kind);

/** More than two tags gone, and more than half of all, is a fault or an accident, not a hand's work (A2). */
const isGoneForMany = (gone: number, tags: number): boolean => gone > 2 && gone * 2 > tags;

/** Ids of what a person must decide. */
export function held({ found, takenToday, tagged, tags }: Situation): ReadonlySet<string> {
  const taking = found.filter(({ kind }) => takesOut(kind));
  const people = taking.reduce((sum, one) => sum + one.people, takenToday);
  const gone = found.filter(({ kind }) => kind === 'deleted');
  return new Set([
    ...found.filter(({ returns }) => returns >= MOST_RETURNS).map(({ id }) => id),
    ...(isMass(people, tagged, TAG_LIMITS) ? taking.map(({ id }) => id) : []),
    ...(isGoneForMany(gone.length, tags) ? gone.map(({ id }) => id) : []),
  ]);
}
