import type { Doubt, KnownPerson, Snapshot } from '../model.ts';
import { doubtOfMatch, doubtOn, personTarget } from './doubts.ts';
import { settleExclusive, type Exclusive } from './exclusive.ts';
import { doubtKey, leftOut, type LeftOut } from './keys.ts';
import type { KnownIndex } from './known-index.ts';
import { isSettled, match, type Match } from './match.ts';
import { Outlook, targetOf, type PeopleBase } from './outlook.ts';
import { hasLeft, isGoneNow, type Days } from './status.ts';
import type { PlanOptions } from './types.ts';
import { unitTarget } from './unit-changes.ts';
import { heldFromStart, MAX_NODES, unitGoals, type Held, type UnitGoals } from './unit-goals.ts';
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
  return { index, days, complete: snapshot.complete, settled, rowOf, decidedLeft };
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

/* ---------- people and the tree ---------- */

/** A4: a unit that is not there is never replaced by the root; the row waits. */
function holdHomeless(outlook: Outlook, { goals, dissolving }: UnitGoals): void {
  const { index, settled } = outlook.base;
  const exists = (code: string): boolean =>
    code === index.rootCode || goals.has(code) || dissolving.has(code);
  for (const one of settled) {
    if (!outlook.isRecordKept(one)) continue;
    const lost = one.row.unitCodes.find((code) => !exists(code));
    if (lost === undefined && one.row.unitCodes.length > 0) continue;
    const why = `部门 ${lost ?? ''} 不存在，或这次没有建成`;
    outlook.hold(one, doubtOn('treeConflict', targetOf(one), why, { lines: [one.row.line] }));
  }
}

/** B4: 企业微信 keeps nobody without mobile and email (errcode 60129), so the last of them is not cleared. */
function holdUnreachable(outlook: Outlook): void {
  for (const one of outlook.base.settled) {
    const { row, person } = one;
    if (!person || !outlook.isRecordKept(one) || (row.mobile !== null && row.email !== null)) continue;
    const left =
      (row.mobile === undefined ? person.mobile : row.mobile) ??
      (row.email === undefined ? person.email : row.email);
    if (left || (!person.mobile && !person.email)) continue;
    const why = '清空以后既没有手机号也没有邮箱，企业微信不接受，先不动';
    outlook.hold(one, doubtOn('mobileTaken', targetOf(one), why, { lines: [row.line], detail: 'noContact' }));
  }
}

/** C5: a unit holds 30,000 people and sub-units; whoever would come on top waits. */
function holdCrowd(outlook: Outlook, { goals }: UnitGoals): void {
  const { index, settled } = outlook.base;
  if (index.people.length + settled.length + goals.size <= MAX_NODES) return;
  const nodes = new Map<string, number>();
  const count = (code: string): void => void nodes.set(code, (nodes.get(code) ?? 0) + 1);
  for (const { parentCode } of goals.values()) count(parentCode);
  for (const person of index.people) outlook.unitsAfter(person).forEach(count);
  for (const { row, person } of settled) {
    if (person === null && !outlook.held.has(row)) row.unitCodes.forEach(count);
  }
  const full = new Set([...nodes].filter(([, size]) => size > MAX_NODES).map(([code]) => code));
  if (full.size === 0) return;
  for (const one of settled) {
    if (!outlook.isRecordKept(one)) continue;
    const had = new Set(one.person?.posts.map(({ unitCode }) => unitCode));
    const over = one.row.unitCodes.find((code) => full.has(code) && !had.has(code));
    if (over === undefined) continue;
    const why = `部门 ${over} 会超过 ${MAX_NODES} 个成员和下级部门`;
    outlook.hold(one, doubtOn('treeConflict', targetOf(one), why, { lines: [one.row.line] }));
  }
}

/**
 * C6: units to be dissolved in which somebody would remain, or is said to be by any row, also by one that waits. Who
 * leaves in this plan does so before the removals.
 */
function inhabited(outlook: Outlook, { dissolving }: UnitGoals, matches: readonly Match[]): Held {
  const held: Held = new Map();
  if (dissolving.size === 0) return held;
  const counts = new Map<string, number>();
  const count = (codes: readonly string[]): void => {
    for (const code of new Set(codes))
      if (dissolving.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  const { index, rowOf, days } = outlook.base;
  for (const person of index.people) {
    const own = rowOf.get(person.personId);
    const said = own && outlook.isRecordKept(own) ? own.row.unitCodes : [];
    count([...outlook.unitsAfter(person), ...said]);
  }
  for (const one of matches) {
    const counted = isSettled(one) && one.person !== null;
    if (!counted && !isGoneNow(one.row, days)) count(one.row.unitCodes);
  }
  for (const [code, size] of counts) held.set(code, `表里没有这个部门，但还有 ${size} 人，先不撤销`);
  return held;
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
