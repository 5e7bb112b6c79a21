/** The hand-over sheet's rules. Pure: rows in, rows or reasons out. */
import { refused } from '../../../kernel/errors.ts';
import { MINUTE_MS, DAY_MS } from '../../../kernel/dates.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Holding, Mode, ItemResult, Verdict } from './model.ts';

/** What the rules need of a row. */
export interface SheetItem {
  readonly id: string;
  readonly kind: string;
  readonly holdingRef: string;
  readonly mode: Mode;
  readonly successorId: string | null;
  readonly trialVerdict: Verdict | null;
  readonly result: ItemResult | null;
}

export interface Listed extends Holding {
  readonly kind: string;
}

/**
 * What a new look at the holdings changes: things that came are added, things that went are dropped unless they were
 * handed over already, and what was handed over and is back again is open again. Choices stay.
 */
export function compareHoldings(items: readonly SheetItem[], listed: readonly Listed[]) {
  const keyOf = (kind: string, ref: string) => `${kind} ${ref}`;
  const known = new Set(items.map(({ kind, holdingRef }) => keyOf(kind, holdingRef)));
  const there = new Set(listed.map(({ kind, ref }) => keyOf(kind, ref)));
  return {
    again: items.filter(
      ({ kind, holdingRef, result }) => isHandedOver(result) && there.has(keyOf(kind, holdingRef)),
    ),
    added: listed.filter(({ kind, ref }) => !known.has(keyOf(kind, ref))),
    gone: items.filter(
      ({ kind, holdingRef, result }) => result === null && !there.has(keyOf(kind, holdingRef)),
    ),
  };
}

const isHandedOver = (result: ItemResult | null): boolean =>
  result === 'done' || result === 'merged' || result === 'revoked';

export const isOpen = ({ result }: SheetItem): boolean => result === null || result === 'failed';

/** "填到没选的": rows that need somebody and have nobody; a choice is never overwritten. */
export const unchosen = (items: readonly SheetItem[]): SheetItem[] =>
  items.filter((item) => isOpen(item) && item.mode === 'choose' && item.successorId === null);

/** May this row get a successor? @throws `accounts.item_needs_none`, `accounts.item_over` */
export function mustTakeSuccessor(item: SheetItem): void {
  if (item.mode !== 'choose') throw refused('accounts.item_needs_none');
  if (!isOpen(item)) throw refused('accounts.item_over');
}

/**
 * H3: nobody takes over by their own hand.
 * @throws `accounts.successor_inactive`, `accounts.successor_self`, `accounts.successor_is_you`
 */
export function mustBeSuccessor(
  successorId: string,
  { personId, actorId, active }: { personId: string; actorId: string; active: boolean },
): void {
  if (successorId === actorId) throw refused('accounts.successor_is_you');
  if (successorId === personId) throw refused('accounts.successor_self');
  if (!active) throw refused('accounts.successor_inactive');
}

export interface Readiness {
  /** Rows nobody was chosen for. */
  readonly missing: number;
  /** Rows whose dry run said no. */
  readonly refusing: number;
  /** A dry run younger than its validity covers every open row. */
  readonly tried: boolean;
}

export function readinessOf(
  items: readonly SheetItem[],
  trialAt: number | null,
  now: number,
  trialMinutes: number,
): Readiness {
  const open = items.filter(isOpen);
  const fresh = trialAt !== null && now < trialUntil(trialAt, trialMinutes);
  return {
    missing: unchosen(open).length,
    refusing: open.filter(({ trialVerdict }) => trialVerdict === 'refuses').length,
    tried: fresh && open.every(({ trialVerdict }) => trialVerdict !== null),
  };
}

export const trialUntil = (trialAt: number, trialMinutes: number): number =>
  trialAt + trialMinutes * MINUTE_MS;

/** @throws `accounts.handover_missing`, `accounts.handover_untried`, `accounts.handover_refusing` */
export function mustBeReady({ missing, refusing, tried }: Readiness): void {
  if (missing > 0) throw refused('accounts.handover_missing', { count: missing });
  if (!tried) throw refused('accounts.handover_untried');
  if (refusing > 0) throw refused('accounts.handover_refusing', { count: refusing });
}

export const undoUntil = (executedAt: number, undoDays: number): number => executedAt + undoDays * DAY_MS;

/** @throws `accounts.undo_over` */
export function mustBeUndoable(executedAt: number | null, now: number, undoDays: number): void {
  if (executedAt === null || now >= undoUntil(executedAt, undoDays)) throw refused('accounts.undo_over');
}

/** Who must sign: the unit, and everybody who takes something over. */
export function signersOf(items: readonly SheetItem[]): readonly string[] {
  const took = items.filter(({ result }) => result === 'done' || result === 'merged');
  return [...new Set(took.flatMap(({ successorId }) => successorId ?? []))];
}

/** S2-16b: nothing open, nothing failed, everybody has signed who still can. */
export function isClosed(
  items: readonly SheetItem[],
  signed: readonly { readonly role: 'unit' | 'successor'; readonly personId: string }[],
  isActive: (personId: string) => boolean = () => true,
): boolean {
  const has = (role: string, personId?: string) =>
    signed.some((one) => one.role === role && (personId === undefined || one.personId === personId));
  return (
    !items.some((item) => isOpen(item) && item.mode !== 'statement') &&
    has('unit') &&
    signersOf(items).every((personId) => has('successor', personId) || !isActive(personId))
  );
}

/** What each successor gets; things that merge cost nobody anything (R25). */
export function loadOf(items: readonly SheetItem[]): { personId: string; count: number }[] {
  const taking = items.filter(
    ({ successorId, trialVerdict, result }) =>
      successorId !== null && trialVerdict !== 'merges' && result !== 'merged' && result !== 'undone',
  );
  return [...groupBy(taking, ({ successorId }) => successorId ?? '')].map(([personId, group]) => ({
    personId,
    count: group.length,
  }));
}
