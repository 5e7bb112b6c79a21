import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Doubt, KnownPerson } from '../model.ts';
import { doubtOn, personTarget, type Target } from './doubts.ts';
import { changeKey, type LeftOut } from './keys.ts';
import type { KnownIndex } from './known-index.ts';
import type { Settled } from './match.ts';
import { targetOf, type Outlook } from './outlook.ts';
import { hasLeft, isGone, startDay, statusDay, type Days } from './status.ts';

/**
 * Somebody as a leader or a report: known people by id, new ones by row. Identity, not staff number: a leader with
 * a new number is the same leader.
 */
export interface Somebody {
  readonly id: string;
  readonly person: KnownPerson | null;
  readonly settled: Settled | null;
  readonly target: Target;
  /** Their staff number when the plan is done. */
  readonly staffNo: string;
  /** First day without employment; '' for long ago, null for none known. */
  readonly goneOn: CalendarDate | null;
  /** First day of a new employment; null when employed already. */
  readonly startsOn: CalendarDate | null;
  /** The change by which they come or go; what refers to them depends on it. */
  readonly comesBy: string | null;
  readonly goesBy: string | null;
}

export interface Everybody {
  of(person: KnownPerson): Somebody;
  ofRow(settled: Settled): Somebody;
  /** Who has this staff number as the source sees it; null: nobody, or somebody nothing is planned for. */
  said(staffNo: string): Somebody | null;
  /** Who has this staff number now. */
  known(staffNo: string | null): Somebody | null;
}

export function createEverybody(outlook: Outlook): Everybody {
  const { index, settled } = outlook.base;
  const rows = new Map<string, Settled>();
  for (const one of settled) if (!outlook.held.has(one.row)) rows.set(one.row.staffNo, one);
  const seen = new Map<KnownPerson | Settled, Somebody>();
  const remembered = <Key extends KnownPerson | Settled>(
    key: Key,
    make: (key: Key) => Somebody,
  ): Somebody => {
    const before = seen.get(key);
    if (before) return before;
    const made = make(key);
    seen.set(key, made);
    return made;
  };
  const of = (person: KnownPerson): Somebody => remembered(person, (one) => knownSomebody(one, outlook));
  const ofRow = (row: Settled): Somebody =>
    row.person ? of(row.person) : remembered(row, (one) => newSomebody(one, outlook));
  return {
    of,
    ofRow,
    said(staffNo) {
      const row = rows.get(staffNo);
      if (row) return row.person === null && outlook.endsNow(row) ? null : ofRow(row);
      const person = index.byStaffNo.get(staffNo);
      // A number its holder gives up in this plan is nobody's any more.
      return person && of(person).staffNo === staffNo ? of(person) : null;
    },
    known(staffNo) {
      const person = staffNo === null ? undefined : index.byStaffNo.get(staffNo);
      return person ? of(person) : null;
    },
  };
}

function knownSomebody(person: KnownPerson, outlook: Outlook): Somebody {
  const settled = outlook.rowOf(person) ?? null;
  const target = settled ? targetOf(settled) : personTarget(person);
  const goneOn = goneDay(person, settled, outlook);
  const back = settled?.rehire ? startDay(settled.row, outlook.base.days) : null;
  const goes = goneOn !== null && !hasLeft(person);
  const kind = settled?.row.status === 'retired' ? 'retire' : 'leave';
  return {
    id: person.personId,
    person,
    settled,
    target,
    staffNo: settled && outlook.isRecordKept(settled) ? settled.row.staffNo : person.staffNo,
    goneOn,
    startsOn: back,
    comesBy: settled?.rehire ? changeKey('person', target.ref, 'rehire') : null,
    goesBy: goes ? changeKey('person', target.ref, kind) : null,
  };
}

function goneDay(person: KnownPerson, settled: Settled | null, outlook: Outlook): CalendarDate | null {
  const { days, decidedLeft, complete } = outlook.base;
  if (settled && isGone(settled.row.status) && (complete || (hasLeft(person) && !settled.rehire)))
    return hasLeft(person) && !settled.rehire ? '' : statusDay(settled.row, days);
  if (settled?.rehire) return null;
  if (hasLeft(person)) return '';
  return decidedLeft.has(person.personId) ? days.saidOn : null;
}

function newSomebody(settled: Settled, { base }: Outlook): Somebody {
  const { row } = settled;
  const leaves = isGone(row.status) && base.complete;
  return {
    id: `+${row.staffNo}`,
    person: null,
    settled,
    target: targetOf(settled),
    staffNo: row.staffNo,
    goneOn: leaves ? statusDay(row, base.days) : null,
    startsOn: startDay(row, base.days),
    comesBy: changeKey('person', row.staffNo, 'hire'),
    goesBy: leaves ? changeKey('person', row.staffNo, row.status === 'retired' ? 'retire' : 'leave') : null,
  };
}

/* ---------- what a leader's place is to be ---------- */

/** What is said of one leader's place: a superior, a head, a leader in charge. */
export interface Wish {
  readonly before: Somebody | null;
  /** What it is from the plan on. */
  readonly after: Somebody | null;
  /** The leader asked for is gone or goes: nobody takes the place by itself (C16). */
  readonly orphanedBy: Somebody | null;
  /** A leader who goes on a later day: the place is empty from then on. */
  readonly goesLater: Somebody | null;
}

export interface Asked {
  /** A5: undefined leaves what there is. */
  readonly said: string | null | undefined;
  readonly stored: string | null;
  readonly target: Target;
  readonly line: number | null;
  readonly detail: string;
  readonly words: string;
}

/** A leader nobody knows is a reference failure of its own and fails nothing else (C15). */
export function wishOf(asked: Asked, everybody: Everybody, days: Days): Wish | Doubt {
  const { said, stored, target, line, detail, words } = asked;
  const before = everybody.known(stored);
  const meant = said === undefined ? before : said === null ? null : everybody.said(said);
  if (meant === null && typeof said === 'string')
    return doubtOn('treeConflict', target, `${words} ${said} 不在系统里，或这次没有处理`, {
      lines: line === null ? [] : [line],
      detail,
    });
  const goneNow = meant !== null && meant.goneOn !== null && meant.goneOn <= days.today;
  const later = meant !== null && meant.goneOn !== null && !goneNow;
  return {
    before,
    after: goneNow ? null : meant,
    orphanedBy: goneNow ? meant : null,
    goesLater: later ? meant : null,
  };
}

/** Shown by name; by name and number where two names are alike. */
export function showLeaders(before: Somebody | null, after: Somebody | null): [string | null, string | null] {
  const [from, to] = [before?.person?.name ?? null, after?.target.name ?? null];
  if (from === null || from !== to) return [from, to];
  return [`${from}（${before?.person?.staffNo}）`, `${to}（${after?.staffNo}）`];
}

export const laterOf = (...days: readonly (CalendarDate | null)[]): CalendarDate =>
  days.reduce<CalendarDate>((last, day) => (day !== null && day > last ? day : last), '');

export interface LeaderRun {
  readonly index: KnownIndex;
  readonly outlook: Outlook;
  readonly everybody: Everybody;
  readonly out: LeftOut;
  readonly doubts: Map<string, Doubt>;
}
