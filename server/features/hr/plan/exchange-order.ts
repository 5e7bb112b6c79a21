import type { Settled } from './match.ts';
import type { Outlook } from './outlook.ts';
import { keeps, type Resource, type Takers } from './resources.ts';

/** One person gets what another gives up in the same statement. */
export interface Exchange {
  readonly resource: Resource;
  readonly giver: Settled;
  readonly taker: Settled;
}

/** In the order of the takers' staff numbers, whatever the order of rows. */
export function exchangesOf(outlook: Outlook, takers: Takers): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const [resource, byValue] of takers) {
    for (const [value, all] of byValue) {
      const taker = all.find(({ row }) => !outlook.held.has(row));
      if (!taker) continue;
      for (const person of resource.holders(value, outlook)) {
        const giver = outlook.rowOf(person);
        if (giver && giver !== taker && !keeps(resource, value, person, outlook))
          exchanges.push({ resource, giver, taker });
      }
    }
  }
  return exchanges.sort((a, b) => byStaffNo(a.taker, b.taker) || byStaffNo(a.giver, b.giver));
}

function byStaffNo(a: Settled, b: Settled): number {
  if (a.row.staffNo === b.row.staffNo) return 0;
  return a.row.staffNo < b.row.staffNo ? -1 : 1;
}

/** Givers before takers; who is on a circle, or behind one, is left out. */
export function inOrder(exchanges: readonly Exchange[]): Settled[] {
  const waitsFor = new Map<Settled, number>();
  const takersOf = new Map<Settled, Settled[]>();
  for (const { giver, taker } of exchanges) {
    waitsFor.set(giver, waitsFor.get(giver) ?? 0);
    waitsFor.set(taker, (waitsFor.get(taker) ?? 0) + 1);
    const takers = takersOf.get(giver);
    if (takers) takers.push(taker);
    else takersOf.set(giver, [taker]);
  }
  const order = [...waitsFor].filter(([, count]) => count === 0).map(([settled]) => settled);
  for (const giver of order) {
    for (const taker of takersOf.get(giver) ?? []) {
      const left = (waitsFor.get(taker) ?? 0) - 1;
      waitsFor.set(taker, left);
      if (left === 0) order.push(taker);
    }
  }
  return order;
}

/** One circle of exchanges, or null: what is left after sorting leads back to one. */
export function circleIn(exchanges: readonly Exchange[]): readonly Exchange[] | null {
  const done = new Set(inOrder(exchanges));
  const from = new Map<Settled, Exchange>();
  for (const exchange of exchanges) {
    if (!done.has(exchange.giver) && !from.has(exchange.taker)) from.set(exchange.taker, exchange);
  }
  const [start] = from.values();
  if (!start) return null;
  const path: Exchange[] = [];
  const seen = new Map<Settled, number>();
  for (let at: Exchange | undefined = start; at; at = from.get(at.giver)) {
    const first = seen.get(at.taker);
    if (first !== undefined) return path.slice(first);
    seen.set(at.taker, path.length);
    path.push(at);
  }
  return null;
}
