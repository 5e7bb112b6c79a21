import { DAY_MS, MINUTE_MS } from '../../../kernel/dates.ts';
import { sameValue, type Value } from './values.ts';

/** `putBack` closes when the next reading agrees; `linked`: a stranger somebody recognised as one of ours. */
export type DifferenceState = 'open' | 'putBack' | 'taken' | 'ignored' | 'linked' | 'gone';

/**
 * How long one of our own writes may be on its way. A record written more recently is not judged but read again, and
 * a difference put back more recently is not open again.
 */
export const SETTLE_MS = 5 * MINUTE_MS;
/** An ignored difference is shown again after that. */
export const IGNORED_MS = 90 * DAY_MS;

export interface Standing {
  readonly state: DifferenceState;
  readonly ours: Value;
  readonly theirs: Value;
  readonly actedAt: number | null;
}

/** What a reading makes of a known difference; `seen`: nothing but the time it was last seen. */
export type Next =
  | { readonly kind: 'seen' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'settled'; readonly state: 'gone' | 'putBack' };

/** Still different: with these values. */
export function stillThere(row: Standing, found: { ours: Value; theirs: Value }, now: number): Next {
  const same = sameValue(row.ours, found.ours) && sameValue(row.theirs, found.theirs);
  switch (row.state) {
    case 'putBack':
      return { kind: (row.actedAt ?? 0) + SETTLE_MS > now ? 'seen' : 'reopened' };
    case 'taken':
      return { kind: same ? 'seen' : 'reopened' };
    case 'ignored':
      return { kind: same && (row.actedAt ?? 0) + IGNORED_MS > now ? 'seen' : 'reopened' };
    case 'linked':
      return { kind: 'seen' };
    default:
      return { kind: same ? 'seen' : 'changed' };
  }
}

/** Different no more: put back as asked, or changed there or here by somebody. */
export const agreed = (row: Pick<Standing, 'state'>): Next => ({
  kind: 'settled',
  state: row.state === 'putBack' ? 'putBack' : 'gone',
});
