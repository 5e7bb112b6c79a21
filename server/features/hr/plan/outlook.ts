import type { Doubt, Incoming, KnownPerson } from '../model.ts';
import { personTarget, type Target } from './doubts.ts';
import type { KnownIndex } from './known-index.ts';
import type { Settled } from './match.ts';
import type { Claims } from './claims-in-doubt.ts';
import { hasLeft, isGoneNow, type Days } from './status.ts';

/** What planning knows about people before any change is written down. */
export interface PeopleBase {
  readonly index: KnownIndex;
  readonly days: Days;
  readonly complete: boolean;
  /** Rows that are somebody for sure, or somebody new. */
  readonly settled: readonly Settled[];
  readonly rowOf: ReadonlyMap<string, Settled>;
  /** What rows say of which nobody knows whose they are. */
  readonly inDoubt: Claims;
  /** Missing people a human said have left. */
  readonly decidedLeft: ReadonlyMap<string, KnownPerson>;
}

/** How things will stand for people, as far as it is settled: rows can still be held back. */
export class Outlook {
  readonly base: PeopleBase;
  /** Rows nothing is planned for. */
  readonly held = new Set<Incoming>();
  readonly doubts = new Map<string, Doubt>();

  constructor(base: PeopleBase) {
    this.base = base;
  }

  /** The row that says what becomes of this person; undefined: nothing is planned. */
  rowOf(person: KnownPerson): Settled | undefined {
    const settled = this.base.rowOf.get(person.personId);
    return settled && !this.held.has(settled.row) ? settled : undefined;
  }

  /** Does a row speak of this person that nothing is planned for? */
  isHeld(person: KnownPerson): boolean {
    const settled = this.base.rowOf.get(person.personId);
    return settled !== undefined && this.held.has(settled.row);
  }

  /** Does the row end the employment by the plan's day, or has it ended? An incomplete source ends none (A1). */
  endsNow({ row, person }: Settled): boolean {
    const { days, complete } = this.base;
    return isGoneNow(row, days) && (person === null || complete || hasLeft(person));
  }

  /** Will the person be gone when the plan is done? */
  isGoneAfter(person: KnownPerson): boolean {
    const settled = this.rowOf(person);
    if (settled) return this.endsNow(settled);
    return hasLeft(person) || this.base.decidedLeft.has(person.personId);
  }

  /** Nobody keeps the record of who is gone: the row speaks of the going only. */
  isRecordKept({ row }: Settled): boolean {
    return !isGoneNow(row, this.base.days);
  }

  /** Units the person will belong to when the plan is done. */
  unitsAfter(person: KnownPerson): readonly string[] {
    if (this.isGoneAfter(person)) return [];
    const settled = this.rowOf(person);
    if (settled && this.isRecordKept(settled)) return settled.row.unitCodes;
    return person.posts.map(({ unitCode }) => unitCode);
  }

  /** Hold a row back with a doubt. True when it was not held before. */
  hold(settled: Settled, doubt: Doubt): boolean {
    if (!this.doubts.has(doubt.key)) this.doubts.set(doubt.key, doubt);
    if (this.held.has(settled.row)) return false;
    this.held.add(settled.row);
    return true;
  }
}

export const targetOf = ({ row, person }: Settled): Target =>
  person
    ? { ...personTarget(person), ref: row.staffNo, name: row.name }
    : { type: 'person', id: null, ref: row.staffNo, name: row.name };
