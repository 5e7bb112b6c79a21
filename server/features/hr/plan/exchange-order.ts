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

/** Circles of exchanges: what is left after sorting leads back to one. Each person is in one of them at most. */
export function circlesIn(exchanges: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const done = new Set(inOrder(exchanges));
  const from = new Map<Settled, Exchange>();
  for (const exchange of exchanges) {
    if (!done.has(exchange.giver) && !from.has(exchange.taker)) from.set(exchange.taker, exchange);
  }
  const circles: Exchange[][] = [];
  const visited = new Set<Settled>();
  for (const start of from.keys()) {
    const path = new Map<Settled, Exchange>();
    let at: Settled | undefined = start;
    while (at !== undefined && !visited.has(at)) {
      const exchange: Exchange | undefined = from.get(at);
      visited.add(at);
      if (!exchange) break;
      path.set(at, exchange);
      at = exchange.giver;
    }
    if (at === undefined || !path.has(at)) continue;
    const members = [...path.keys()];
    circles.push([...path.values()].slice(members.indexOf(at)));
  }
  return circles;
}
