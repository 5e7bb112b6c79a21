import type { Doubt, KnownPerson, Snapshot } from '../model.ts';
import { doubtOfMatch, doubtOn, personTarget } from './doubts.ts';
import { settleExclusive, type Exclusive } from './exclusive.ts';
import { holdCrowd, holdHomeless, holdUnreachable, inhabited } from './hold-rows.ts';
import { doubtKey, leftOut, type LeftOut } from './keys.ts';
import type { KnownIndex } from './known-index.ts';
import { isSettled, match, type Match } from './match.ts';
import { Outlook, type PeopleBase } from './outlook.ts';
import { claimsInDoubt } from './claims-in-doubt.ts';
import { hasLeft, type Days } from './status.ts';
import type { PlanOptions } from './types.ts';
import { unitTarget } from './unit-changes.ts';
import { heldFromStart, unitGoals, type Held, type UnitGoals } from './unit-goals.ts';
import { orderUnits, type UnitOrder } from './unit-order.ts';

/** Who is who, which tree, what is held back: everything changes are then written from. */
export interface Settlement {
  readonly base: PeopleBase;
  readonly matches: readonly Match[];
  readonly outlook: Outlook;
  readonly tree: UnitGoals;
  readonly order: UnitOrder;
  readonly exclusive: Exclusive;
  readonly doubts: Map<string, Doubt>;
  readonly out: LeftOut;
}

/**
 * The tree decides where people can go, and where people stay decides what of the tree can go: so both are settled
 * again until no unit has to stay that was to be dissolved. Each turn keeps at least one more, so it ends.
 */
export function settle(snapshot: Snapshot, index: KnownIndex, days: Days, options: PlanOptions): Settlement {
  const out = leftOut(options.decisions);
  const matches = match(snapshot.people, index, {
    decisions: options.decisions,
    refusedStaffNos: snapshot.refusedStaffNos,
    days,
  });
  const firstDoubts = new Map<string, Doubt>();
  for (const one of matches) {
    const doubt = isSettled(one) ? null : doubtOfMatch(one);
    if (doubt) firstDoubts.set(doubt.key, doubt);
  }
  const base = baseOf(snapshot, index, days, matches, options, out, firstDoubts);
  const held = heldFromStart(snapshot, index, out);
  for (;;) {
    const tree = unitGoals(snapshot, index, held, out);
    const order = orderUnits(tree, index.units, index.rootCode);
    const outlook = new Outlook(base);
    if (order.stuck.size === 0) {
      holdHomeless(outlook, tree);
      holdUnreachable(outlook);
      holdCrowd(outlook, tree);
    }
    const exclusive = settleExclusive(outlook);
    const more = order.stuck.size > 0 ? order.stuck : inhabited(outlook, tree, matches);
    if (more.size === 0) {
      const doubts = new Map([...firstDoubts, ...outlook.doubts, ...unitDoubts(held, snapshot, index)]);
      return { base, matches, outlook, tree, order, exclusive, doubts, out };
    }
    for (const [code, why] of more) held.set(code, why);
  }
}

function baseOf(
  snapshot: Snapshot,
  index: KnownIndex,
  days: Days,
  matches: readonly Match[],
  options: PlanOptions,
  out: LeftOut,
  doubts: Map<string, Doubt>,
): PeopleBase {
  const settled = matches.filter(isSettled);
  const rowOf = new Map(settled.flatMap((one) => (one.person ? [[one.person.personId, one] as const] : [])));
  const decidedLeft = new Map<string, KnownPerson>();
  for (const person of missing(snapshot, index, matches, rowOf, out)) {
    const doubt = doubtOn('maybeLeft', personTarget(person), '完整的表里没有这个人，可能已离职');
    const word = options.decisions.get(doubtKey('person', person.staffNo, 'maybeLeft'))?.decision;
    if (word === 'left') decidedLeft.set(person.personId, person);
    else if (word !== 'stays') doubts.set(doubt.key, doubt);
  }
  const unsure = matches.flatMap((one) => (isSettled(one) ? [] : [one.row]));
  const inDoubt = claimsInDoubt(unsure, days);
  return { index, days, complete: snapshot.complete, settled, rowOf, inDoubt, decidedLeft };
}

/**
 * Employed people a complete statement does not speak of (A1). Unreadable rows speak for whoever has their number
 * (A4), rows in doubt for everybody they could be. A statement without people says nothing about people.
 */
function missing(
  snapshot: Snapshot,
  index: KnownIndex,
  matches: readonly Match[],
  rowOf: PeopleBase['rowOf'],
  out: LeftOut,
): KnownPerson[] {
  if (!snapshot.complete || snapshot.people.length === 0) return [];
  const spokenFor = new Set(snapshot.refusedStaffNos);
  const maybe = new Set<string>();
  for (const one of matches) {
    if (isSettled(one)) continue;
    spokenFor.add(one.row.staffNo);
    for (const { person } of one.candidates) maybe.add(person.personId);
  }
  return index.people.filter(
    (person) =>
      !hasLeft(person) &&
      !rowOf.has(person.personId) &&
      !maybe.has(person.personId) &&
      !spokenFor.has(person.staffNo) &&
      !out.has('person', person.staffNo),
  );
}

function unitDoubts(held: Held, snapshot: Snapshot, index: KnownIndex): [string, Doubt][] {
  const rows = new Map(snapshot.units.map((row) => [row.code, row]));
  return [...held].flatMap(([code, why]): [string, Doubt][] => {
    if (why === null) return [];
    const row = rows.get(code);
    const doubt = doubtOn('treeConflict', unitTarget(index, code, row?.name ?? code), why, {
      lines: row ? [row.line] : [],
    });
    return [[doubt.key, doubt]];
  });
}
