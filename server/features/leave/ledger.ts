/**
 * The account of a person, a type of leave and a year is a list of entries that only grows; what is left is their sum.
 * Counted in half days, so that nothing is ever rounded. Pure.
 */

/**
 * granted: by years of service, also what a change of them takes away. adjusted: by HR. carriedIn, carriedOut: from and
 * into the year beside it. lapsed: not taken in time. held, released: by a running request. used, returned: by an
 * approved one, and by coming back early or not going.
 */
export const ENTRY_KINDS = [
  'granted',
  'adjusted',
  'carriedIn',
  'carriedOut',
  'lapsed',
  'held',
  'released',
  'used',
  'returned',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Entry {
  readonly kind: EntryKind;
  /** Half days, signed: what it does to what is left. */
  readonly halves: number;
}

export interface Standing {
  /** Something was given, or not given on purpose; until then nothing limits. */
  readonly hasAccount: boolean;
  readonly left: number;
  /** By service and by HR. */
  readonly granted: number;
  readonly carriedIn: number;
  readonly carriedOut: number;
  readonly lapsed: number;
  readonly held: number;
  readonly used: number;
}

const OPENING: readonly EntryKind[] = ['granted', 'adjusted', 'carriedIn'];

/** Amounts are positive but `left` and `granted`, which are what they are. */
export function standingOf(entries: readonly Entry[]): Standing {
  const sum = (...kinds: EntryKind[]) =>
    entries.reduce((all, { kind, halves }) => (kinds.includes(kind) ? all + halves : all), 0);
  return {
    hasAccount: entries.some(({ kind }) => OPENING.includes(kind)),
    left: sum(...ENTRY_KINDS),
    granted: sum('granted', 'adjusted'),
    carriedIn: sum('carriedIn'),
    carriedOut: 0 - sum('carriedOut'),
    lapsed: 0 - sum('lapsed'),
    held: 0 - sum('held', 'released'),
    used: 0 - sum('used', 'returned'),
  };
}

/** What a request should have of one account, half days. */
export interface Claim {
  readonly held: number;
  readonly used: number;
}

/**
 * The entries that bring a request's part of an account to what it should be; none when it is there already, so that
 * it may be asked at any time and twice: hold, use, release, give some back, ask for more.
 */
export function entriesToward(known: readonly Entry[], { held, used }: Claim): Entry[] {
  const now = standingOf(known);
  return [move(held - now.held, 'held', 'released'), move(used - now.used, 'used', 'returned')].flatMap(
    (entry) => entry ?? [],
  );
}

const move = (more: number, taking: EntryKind, giving: EntryKind): Entry | null =>
  more === 0 ? null : { kind: more > 0 ? taking : giving, halves: 0 - more };

/** Carried days are taken first; what of them nobody asked for. */
export const unusedCarried = ({ carriedIn, held, used, lapsed, left }: Standing): number =>
  Math.max(0, Math.min(left, carriedIn - held - used - lapsed));

/** What of a year that is over goes into the next one and what lapses. Days that were carried once lapse. */
export function closingOf(
  standing: Standing,
  rule: { readonly maxHalves: number | null; readonly isOver: boolean } | null,
): { readonly carried: number; readonly lapsed: number } {
  const left = Math.max(0, standing.left);
  if (rule === null || rule.isOver) return { carried: 0, lapsed: left };
  const own = left - unusedCarried(standing);
  const most = rule.maxHalves === null ? own : Math.max(0, rule.maxHalves - standing.carriedOut);
  const carried = Math.min(own, most);
  return { carried, lapsed: left - carried };
}
