import type { Doubt, KnownPerson } from '../model.ts';
import { candidateOf, doubtOn, personTarget } from './doubts.ts';
import { circlesIn, exchangesOf, inOrder, type Exchange } from './exchange-order.ts';
import type { Settled } from './match.ts';
import { targetOf, type Outlook } from './outlook.ts';
import { keepersOf, MOBILE, takersOf, type Resource, type Takers } from './resources.ts';
import { hasLeft } from './status.ts';

/** A mobile that is cleared before somebody else gets it (B4). */
export interface Freeing {
  readonly person: KnownPerson;
  readonly taker: Settled;
  /** `former` has left or is disabled, `leaver` leaves in this plan, `exchange` gets another mobile in it. */
  readonly because: 'former' | 'leaver' | 'exchange';
}

export interface Exclusive {
  readonly freeings: readonly Freeing[];
  /** Rows that give or take, in the order of doing. All others are free of it. */
  readonly ranks: ReadonlyMap<Settled, number>;
  readonly exchanges: readonly Exchange[];
}

/**
 * B4 for mobiles and staff numbers: two who would have the same are a conflict and nothing is planned for either. Who
 * gives it up in the same statement goes first; who left or is disabled gives it up before. A row held back keeps
 * what its person has, so one conflict can bring others. The result does not depend on the order of rows.
 */
export function settleExclusive(outlook: Outlook): Exclusive {
  const takers = takersOf(outlook);
  holdConflicts(outlook, takers);
  const broken = new Set<Settled>();
  const freeings: Freeing[] = [];
  for (;;) {
    const exchanges = exchangesOf(outlook, takers).filter(
      ({ resource, giver }) => resource !== MOBILE || !broken.has(giver),
    );
    const circles = circlesIn(exchanges);
    if (circles.length === 0) {
      const ranks = new Map(inOrder(exchanges).map((settled, rank) => [settled, rank]));
      const still = freeings.filter(({ taker }) => !outlook.held.has(taker.row));
      return { freeings: [...formerHolders(outlook, takers), ...still], ranks, exchanges };
    }
    for (const circle of circles) {
      const weak = circle.find(({ resource, giver }) => resource === MOBILE && canBeWithout(giver));
      if (weak?.giver.person) {
        broken.add(weak.giver);
        freeings.push({ person: weak.giver.person, taker: weak.taker, because: 'exchange' });
      } else holdCircle(circle, outlook, takers);
    }
  }
}

/** 企业微信 wants a mobile or an email at every moment (errcode 60129). */
const canBeWithout = ({ person }: Settled): boolean => Boolean(person?.email);

function holdCircle(circle: readonly Exchange[], outlook: Outlook, takers: Takers): void {
  const conflicts = circle.map(({ resource, giver, taker }): Conflict => {
    const why = `和工号 ${taker.row.staffNo} 互换${resource.words}，要先有一人改用别的`;
    const { line } = giver.row;
    return [giver, doubtOn(resource.kind, targetOf(giver), why, { lines: [line] })];
  });
  holdAll(conflicts, outlook, takers);
}

/* ---------- conflicts ---------- */

/** The row to hold back, or null for somebody no row speaks of. */
type Conflict = readonly [Settled | null, Doubt];

/** All conflicts of one state are found before any row is held back, so no row gains by its place in the file. */
function holdConflicts(outlook: Outlook, takers: Takers): void {
  const conflicts: Conflict[] = [];
  for (const [resource, byValue] of takers) {
    for (const [value, all] of byValue)
      for (const conflict of conflictsAt(resource, value, all, outlook)) conflicts.push(conflict);
  }
  holdAll(conflicts, outlook, takers);
}

/** Whoever is held back keeps what they have: that may be what somebody else was to get. */
function holdAll(first: readonly Conflict[], outlook: Outlook, takers: Takers): void {
  const queue = [...first];
  for (const [settled, doubt] of queue) {
    if (!settled && !outlook.doubts.has(doubt.key)) outlook.doubts.set(doubt.key, doubt);
    if (!settled || !outlook.hold(settled, doubt) || !settled.person) continue;
    for (const [resource, byValue] of takers) {
      const value = resource.held(settled.person);
      const all = value === null ? undefined : byValue.get(value);
      if (value === null || !all) continue;
      for (const conflict of conflictsAt(resource, value, all, outlook)) queue.push(conflict);
    }
  }
}

function conflictsAt(
  resource: Resource,
  value: string,
  all: readonly Settled[],
  outlook: Outlook,
): readonly Conflict[] {
  const keepers = keepersOf(resource, value, outlook).filter(
    (person) => !resource.isFreeable(person, outlook),
  );
  // A row that waits for something else still says what it says: so more waiting never makes fewer conflicts.
  const inDoubt = outlook.base.inDoubt.get(resource.field)?.get(value) ?? [];
  if (all.length + keepers.length + inDoubt.length === 1) return [];
  const conflict = conflictWords(resource, all, keepers, inDoubt);
  return [
    ...all.map((settled): Conflict => [settled, conflict(settled)]),
    ...keepers.map((person): Conflict => {
      const settled = outlook.rowOf(person);
      return settled ? [settled, conflict(settled)] : [null, conflict(person)];
    }),
  ];
}

/** A placeholder can stand in thousands of rows: a few of them tell enough. */
const MAX_NAMED = 5;

function conflictWords(
  resource: Resource,
  all: readonly Settled[],
  keepers: readonly KnownPerson[],
  inDoubt: readonly string[],
) {
  const people = [...keepers, ...all.flatMap(({ person }) => (person ? [person] : []))]
    .sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1))
    .slice(0, MAX_NAMED + 1);
  const staffNos = [
    ...all.map(({ row }) => row.staffNo),
    ...keepers.map(({ staffNo }) => staffNo),
    ...inDoubt,
  ].sort();
  const named = staffNos.slice(0, MAX_NAMED + 1);
  return function doubtOf(one: Settled | KnownPerson): Doubt {
    const [person, target, lines] =
      'row' in one ? [one.person, targetOf(one), [one.row.line]] : [one, personTarget(one), []];
    const others = named.filter((staffNo) => staffNo !== target.ref).slice(0, MAX_NAMED);
    const more = staffNos.length - 1 > others.length ? ` 等 ${staffNos.length - 1} 人` : '';
    const who = others.length > 0 ? `工号 ${others.join('、')}${more}` : '别人';
    const why = `同一个${resource.words}，${who}也在用，都先不动`;
    const candidates = people
      .filter((other) => other !== person)
      .map((other) => candidateOf(other, `${resource.words}相同`));
    return doubtOn(resource.kind, target, why, { lines, candidates });
  };
}

/** Those who left, leave or are disabled and have a mobile that somebody else gets. */
function formerHolders(outlook: Outlook, takers: Takers): Freeing[] {
  const freeings: Freeing[] = [];
  for (const [value, all] of takers.get(MOBILE) ?? []) {
    const taker = all.find(({ row }) => !outlook.held.has(row));
    if (!taker) continue;
    for (const person of keepersOf(MOBILE, value, outlook)) {
      const leaves = outlook.isGoneAfter(person) && !hasLeft(person);
      freeings.push({ person, taker, because: leaves ? 'leaver' : 'former' });
    }
  }
  return freeings;
}
