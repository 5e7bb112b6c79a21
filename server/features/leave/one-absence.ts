/**
 * Leaves of one person that adjoin, with no working time between them, are one absence, in whatever order they were
 * approved: one report back, one grace after the last of them, and who took the work over has it until then. Pure.
 */
import { halfDaySlots, type HalfDayRange } from '../../kernel/count-days.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import { goesOn } from './stay-away.ts';

/** A leave nobody has reported back from, with the one it goes on from. */
export interface Running {
  readonly id: string;
  readonly range: HalfDayRange;
  readonly extendsId: string | null;
}

export interface Neighbours<Leave> {
  /** The last that ends where the new one begins. */
  readonly before: Leave | null;
  /** The first that begins where the new one ends. */
  readonly after: Leave | null;
}

/** Where a leave takes its place among those that run; between two that were neighbours it parts them. */
export function neighboursOf<Leave extends Running>(
  running: readonly Leave[],
  range: HalfDayRange,
  calendar: Calendar,
): Neighbours<Leave> {
  const byBegin = running.toSorted((a, b) => halfDaySlots(a.range).from - halfDaySlots(b.range).from);
  return {
    before: byBegin.findLast((one) => goesOn(one.range, range, calendar)) ?? null,
    after: byBegin.find((one) => goesOn(range, one.range, calendar)) ?? null,
  };
}

/** The leaves that are one absence with this one, in order; nothing when it does not run. */
export function absenceWith<Leave extends Running>(running: readonly Leave[], id: string): Leave[] {
  const own = running.find((one) => one.id === id);
  if (own === undefined) return [];
  const leaves = [own];
  // No leave stands in it twice, whatever the rows say.
  const next = (one: Leave | undefined): one is Leave => one !== undefined && !leaves.includes(one);
  for (;;) {
    const before = running.find((one) => one.id === leaves[0]?.extendsId);
    if (!next(before)) break;
    leaves.unshift(before);
  }
  for (;;) {
    const after = running.find((one) => one.extendsId === leaves.at(-1)?.id);
    if (!next(after)) return leaves;
    leaves.push(after);
  }
}

/** Who took the work over in an absence; a later leave that names nobody goes on with who had it. Latest first. */
export const handoverIn = (chain: readonly { readonly handoverId: string | null }[]): string | null =>
  chain.find(({ handoverId }) => handoverId !== null)?.handoverId ?? null;
